namespace Dispatch.Domain.Routing;

/// <summary>
/// Cheapest feasible insertion of a job into a route: at every position as the route is, and, where only a depot call makes it possible, together with
/// the call at its best position. Exact for a single job. Not safe for concurrent use: it keeps scratch space.
/// </summary>
internal sealed class InsertionFinder(RoutingProblem problem)
{
    private readonly DepotRuns?[] depotRuns = new DepotRuns?[problem.Technicians];
    private Route? tried;

    public Insertion Find(Route route, int job)
    {
        int technician = route.Technician;
        PairRule rule = problem.RuleOf(technician, job);
        if (rule == PairRule.Forbidden || route.JobCount >= problem.MaxJobs[technician])
            return Insertion.None;
        bool needsDepot = !problem.DepotDone[technician] && (rule == PairRule.AfterDepot || !route.HasUnitsFor(job));
        Insertion best = Insertion.None;
        // Behind the call nothing is scarce; before it, or without one, only what is on board.
        int from = !needsDepot ? 1 : route.DepotAt >= 0 ? route.DepotAt + 1 : route.Count;
        for (int node = problem.FirstNode[job]; node < problem.FirstNode[job + 1]; node++)
        {
            if (from < route.Count)
                FindInPlace(route, node, from, route.Count, ref best);
            if (needsDepot)
                FindWithDepot(route, node, ref best);
        }

        if (best.Exists && !route.EndsFree)
            best = best with { Delta = best.Delta + problem.CostOfPair(technician, job) + (route.Count == 2 ? problem.CostOfUse(technician) : 0) };
        return best;
    }

    /// <summary>
    /// The cheapest depot call in a route without one, at position <paramref name="latest"/> or before; −1 twice where none fits.
    /// </summary>
    public (int Node, int At) CheapestDepot(Route route, int latest)
    {
        Insertion found = Insertion.None;
        for (int d = 0; d < problem.Depots; d++)
        {
            int depot = problem.DepotNode(d);
            Insertion best = new(found.Delta, -1, 0, -1, 0);
            FindInPlace(route, depot, 1, latest + 1, ref best);
            found = best.Exists ? best : found;
        }

        return found.Exists ? (found.Node, found.At) : (-1, -1);
    }

    private void FindInPlace(Route route, int node, int from, int until, ref Insertion best)
    {
        if (problem.PlaceOf[node] < 0)
        {
            FindForFloating(route, node, from, until, ref best);
            return;
        }

        if (route.EndsFree)
        {
            TryAll(route, node, from, until, ref best);
            return;
        }

        RunRows runs = route.Runs;
        (long delta, int at) = PositionScan.Cheapest(
            problem, route.Technician, new Stretch(runs, 0, runs), route.Duration, route.Done, node, from, until, Less(best.Delta, problem.NodeCost[node]));
        if (at > 0)
            best = new Insertion(delta + problem.NodeCost[node], node, at, -1, 0);
        if (route.HasFloating)
            FindBeforeFloating(route, node, from, until, ref best);
    }

    private void FindWithDepot(Route route, int node, ref Insertion best)
    {
        if (problem.PlaceOf[node] < 0 || problem.Depots == 0)
            return;
        if (route.EndsFree)
        {
            TryWithDepot(route, node, ref best);
            return;
        }

        DepotRuns runs = depotRuns[route.Technician] ??= new DepotRuns(problem);
        runs.Update(route);
        long old = route.DepotAt < 0 ? 0 : problem.NodeCost[route.Nodes[route.DepotAt]];
        for (int d = 0; d < problem.Depots; d++)
        {
            long fixedCost = problem.NodeCost[node] + problem.NodeCost[problem.DepotNode(d)] - old;
            for (int call = 1; call <= runs.LastCall; call++)
            {
                long extra = fixedCost + (problem.TravelWeight * runs.Detour(d, call));
                (long delta, int at) = PositionScan.Cheapest(
                    problem, route.Technician, runs.StretchOf(d, call), route.Duration, route.Done, node, call, runs.Count, Less(best.Delta, extra));
                if (at > 0)
                    best = new Insertion(delta + extra, node, at, d, call);
            }
        }
    }

