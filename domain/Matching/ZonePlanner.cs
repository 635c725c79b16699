using System.Collections.Immutable;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Matching;

/// <summary>The planner of one zone: snapshot to routing problem, insertion, improvement, and back with the reasons.</summary>
public sealed class ZonePlanner(ITravel travel, PlanningRules rules) : IZonePlanner, IPlanExplainer
{
    public ZonePlanner(ITravel travel)
        : this(travel, PlanningRules.Default)
    {
    }

    public ZonePlan Plan(PlanningSnapshot snapshot, ZonePlan? previous, PlanBudget budget, ulong seed)
    {
        var startedAt = budget.Clock?.GetTimestamp() ?? 0;
        var normal = Prepare(snapshot);
        var pricing = new PricingContext(normal, previous, rules);
        PlanSolver solver = new(travel, rules, pricing, seed);
        SearchLimit? limit = budget.Iterations > 0 ? budget.ToLimit(startedAt) : null;
        Solved solved = normal.Jobs.Any(job => job.Part is not null)
            ? new WholePlanner(solver, rules, pricing, travel).Plan(normal, previous, limit)
            : solver.Solve(normal, previous?.Routes, ImmutableSortedSet<JobId>.Empty, limit);
        return Describe(solved, seed);
    }

    public Placement? Explain(PlanningSnapshot snapshot, ZonePlan plan, ZonePlan? previous, JobId job)
    {
        var normal = WholePlanner.AsPlanned(Prepare(snapshot), plan);
        var pricing = new PricingContext(normal, previous, rules);
        var problem = CompiledSnapshot.Compile(normal, pricing, rules, travel);
        var solution = new RoutingSolution(PlanReading.RoutesOf(plan.Routes, normal, problem), [], 0, 0, 0);
        var index = normal.Jobs.Select(candidate => candidate.Id).ToList().IndexOf(job);
        return index < 0 ? null : new PlanExplainer(normal, pricing, problem, solution, new Timetable(normal, problem), travel).ExplainPlaced(index);
    }

    private PlanningSnapshot Prepare(PlanningSnapshot snapshot) => ProgrammeQuota.Apply(SnapshotRules.Normalise(snapshot), rules, travel);

    private ZonePlan Describe(Solved solved, ulong seed)
    {
        var explainer = new PlanExplainer(solved.Snapshot, solved.Pricing, solved.Problem, solved.Solution, solved.Timetable, travel);
        return new ZonePlan(
            solved.Snapshot.Now,
            solved.Routes,
            [.. solved.Solution.Unserved.Select(explainer.ExplainUnplaced)],
            rules.Explain ? explainer.ExplainPlaced() : [],
            solved.Cost,
            new PlanEffort(seed, solved.Solution.Iterations, solved.Solution.Improvements));
    }
}
