using Dispatch.Domain.Geo;

namespace Dispatch.Api.Clock;

/// <summary>How travel is reckoned, for programs that move simulated people. The host implements it.</summary>
public interface ITravelInfo
{
    /// <summary><c>road</c> or <c>planar</c>.</summary>
    string Kind { get; }

    /// <summary>The map point of the plane's origin, for <c>planar</c>.</summary>
    Place? Origin { get; }

    /// <summary>Speed in the plane, for <c>planar</c>.</summary>
    double? MetresPerSecond { get; }
}
