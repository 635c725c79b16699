using System.Collections.Immutable;

namespace Dispatch.Domain.Matching.Costs;

/// <summary>The terms of the objective: the time of technicians, calls at the depot, what broken promises, wishes and fairness cost, and what stays unserved.</summary>
public static class PlanningCosts
{
    public static ImmutableArray<IPlanningCost> All { get; } =
    [
        new TravelCost(),
        new WaitingCost(),
        new IdleCost(),
        new ServiceCost(),
        new OvertimeCost(),
        new DepotCallCost(),
        new DisruptionCost(),
        new PreferenceCost(),
        new ContinuityCost(),
        new FairnessCost(),
        new UnservedCost(),
    ];
}
