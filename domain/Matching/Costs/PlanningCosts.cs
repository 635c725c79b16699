using System.Collections.Immutable;

namespace Dispatch.Domain.Matching.Costs;

/// <summary>The terms of the objective: the sum of route durations, what moving promises costs, and what stays unserved.</summary>
public static class PlanningCosts
{
    public static ImmutableArray<IPlanningCost> All { get; } =
    [
        new TravelCost(),
        new WaitingCost(),
        new IdleCost(),
        new ServiceCost(),
        new DisruptionCost(),
        new UnservedCost(),
    ];
}
