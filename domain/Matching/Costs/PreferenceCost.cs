namespace Dispatch.Domain.Matching.Costs;

/// <summary>Somebody comes whom the customer did not ask for, though there are those they would like best.</summary>
public sealed class PreferenceCost : PairCost
{
    public override string Name => "preference";

    protected override long Price(TechnicianSnapshot technician, JobSnapshot job, PricingContext context) =>
        job.Preferred.IsEmpty || job.Preferred.Contains(technician.Id) ? 0 : PlanMoney.Of(context.Rules.Prices.OtherThanPreferred);
}
