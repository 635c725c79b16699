namespace Dispatch.Domain.Matching.Costs;

/// <summary>Time waited between leaving home and the end of the route.</summary>
public sealed class WaitingCost : IPlanningCost
{
    public string Name => "waiting";

    /// <summary>The solver knows duration, not waiting. Waiting is duration without travel, service and breaks.</summary>
    public void Compile(CompiledSnapshot model)
    {
        var price = model.Rules.Prices.WaitingPerMinute;
        model.Builder.DurationWeight += price;
        model.Builder.TravelWeight -= price;
        ServiceCost.AddServicePrice(model, -price);
        // Nor is a break waiting: it is due wherever the day leads.
        foreach ((int job, _, BreakSnapshot pause) in model.Breaks.All)
            model.Builder.AddJobCost(job, PlanMoney.OfTime(pause.Length, -price));
    }

    public long OfRoute(PlannedRoute route, PricingContext context) => PlanMoney.OfTime(route.Waiting, context.Rules.Prices.WaitingPerMinute);
}
