using System.Collections.Immutable;

namespace Dispatch.Domain.Matching;

/// <summary>What a cost term may look at beside the route: the rules with their weights, the jobs by id, and who had each job before.</summary>
public sealed class PricingContext
{
    private readonly Dictionary<JobId, JobSnapshot> jobs;
    private readonly Dictionary<TechnicianId, TechnicianSnapshot> technicians;
    private readonly Dictionary<JobId, TechnicianId> before = [];
    private readonly Dictionary<Employment, long> meanEarned;

    public PricingContext(PlanningSnapshot snapshot, ZonePlan? previous, PlanningRules rules)
    {
        Rules = rules;
        Now = snapshot.Now;
        jobs = snapshot.Jobs.ToDictionary(job => job.Id);
        technicians = snapshot.Technicians.ToDictionary(technician => technician.Id);
        meanEarned = snapshot.Technicians.GroupBy(technician => technician.Employment)
            .ToDictionary(group => group.Key, group => group.Sum(technician => technician.Earned) / group.Count());
        foreach (var route in previous?.Routes ?? [])
        {
            foreach (var stop in route.Stops)
            {
                if (stop.Job is { } job)
                {
                    before.TryAdd(job, route.Technician);
                }
            }
        }
    }

    public PlanningRules Rules { get; }

    /// <summary>When the plan begins.</summary>
    public DateTimeOffset Now { get; }

    public TechnicianSnapshot Technician(TechnicianId id) => technicians[id];

    public JobSnapshot Job(JobId id) => jobs[id];

    /// <summary>Who had the job in the previous plan, or null.</summary>
    public TechnicianId? Before(JobId id) => before.TryGetValue(id, out var technician) ? technician : null;

    /// <summary>What those employed so have earned in the mean, in whole minor units, fractions dropped.</summary>
    public long MeanEarned(Employment employment) => meanEarned[employment];

    /// <summary>What leaving a job out costs, by all terms.</summary>
    public long PriceOfLeaving(JobSnapshot job) => Rules.Costs.Sum(cost => cost.OfUnplaced(job, this));

    /// <summary>The whole plan's cost, term by term.</summary>
    public PlanCost Price(ImmutableArray<PlannedRoute> routes, IEnumerable<JobId> unplaced)
    {
        var left = unplaced.Select(Job).ToArray();
        return new PlanCost([.. Rules.Costs.Select(cost =>
            new CostTerm(cost.Name, routes.Sum(route => cost.OfRoute(route, this)) + left.Sum(job => cost.OfUnplaced(job, this))))]);
    }

    /// <summary>One route's cost, term by term.</summary>
    public PlanCost Price(PlannedRoute route) =>
        new([.. Rules.Costs.Select(cost => new CostTerm(cost.Name, cost.OfRoute(route, this)))]);
}
