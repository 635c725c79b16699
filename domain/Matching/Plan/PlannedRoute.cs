using System.Collections.Immutable;

namespace Dispatch.Domain.Matching;

/// <summary>The work planned for one technician from the moment he is next free.</summary>
/// <param name="Technician">Whose route it is.</param>
/// <param name="LeavesAt">
/// When the route begins to count: for a technician still at home as late as possible without finishing later, so that
/// no time is waited that could be spent at home; for one who has left the moment he is free. Null for an empty route of a technician at home, and of one who is too late to get home within his shift.
/// </param>
/// <param name="LeavesNoLaterThan">
/// The latest moment to leave that keeps every window at the same cost; the difference to <paramref name="LeavesAt"/> is the route's slack.
/// </param>
/// <param name="Stops">In order.</param>
/// <param name="HomeAt">Back home; null where the technician does not return, or never leaves.</param>
/// <param name="Travel">On the way, the way home included.</param>
/// <param name="Waiting">At stops before windows open, after <paramref name="LeavesAt"/>.</param>
/// <param name="Service">At work, handling at the depot included.</param>
/// <param name="Breaks">Breaks before the last stop; what is left of them behind it is taken at home and not part of the route.</param>
[GenerateSerializer, Immutable, Alias("dispatch.plannedRoute")]
public sealed record PlannedRoute(
    [property: Id(0)] TechnicianId Technician,
    [property: Id(1)] DateTimeOffset? LeavesAt,
    [property: Id(2)] ImmutableArray<PlannedStop> Stops,
    [property: Id(3)] DateTimeOffset? HomeAt,
    [property: Id(4)] TimeSpan Travel,
    [property: Id(5)] TimeSpan Waiting,
    [property: Id(6)] TimeSpan Service,
    [property: Id(7)] DateTimeOffset? LeavesNoLaterThan,
    [property: Id(8)] TimeSpan Breaks = default)
{
    /// <summary>Travel, waiting, service and breaks.</summary>
    public TimeSpan Duration => Travel + Waiting + Service + Breaks;
}

[GenerateSerializer, Alias("dispatch.stopKind")]
public enum StopKind
{
    Job = 0,
    Depot = 1,

    /// <summary>A break, made where the stop before is; it has neither id.</summary>
    Break = 2,
}

/// <summary>One stop of a route.</summary>
/// <param name="Kind">Which of the two ids is given; none for a break.</param>
/// <param name="Job">The job, for <see cref="StopKind.Job"/>.</param>
/// <param name="Depot">The depot, for <see cref="StopKind.Depot"/>.</param>
/// <param name="DepartAt">Sets off towards this stop.</param>
/// <param name="ArriveAt">Arrives; departure and travel.</param>
/// <param name="StartAt">Work begins: on arrival, or when the window opens.</param>
/// <param name="FinishAt">Work ends; the next leg begins.</param>
[GenerateSerializer, Immutable, Alias("dispatch.plannedStop")]
public sealed record PlannedStop(
    [property: Id(0)] StopKind Kind,
    [property: Id(1)] JobId? Job,
    [property: Id(2)] DepotId? Depot,
    [property: Id(3)] DateTimeOffset DepartAt,
    [property: Id(4)] DateTimeOffset ArriveAt,
    [property: Id(5)] DateTimeOffset StartAt,
    [property: Id(6)] DateTimeOffset FinishAt)
{
    /// <summary>Setting off later than this delays the work. Between the two a technician may wait where he is, free for something better.</summary>
    public DateTimeOffset DepartNoLaterThan => StartAt - (ArriveAt - DepartAt);
}
