using System.Collections.Immutable;

namespace Dispatch.Domain.Matching;

/// <summary>
/// The routes of one zone, what stays out of them and why. A proposal: the grains concerned may still refuse any part.
/// </summary>
/// <param name="MadeAt">The snapshot's now.</param>
/// <param name="Routes">One per technician of the snapshot, in its order; without stops where there is nothing to do.</param>
/// <param name="Unplaced">Every job of the snapshot that is in no route, in the snapshot's order.</param>
/// <param name="Placements">Why each placed job is where it is, in the snapshot's order; empty where <see cref="PlanningRules.Explain"/> is off.</param>
/// <param name="Cost">Cost in named terms; the terms add up to the total.</param>
/// <param name="Effort">What was spent on the plan, for tracing and repeating it.</param>
[GenerateSerializer, Immutable, Alias("dispatch.zonePlan")]
public sealed record ZonePlan(
    [property: Id(0)] DateTimeOffset MadeAt,
    [property: Id(1)] ImmutableArray<PlannedRoute> Routes,
    [property: Id(2)] ImmutableArray<UnplacedJob> Unplaced,
    [property: Id(3)] ImmutableArray<Placement> Placements,
    [property: Id(4)] PlanCost Cost,
    [property: Id(5)] PlanEffort Effort);

/// <param name="Seed">The seed given.</param>
/// <param name="Iterations">Improvement rounds done.</param>
/// <param name="Improvements">Rounds that gave a new best plan.</param>
[GenerateSerializer, Immutable, Alias("dispatch.planEffort")]
public readonly record struct PlanEffort(
    [property: Id(0)] ulong Seed,
    [property: Id(1)] long Iterations,
    [property: Id(2)] long Improvements);
