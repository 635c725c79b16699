namespace Dispatch.Domain.Routing.Bounds;

/// <summary>
/// Finds the relaxed routes of one technician that are worth most at given multipliers: labels in the order of time, dominated ones dropped. Exact in
/// time, duration, cost, skills, depot call and one consumable; relaxed in that a job may come twice (see <see cref="NearJobs"/>), that other
/// consumables and a loose limit of jobs are not looked at, and in the merging of labels (see <see cref="PricingDetail"/>).
/// </summary>
internal sealed class RoutePricing
{
    private const int StepsPerLook = 64;

    private readonly PricingFacts facts;
    private readonly RoutingProblem problem;
    private readonly int group;
    private readonly int technician;
    private readonly int end;
    private readonly int stock;
    private readonly int mostJobs;
    private readonly bool counted;
    private readonly long keyStep;

    // Per node: whether the technician may stop there at all and before a depot call, the latest end of the stop, the units it takes.
    private readonly bool[] may;
    private readonly bool[] mayAtOnce;
    private readonly long[] latest;
    private readonly int[] units;

    public RoutePricing(PricingFacts facts, int group, long[] wayHome)
    {
        this.facts = facts;
        this.group = group;
        problem = facts.Problem;
        technician = facts.Groups[group].Technician;
        end = problem.EndNode(technician);
        stock = facts.Watched < 0 || problem.DepotDone[technician] ? int.MaxValue : problem.Stock[(technician * problem.Consumables) + facts.Watched];
        (mostJobs, counted) = facts.JobLimit(technician);
        keyStep = counted ? problem.Jobs + 1L : 1;
        may = new bool[problem.Nodes];
        mayAtOnce = new bool[problem.Nodes];
        latest = new long[problem.Nodes];
        units = new int[problem.Nodes];
        for (int node = 2 * problem.Technicians; node < problem.Nodes; node++)
        {
            int job = problem.JobOf[node];
            may[node] = !problem.Closed[technician] && !problem.IsFloating(node) && wayHome[node] != long.MaxValue
                && (job < 0 ? !problem.DepotDone[technician] : problem.RuleOf(technician, job) != PairRule.Forbidden);
            mayAtOnce[node] = may[node] && (job < 0 || IsOnBoard(job));
            latest[node] = may[node] ? problem.Close[end] - wayHome[node] : long.MinValue;
            units[node] = job < 0 || facts.Watched < 0 || problem.DepotDone[technician] ? 0 : problem.Demand[(job * problem.Consumables) + facts.Watched];
        }
    }

    /// <summary>The least cost above the empty route, and up to so many routes that cost less than it. Null where the limit ended the run.</summary>
    /// <param name="multipliers">Per job what serving it is worth.</param>
    /// <param name="detail">How finely labels are told apart.</param>
    /// <param name="most">Routes wanted.</param>
    /// <param name="labels">Scratch space.</param>
    /// <param name="limit">Ends the run early.</param>
    public PricedRoutes? Run(long[] multipliers, PricingDetail detail, int most, LabelStore labels, BoundLimit limit)
    {
        labels.Clear(2 * problem.Nodes);
        (long Cost, int Label)[] best = new (long, int)[2 * problem.Nodes];
        Array.Fill(best, (0, -1));
        int start = problem.StartNode(technician);
        RouteLabel first = new(
            problem.CostOfUse(technician) + (problem.DurationWeight * problem.Service[start]) - facts.Groups[group].EmptyCost, RouteClock.At(problem, start), 0, 0, 0);
        PricingRun run = new(labels, new LabelRules(problem.DurationWeight, detail.Labels, detail.IsRelaxed, counted, keyStep), Worth(multipliers), Widths(detail));
        for (int node = 2 * problem.Technicians; node < problem.Nodes; node++)
        {
            if (may[node] && problem.TravelBetween(start, node) is not RoutingProblem.Unreachable and int travel)
                Extend(first, -1, start, node, travel, called: false, run);
        }

        for (int step = 1; labels.TryTake(out int index); step++)
        {
            if (labels.IsFull || (step % StepsPerLook == 0 && limit.IsOver))
                return null;
            RouteLabel label = labels[index];
            int state = labels.StateOf(index), node = state % problem.Nodes;
            Complete(label, index, node, ref best[state]);
            int[] next = facts.Next[node], travel = facts.NextTravel[node];
            for (int i = 0; i < next.Length; i++)
                Extend(label, index, node, next[i], travel[i], called: state != node, run);
        }

        return new PricedRoutes(Math.Min(best.Min(end => end.Cost), FloatingStops.LeastUse(problem, technician)), Read(best, multipliers, most, labels));
    }

