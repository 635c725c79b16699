namespace Dispatch.Domain.Matching.Costs;

/// <summary>Time waited between leaving home and the end of the route.</summary>
public sealed class WaitingCost : IPlanningCost
{
    public string Name => "waiting";

    /// <summary>The solver knows duration, not waiting. Waiting is duration without travel and without service.</summary>
    public void Compile(CompiledSnapshot model)
    {
        var weight = model.Rules.WaitingWeight;
        model.Builder.DurationWeight += weight;
        model.Builder.TravelWeight -= weight;
        ServiceCost.AddServicePrice(model, -weight);
    }

    public long OfRoute(PlannedRoute route, PricingContext context) => CompiledSnapshot.Ticks(route.Waiting) * context.Rules.WaitingWeight;
}
