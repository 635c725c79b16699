using System.Collections.Immutable;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Matching.Divided;
using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Matching;

/// <summary>The planner of one zone: snapshot to routing problem, insertion, improvement, and back with the reasons.</summary>
/// <param name="travel">Travel between places.</param>
/// <param name="rules">What is kept to and paid for.</param>
/// <param name="threads">How many threads may work on one plan, 1 or more.</param>
public sealed class ZonePlanner(ITravel travel, PlanningRules rules, int threads = 1) : IZonePlanner, IPlanExplainer
{
    /// <summary>A part comes from a plan that is good already: half of the cooling is past.</summary>
    private const double PartWarmth = 0.5;

    public ZonePlanner(ITravel travel)
        : this(travel, PlanningRules.Default)
    {
    }

    public ZonePlan Plan(PlanningSnapshot snapshot, ZonePlan? previous, PlanBudget budget, ulong seed)
    {
        var startedAt = budget.Clock?.GetTimestamp() ?? 0;
        var normal = Ready(snapshot);
        var pricing = new PricingContext(normal, previous, rules);
        // There is nothing to search, and a table of all ways for nobody costs as much as one for a full zone.
        if (normal.Technicians.IsEmpty)
            return WithoutTechnicians(normal, pricing, seed);
        PlanSolver solver = new(travel, rules, pricing, seed, threads);
        SearchLimit? limit = budget.Iterations > 0 ? budget.ToLimit(startedAt) : null;
        Solved solved = normal.Jobs.Any(job => job.Part is not null)
            ? new WholePlanner(solver, rules, pricing, travel).Plan(normal, previous, limit)
            : solver.Solve(normal, previous?.Routes, ImmutableSortedSet<JobId>.Empty, limit);
        return Describe(solved, seed);
    }

    public Placement? Explain(PlanningSnapshot snapshot, ZonePlan plan, ZonePlan? previous, JobId job)
    {
        var normal = WholePlanner.AsPlanned(Ready(snapshot), plan);
        var pricing = new PricingContext(normal, previous, rules);
        var problem = CompiledSnapshot.Compile(normal, pricing, rules, travel);
        var solution = new RoutingSolution(PlanReading.RoutesOf(plan.Routes, normal, problem), [], 0, 0, 0);
        var index = normal.Jobs.Select(candidate => candidate.Id).ToList().IndexOf(job);
        return index < 0 ? null : new PlanExplainer(normal, pricing, problem, solution, new Timetable(normal, problem), travel).ExplainPlaced(index);
    }

    /// <summary>Plans some technicians of a zone on their own, at the zone's prices.</summary>
    /// <param name="part">The technicians and the jobs they may have.</param>
    /// <param name="zone">The zone, prepared.</param>
    /// <param name="pricing">Of the zone.</param>
    /// <param name="start">The routes to begin with, one per technician of the part.</param>
    /// <param name="insert">Whether to place what is in no route.</param>
    /// <param name="rounds">Rounds of improvement at most.</param>
    /// <param name="limit">Ends it early, and says how far the plan as a whole has come.</param>
    /// <param name="seed">Source of chance.</param>
    internal PartPlan PlanPart(
        ZonePart part, PlanningSnapshot zone, PricingContext pricing, ImmutableArray<PlannedRoute> start, bool insert, long rounds, SearchLimit limit, ulong seed)
    {
        PlanningSnapshot own = part.Of(zone);
        RoutingProblem problem = CompiledSnapshot.Compile(own, pricing, rules, travel);
        RoutingSearch search = new(problem, seed);
        search.TakeOver(PlanReading.RoutesOf(start, own, problem));
        if (insert)
            search.Insert();
        if (rounds > 0)
            search.Improve(limit.Within(rounds, PartWarmth));
        RoutingSolution found = search.Best;
        Timetable timetable = new(own, problem);
        return new PartPlan(
            part,
            [.. found.Routes.Select((nodes, t) => timetable.RouteOf(t, nodes.AsSpan()))],
            [.. found.Unserved.Where(job => job < part.Jobs.Length).Select(job => part.Jobs[job])],
            found.Iterations,
            found.Improvements);
    }

    /// <summary>
    /// Says of the jobs of a part that wait why none of its technicians can take them; a job by its index in the zone's snapshot.
    /// </summary>
    internal Func<int, UnplacedJob> UnplacedIn(
        ZonePart part,
        PlanningSnapshot zone,
        PricingContext pricing,
        ImmutableArray<PlannedRoute> routes
    )
    {
        PlanningSnapshot own = part.Of(zone);
        RoutingProblem problem = CompiledSnapshot.Compile(own, pricing, rules, travel);
        RoutingSolution solution = new(PlanReading.RoutesOf(routes, own, problem), [], 0, 0, 0);
        PlanExplainer explainer = new(own, pricing, problem, solution, new Timetable(own, problem), travel);
        return job => explainer.ExplainUnplaced(Array.IndexOf(part.Jobs, job));
    }

    /// <summary>A snapshot for plans in parts. They tie no routes together, so wholes wait for a plan of the whole zone rather than be half planned.</summary>
    internal PlanningSnapshot Prepare(PlanningSnapshot snapshot)
    {
        PlanningSnapshot ready = Ready(snapshot);
        return ready.Jobs.All(job => job.Part is null) ? ready : ready with { Jobs = [.. ready.Jobs.Select(job => job.Part is null ? job : job with { WaitsFor = job.Id })] };
    }

    private PlanningSnapshot Ready(PlanningSnapshot snapshot) => ProgrammeQuota.Apply(DueBreaks.Apply(SnapshotRules.Normalise(snapshot), travel), rules, travel);

    private static ZonePlan WithoutTechnicians(PlanningSnapshot zone, PricingContext pricing, ulong seed) => new(
        zone.Now,
        [],
        [.. zone.Jobs.Select(job => new UnplacedJob(job.Id, []))],
        [],
        pricing.Price([], zone.Jobs.Select(job => job.Id)),
        new PlanEffort(seed, 0, 0));

    private ZonePlan Describe(Solved solved, ulong seed)
    {
        var explainer = new PlanExplainer(solved.Snapshot, solved.Pricing, solved.Problem, solved.Solution, solved.Timetable, travel);
        return new ZonePlan(
            solved.Snapshot.Now,
            solved.Routes,
            [.. solved.Waiting.Select(explainer.ExplainUnplaced)],
            rules.Explain ? explainer.ExplainPlaced() : [],
            solved.Cost,
            new PlanEffort(seed, solved.Solution.Iterations, solved.Solution.Improvements));
    }
}
