namespace Dispatch.Domain.Matching.Costs;

/// <summary>
/// Time a technician has stood idle since the last stop, charged to a route that goes on: had it ended there, the day would have been that much shorter. Weighs nothing where people
/// are paid for the shift, because then that time is gone whatever is decided.
/// </summary>
public sealed class IdleCost : IPlanningCost
{
    public string Name => "idle";

    public void Compile(CompiledSnapshot model)
    {
        for (var t = 0; t < model.Snapshot.Technicians.Length; t++)
        {
            if (Price(model.Snapshot.Technicians[t], model.Pricing) is var price && price != 0)
            {
                model.Builder.AddUseCost(t, price);
            }
        }
    }

    public long OfRoute(PlannedRoute route, PricingContext context) => route.Stops.IsEmpty ? 0 : Price(context.Technician(route.Technician), context);

    private static long Price(TechnicianSnapshot technician, PricingContext context) =>
        technician.HasLeftHome ? PlanMoney.OfTime(Math.Max(0, CompiledSnapshot.Ticks(context.Now - technician.FreeAt)), context.Rules.Prices.IdlePerMinute) : 0;
}