    private void Extend(in RouteLabel label, int index, int node, int next, int travel, bool called, in PricingRun run)
    {
        if (!(called ? may : mayAtOnce)[next] || label.Clock.Done + travel > problem.Close[next])
            return;
        int job = problem.JobOf[next], here = problem.JobOf[node];
        int load = called ? 0 : label.Load + units[next];
        if (job >= 0 ? load > stock || label.Served >= mostJobs || (here >= 0 && facts.Near.Remembers(here, label.Memory, job)) : called)
            return;
        if (!label.Clock.TryReach(problem, travel, next, out RouteClock clock, out long spent) || clock.Done > latest[next])
            return;
        long cost = label.Cost + (problem.DurationWeight * spent) + (problem.TravelWeight * travel) - run.Worth[next];
        uint memory = job < 0 ? 0 : here >= 0 ? facts.Near.Carry(here, label.Memory, job) : facts.Near.Only(job);
        RouteLabel extended = new(cost, clock, job < 0 ? 0 : load, counted && job >= 0 ? label.Served + 1 : label.Served, memory);
        run.Labels.Add(called || job < 0 ? next + problem.Nodes : next, extended, index, run.Rules, clock.Done / run.Widths[next]);
    }

    /// <summary>Per node what stopping there is worth: the job's multiplier less the fixed costs.</summary>
    private long[] Worth(long[] multipliers)
    {
        long[] worth = new long[problem.Nodes];
        for (int node = 2 * problem.Technicians; node < worth.Length; node++)
            worth[node] = (problem.JobOf[node] is >= 0 and int job ? multipliers[job] - problem.CostOfPair(technician, job) : 0) - problem.NodeCost[node];
        return worth;
    }

    private long[] Widths(PricingDetail detail) =>
        [.. facts.Closes.Select((close, node) => Math.Max(1, (close - facts.Opens[node]) / detail.Slices))];

    private void Complete(in RouteLabel label, int index, int node, ref (long Cost, int Label) best)
    {
        long travel = problem.TravelBetween(node, end);
        if (travel == RoutingProblem.Unreachable || !label.Clock.TryReach(problem, travel, end, out RouteClock done, out long spent))
            return;
        long cost = label.Cost + (problem.DurationWeight * spent) + (problem.TravelWeight * travel) + problem.NodeCost[end] + problem.CostOfOvertime(technician, done.Done);
        if (cost < best.Cost)
            best = (cost, index);
    }

    private List<RouteColumn> Read((long Cost, int Label)[] best, long[] multipliers, int most, LabelStore labels)
    {
        List<RouteColumn> routes = [];
        foreach ((long cost, int last) in best.Where(end => end.Label >= 0).OrderBy(end => end.Cost).Take(most))
        {
            List<int> nodes = [];
            for (int label = last; label >= 0; label = labels.ParentOf(label))
                nodes.Add(labels.StateOf(label) % problem.Nodes);
            nodes.Reverse();
            long worth = nodes.Where(node => problem.JobOf[node] >= 0).Sum(node => multipliers[problem.JobOf[node]]);
            routes.Add(RouteColumn.Of(problem, group, cost + worth, [.. nodes]));
        }

        return routes;
    }

    // Behind a depot call nothing is scarce; before it the whole stock is the most there is for one job.
    private bool IsOnBoard(int job)
    {
        if (problem.DepotDone[technician])
            return true;
        return problem.RuleOf(technician, job) == PairRule.Allowed
            && Enumerable.Range(0, problem.Consumables).All(k =>
                problem.Demand[(job * problem.Consumables) + k] <= problem.Stock[(technician * problem.Consumables) + k]);
    }
}

/// <summary>What one run of pricing hands from step to step.</summary>
internal readonly record struct PricingRun(LabelStore Labels, LabelRules Rules, long[] Worth, long[] Widths);

/// <param name="Least">The least cost above the empty route's, 0 where none is less.</param>
/// <param name="Routes">Routes of negative cost, the least first.</param>
internal sealed record PricedRoutes(long Least, List<RouteColumn> Routes);
