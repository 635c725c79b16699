namespace Dispatch.Domain.Matching.Costs;

/// <summary>Time on the way, the way home included.</summary>
public sealed class TravelCost : IPlanningCost
{
    public string Name => "travel";

    public void Compile(CompiledSnapshot model) => model.Builder.TravelWeight += model.Rules.Prices.TravelPerMinute;

    public long OfRoute(PlannedRoute route, PricingContext context) => PlanMoney.OfTime(route.Travel, context.Rules.Prices.TravelPerMinute);
}
