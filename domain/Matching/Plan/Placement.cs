using System.Collections.Immutable;

namespace Dispatch.Domain.Matching;

/// <summary>Why a placed job is where it is.</summary>
/// <param name="Job">The job.</param>
/// <param name="Technician">Who has it.</param>
/// <param name="Added">What the job adds to that route: the route's cost with it minus the cost without it, term by term.</param>
/// <param name="Alternatives">The cheapest others who could have it, the other routes as they are, cheapest first; at most <see cref="PlanningRules.Alternatives"/>.</param>
/// <param name="Barred">Who could not, counted by the first violated constraint.</param>
[GenerateSerializer, Immutable, Alias("dispatch.placement")]
public sealed record Placement(
    [property: Id(0)] JobId Job,
    [property: Id(1)] TechnicianId Technician,
    [property: Id(2)] PlanCost Added,
    [property: Id(3)] ImmutableArray<Alternative> Alternatives,
    [property: Id(4)] ImmutableArray<UnplacedReason> Barred);

/// <param name="Technician">Who else could have the job.</param>
/// <param name="Added">What it would add to that route.</param>
/// <param name="Difference">That minus what it adds where it is, in units of <see cref="PlanMoney"/>. Usually positive; a negative one is a move the search had no time to make.</param>
[GenerateSerializer, Immutable, Alias("dispatch.placementAlternative")]
public sealed record Alternative(
    [property: Id(0)] TechnicianId Technician,
    [property: Id(1)] PlanCost Added,
    [property: Id(2)] long Difference);
