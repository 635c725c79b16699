namespace Dispatch.Domain.Matching.Costs;

/// <summary>Somebody comes who does not know the device or the place yet, though another was there the last time.</summary>
public sealed class ContinuityCost : PairCost
{
    public override string Name => "continuity";

    protected override long Price(TechnicianSnapshot technician, JobSnapshot job, PricingContext context) =>
        job.SameAsBefore is not { } before || before == technician.Id ? 0 : PlanMoney.Of(context.Rules.Prices.OtherThanBefore);
}
