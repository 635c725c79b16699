namespace Dispatch.Domain.Matching.Costs;

/// <summary>Time at work, handling at the depot included.</summary>
public sealed class ServiceCost : IPlanningCost
{
    public string Name => "service";

    public void Compile(CompiledSnapshot model) => AddServicePrice(model, model.Rules.Prices.WorkPerMinute);

    public long OfRoute(PlannedRoute route, PricingContext context) => PlanMoney.OfTime(route.Service, context.Rules.Prices.WorkPerMinute);

    internal static void AddServicePrice(CompiledSnapshot model, int perMinute)
    {
        for (var j = 0; j < model.Snapshot.Jobs.Length; j++)
        {
            model.Builder.AddJobCost(j, PlanMoney.OfTime(model.Snapshot.Jobs[j].Service, perMinute));
        }

        for (var d = 0; d < model.Snapshot.Depots.Length; d++)
        {
            model.Builder.AddDepotCost(d, PlanMoney.OfTime(model.Snapshot.Depots[d].Handling, perMinute));
        }
    }
}
