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
        var problem = CompiledSnapshot.Compile(normal, pricing, rules, travel);
        var search = new RoutingSearch(problem, seed);
        if (previous is not null)
        {
            search.TakeOver(PlanReading.RoutesOf(previous, normal, problem));
        }

        search.Insert();
        if (budget.Iterations > 0)
        {
            search.Improve(budget.ToLimit(startedAt));
        }

        return Describe(normal, pricing, problem, search.Best, seed);
    }

    public Placement? Explain(PlanningSnapshot snapshot, ZonePlan plan, ZonePlan? previous, JobId job)
    {
        var normal = Prepare(snapshot);
        var pricing = new PricingContext(normal, previous, rules);
        var problem = CompiledSnapshot.Compile(normal, pricing, rules, travel);
        var solution = new RoutingSolution(PlanReading.RoutesOf(plan, normal, problem), [], 0, 0, 0);
        var index = normal.Jobs.Select(candidate => candidate.Id).ToList().IndexOf(job);
        return index < 0 ? null : new PlanExplainer(normal, pricing, problem, solution, new Timetable(normal, problem), travel).ExplainPlaced(index);
    }

    private PlanningSnapshot Prepare(PlanningSnapshot snapshot) => ProgrammeQuota.Apply(SnapshotRules.Normalise(snapshot), rules, travel);

    private ZonePlan Describe(PlanningSnapshot snapshot, PricingContext pricing, RoutingProblem problem, RoutingSolution solution, ulong seed)
    {
        var timetable = new Timetable(snapshot, problem);
        var routes = solution.Routes.Select((nodes, t) => timetable.RouteOf(t, nodes.AsSpan())).ToImmutableArray();
        var explainer = new PlanExplainer(snapshot, pricing, problem, solution, timetable, travel);
        return new ZonePlan(
            snapshot.Now,
            routes,
            [.. solution.Unserved.Select(explainer.ExplainUnplaced)],
            rules.Explain ? explainer.ExplainPlaced() : [],
            pricing.Price(routes, solution.Unserved.Select(job => snapshot.Jobs[job].Id)),
            new PlanEffort(seed, solution.Iterations, solution.Improvements));
    }
}
