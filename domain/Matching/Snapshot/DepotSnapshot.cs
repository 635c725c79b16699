using Dispatch.Domain.Geo;

namespace Dispatch.Domain.Matching;

/// <summary>
/// A place where every tool and any number of parts can be fetched. A technician calls at one depot, once a day at most.
/// </summary>
[GenerateSerializer, Immutable, Alias("dispatch.planningDepot")]
public sealed record DepotSnapshot
{
    [Id(0)] public required DepotId Id { get; init; }

    [Id(1)] public required Place Place { get; init; }

    /// <summary>Time a call takes, not negative.</summary>
    [Id(2)] public TimeSpan Handling { get; init; } = TimeSpan.Zero;

    /// <summary>When a call may begin, or null for at any time.</summary>
    [Id(3)] public TimeWindow? Open { get; init; }
}