    /// <summary>A floating stop goes nowhere, so it only takes its time.</summary>
    private void FindForFloating(Route route, int node, int from, int until, ref Insertion best)
    {
        if (problem.FloatingEndsFree)
        {
            TryAll(route, node, from, until, ref best);
            return;
        }

        Segment own = Segment.Of(problem, node);
        for (int at = from; at < until; at++)
            if (route.Prefix(at - 1).TryJoin(0, own, out Segment run) && TryGoOn(route, run, route.Places[at - 1], at, out run, out _))
                Take(route, run, 0, node, at, ref best);
    }

    /// <summary>Where ends are free, runs do not say what a stop adds; such routes are short, so each is walked through.</summary>
    private void Try(Route route, int node, int at, int depot, int call, ref Insertion best)
    {
        tried ??= new Route(problem, route.Technician);
        tried = tried.Technician == route.Technician ? tried : new Route(problem, route.Technician);
        tried.CopyFrom(route);
        if (depot >= 0 && route.DepotAt >= 0)
            tried.RemoveAt(route.DepotAt);
        tried.Insert(node, at);
        if (depot >= 0)
            tried.Insert(problem.DepotNode(depot), call);
        if (tried.Refresh(0) && tried.Cost - route.Cost is var delta && delta < best.Delta)
            best = new Insertion(delta, node, at, depot, call);
    }

    private void TryAll(Route route, int node, int from, int until, ref Insertion best)
    {
        for (int at = from; at < until; at++)
            Try(route, node, at, -1, 0, ref best);
    }

    private void TryWithDepot(Route route, int node, ref Insertion best)
    {
        int count = route.Count - (route.DepotAt < 0 ? 0 : 1);
        int lastCall = route.DepotAt < 0 ? count - 1 : Math.Min(route.DepotAt, count - 1);
        for (int d = 0; d < problem.Depots; d++)
            for (int call = 1; call <= lastCall; call++)
                for (int at = call; at < count; at++)
                    Try(route, node, at, d, call, ref best);
    }

    /// <summary>Before a floating stop, which then is made at the place of what was inserted.</summary>
    private void FindBeforeFloating(Route route, int node, int from, int until, ref Insertion best)
    {
        Segment own = Segment.Of(problem, node);
        for (int at = from; at < until; at++)
        {
            if (problem.PlaceOf[route.Nodes[at]] >= 0)
                continue;
            int there = problem.Travel[(route.Places[at - 1] * problem.Places) + problem.PlaceOf[node]];
            if (route.Prefix(at - 1).TryJoin(there, own, out Segment run) && TryGoOn(route, run, problem.PlaceOf[node], at, out run, out int change))
                Take(route, run, there + change, node, at, ref best);
        }
    }

    private void Take(Route route, in Segment whole, long detour, int node, int at, ref Insertion best)
    {
        long delta = (problem.DurationWeight * (whole.Duration - route.Duration)) + (problem.TravelWeight * detour) + problem.NodeCost[node]
            + problem.CostOfOvertime(route.Technician, whole.Done) - problem.CostOfOvertime(route.Technician, route.Done);
        if (delta < best.Delta)
            best = new Insertion(delta, node, at, -1, 0);
    }

    /// <summary>Joins the rest of a route to a run that ends at a place: floating stops there, then the way to the first stop with a place of its own.</summary>
    private bool TryGoOn(Route route, Segment run, int place, int at, out Segment whole, out int change)
    {
        ReadOnlySpan<int> nodes = route.Nodes;
        whole = run;
        change = 0;
        for (; problem.PlaceOf[nodes[at]] < 0; at++)
            if (!whole.TryJoin(0, Segment.Of(problem, nodes[at]), out whole))
                return false;
        int travel = problem.Travel[(place * problem.Places) + route.Places[at]];
        change = travel - route.Legs[at];
        return whole.TryJoin(travel, route.Suffix(at), out whole);
    }

    private static long Less(long limit, long part) => limit == long.MaxValue ? limit : limit - part;
}
