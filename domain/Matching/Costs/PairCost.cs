namespace Dispatch.Domain.Matching.Costs;

/// <summary>A term that depends on who gets a job and on nothing else: the price of one technician for one job.</summary>
public abstract class PairCost : IPlanningCost
{
    public abstract string Name { get; }

    public void Compile(CompiledSnapshot model) => model.ForEachPair((t, technician, j, job) =>
    {
        if (Price(technician, job, model.Pricing) is var price and not 0)
            model.Builder.AddPairCost(t, j, price);
    });

    public long OfRoute(PlannedRoute route, PricingContext context)
    {
        TechnicianSnapshot technician = context.Technician(route.Technician);
        return route.Stops.Sum(stop => stop.Job is { } job ? Price(technician, context.Job(job), context) : 0);
    }

    /// <summary>In units of <see cref="PlanMoney"/>.</summary>
    protected abstract long Price(TechnicianSnapshot technician, JobSnapshot job, PricingContext context);
}
