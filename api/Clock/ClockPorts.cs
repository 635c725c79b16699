using Dispatch.Domain.Geo;

namespace Dispatch.Api.Clock;

/// <summary>How the server's clock runs. The host implements it; the time itself comes from <see cref="TimeProvider"/>.</summary>
public interface IClockInfo
{
    /// <summary>Seconds of server time per second of real time: 1 in earnest, more in demo and replay.</summary>
    double Speed { get; }
}

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
