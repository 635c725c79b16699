namespace Dispatch.Domain.Matching.Costs;

/// <summary>What it costs to leave a job out: huge, and doubled by each step of priority and of deadline class.</summary>
public sealed class UnservedCost : IPlanningCost
{
    public string Name => "unserved";

    public void Compile(CompiledSnapshot model)
    {
        for (var j = 0; j < model.Snapshot.Jobs.Length; j++)
        {
            model.Builder.AddUnservedCost(j, OfUnplaced(model.Snapshot.Jobs[j], model.Pricing));
        }
    }

    public long OfRoute(PlannedRoute route, PricingContext context) => 0;

    public long OfUnplaced(JobSnapshot job, PricingContext context) =>
        PlanMoney.Of(context.Rules.Prices.Unserved) << (Math.Clamp(job.Priority, 0, 9) + (int)job.Deadline);
}
