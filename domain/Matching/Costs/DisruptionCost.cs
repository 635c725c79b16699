namespace Dispatch.Domain.Matching.Costs;

/// <summary>
/// The price of change: for each job that goes to another technician than promised, or than in the previous plan. A job
/// that was promised pays the first price only.
/// </summary>
public sealed class DisruptionCost : PairCost
{
    public override string Name => "disruption";

    protected override long Price(TechnicianSnapshot technician, JobSnapshot job, PricingContext context)
    {
        if (job.PromisedTo is { } promised)
            return promised == technician.Id ? 0 : PlanMoney.Of(context.Rules.Prices.MovedPromise);
        return context.Before(job.Id) is { } before && before != technician.Id ? PlanMoney.Of(context.Rules.Prices.MovedPlan) : 0;
    }
}
