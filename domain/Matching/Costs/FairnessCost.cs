namespace Dispatch.Domain.Matching.Costs;

/// <summary>
/// A job for somebody who has already earned more than the mean of those employed alike: a share of what lies above the mean, for each job. Nobody pays for being below, so that work is
/// steered to others and never away from everybody.
/// </summary>
public sealed class FairnessCost : PairCost
{
    public override string Name => "fairness";

    protected override long Price(TechnicianSnapshot technician, JobSnapshot job, PricingContext context) =>
        Math.Max(0, technician.Earned - context.MeanEarned(technician.Employment)) * context.Rules.Prices.UnfairnessPercent * (PlanMoney.PerMinor / 100);
}
