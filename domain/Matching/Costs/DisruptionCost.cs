namespace Dispatch.Domain.Matching.Costs;

/// <summary>
/// The price of change: for each job that goes to another technician than promised, or than in the previous plan. A job
/// that was promised pays the first price only.
/// </summary>
public sealed class DisruptionCost : IPlanningCost
{
    public string Name => "disruption";

    public void Compile(CompiledSnapshot model) => model.ForEachPair((t, technician, j, job) =>
    {
        var price = Price(technician.Id, job, model.Pricing);
        if (price != 0)
        {
            model.Builder.AddPairCost(t, j, price);
        }
    });

    public long OfRoute(PlannedRoute route, PricingContext context) =>
        route.Stops.Sum(stop => stop.Job is { } job ? Price(route.Technician, context.Job(job), context) : 0);

    private static long Price(TechnicianId technician, JobSnapshot job, PricingContext context)
    {
        if (job.PromisedTo is { } promised)
        {
            return promised == technician ? 0 : PlanMoney.Of(context.Rules.Prices.MovedPromise);
        }

        return context.Before(job.Id) is { } before && before != technician ? PlanMoney.Of(context.Rules.Prices.MovedPlan) : 0;
    }
}
