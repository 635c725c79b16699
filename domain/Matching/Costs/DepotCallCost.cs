namespace Dispatch.Domain.Matching.Costs;

/// <summary>What a call at a depot costs beside its time, which is travel and work like any other.</summary>
public sealed class DepotCallCost : IPlanningCost
{
    public string Name => "depot";

    public void Compile(CompiledSnapshot model)
    {
        for (var d = 0; d < model.Snapshot.Depots.Length; d++)
        {
            model.Builder.AddDepotCost(d, PlanMoney.Of(model.Rules.Prices.DepotCall));
        }
    }

    public long OfRoute(PlannedRoute route, PricingContext context) =>
        route.Stops.Count(stop => stop.Kind == StopKind.Depot) * PlanMoney.Of(context.Rules.Prices.DepotCall);
}
