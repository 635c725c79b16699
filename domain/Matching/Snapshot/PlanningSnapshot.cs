using System.Collections.Immutable;

namespace Dispatch.Domain.Matching;

/// <summary>
/// Everything a planner may know about one zone at one moment. Immutable, so that a plan can be made outside the
/// grain's turn and its decision traced back to exactly this input.
/// </summary>
/// <param name="Now">The moment of the snapshot; nothing is planned before it.</param>
/// <param name="Technicians">Those on duty or due today. Ids are unique.</param>
/// <param name="Jobs">Those that may still be planned freely: committed work is folded into the technicians. Ids are unique.</param>
/// <param name="Depots">Where tools and parts can be fetched. May be empty.</param>
/// <param name="Programmes">What brands still grant; a programme that is not here is without bounds. Codes are unique.</param>
/// <param name="Areas">Territories that technicians may be bound to. Codes are unique.</param>
[GenerateSerializer, Immutable, Alias("dispatch.planningSnapshot")]
public sealed record PlanningSnapshot(
    [property: Id(0)] DateTimeOffset Now,
    [property: Id(1)] ImmutableArray<TechnicianSnapshot> Technicians,
    [property: Id(2)] ImmutableArray<JobSnapshot> Jobs,
    [property: Id(3)] ImmutableArray<DepotSnapshot> Depots,
    [property: Id(4)] ImmutableArray<AreaSnapshot> Areas = default,
    [property: Id(5)] ImmutableArray<ProgrammeSnapshot> Programmes = default);
