namespace Dispatch.Domain.Matching.Costs;

/// <summary>Time at work, handling at the depot included.</summary>
public sealed class ServiceCost : IPlanningCost
{
    public string Name => "service";

    public void Compile(CompiledSnapshot model) => AddServicePrice(model, model.Rules.ServiceWeight);

    public long OfRoute(PlannedRoute route, PricingContext context) => CompiledSnapshot.Ticks(route.Service) * context.Rules.ServiceWeight;

    internal static void AddServicePrice(CompiledSnapshot model, int weight)
    {
        for (var j = 0; j < model.Snapshot.Jobs.Length; j++)
        {
            model.Builder.AddJobCost(j, CompiledSnapshot.Ticks(model.Snapshot.Jobs[j].Service) * weight);
        }

        for (var d = 0; d < model.Snapshot.Depots.Length; d++)
        {
            model.Builder.AddDepotCost(d, CompiledSnapshot.Ticks(model.Snapshot.Depots[d].Handling) * weight);
        }
    }
}
