namespace Dispatch.Domain.Routing;

/// <summary>
/// Cheapest feasible insertion of a job into a route: at every position as the route is, and, where only a depot call makes it possible, together with
/// the call at its best position. Exact for a single job. Not safe for concurrent use: it keeps scratch space.
/// </summary>
internal sealed class InsertionFinder(RoutingProblem problem)
{
    private int[] bare = new int[32];
    private Segment[] barePrefix = new Segment[32];
    private Segment[] bareSuffix = new Segment[32];
    private int bareCount;

    public Insertion Find(Route route, int job)
    {
        var technician = route.Technician;
        var rule = problem.RuleOf(technician, job);
        if (rule == PairRule.Forbidden || route.JobCount >= problem.MaxJobs[technician])
        {
            return Insertion.None;
        }

        var needsDepot = !problem.DepotDone[technician] && (rule == PairRule.AfterDepot || !route.HasUnitsFor(job));
        var best = Insertion.None;
        // Behind the call nothing is scarce; before it, or without one, only what is on board.
        var from = !needsDepot ? 1 : route.DepotAt >= 0 ? route.DepotAt + 1 : route.Count;
        for (var node = problem.FirstNode[job]; node < problem.FirstNode[job + 1]; node++)
        {
            FindInPlace(route, node, from, ref best);
        }

        if (needsDepot)
        {
            LayBare(route);
            for (var node = problem.FirstNode[job]; node < problem.FirstNode[job + 1]; node++)
            {
                FindWithDepot(route, node, ref best);
            }
        }

        return best.Exists ? best with { Delta = best.Delta + problem.CostOfPair(technician, job) + (route.Count == 2 ? problem.CostOfUse(technician) : 0) } : best;
    }

    /// <summary>
    /// The cheapest depot call in a route without one, at position <paramref name="latest"/> or before; −1 twice where none fits.
    /// </summary>
    public (int Node, int At) CheapestDepot(Route route, int latest)
    {
        var nodes = route.Nodes;
        var found = (-1, -1);
        var least = long.MaxValue;
        for (var d = 0; d < problem.Depots; d++)
        {
            var depot = problem.DepotNode(d);
            for (var at = 1; at <= latest; at++)
            {
                var there = problem.TravelBetween(nodes[at - 1], depot);
                var onward = problem.TravelBetween(depot, nodes[at]);
                if (!route.Prefix[at - 1].TryJoin(there, Segment.Of(problem, depot), out var run))
                {
                    continue;
                }

                var total = run.JoinedDuration(onward, route.Suffix[at]);
                if (total == long.MaxValue)
                {
                    continue;
                }

                var cost = (problem.DurationWeight * (total - route.Duration))
                    + (problem.TravelWeight * (there + onward - problem.TravelBetween(nodes[at - 1], nodes[at])))
                    + problem.NodeCost[depot];
                if (cost < least)
                {
                    (least, found) = (cost, (depot, at));
                }
            }
        }

        return found;
    }

    private void FindInPlace(Route route, int node, int from, ref Insertion best)
    {
        var nodes = route.Nodes;
        var prefix = route.Prefix;
        var suffix = route.Suffix;
        var travel = problem.Travel;
        var places = problem.Places;
        var place = problem.PlaceOf[node];
        var own = Segment.Of(problem, node);
        var duration = route.Duration;
        for (var at = from; at < nodes.Length; at++)
        {
            ref readonly var before = ref prefix[at - 1];
            if (before.Done > own.Latest)
            {
                break;
            }

            var left = problem.PlaceOf[nodes[at - 1]];
            var right = problem.PlaceOf[nodes[at]];
            long there = travel[(left * places) + place];
            long onward = travel[(place * places) + right];
            if (!before.TryJoin(there, own, out var joined))
            {
                continue;
            }

            var total = joined.JoinedDuration(onward, suffix[at]);
            if (total == long.MaxValue)
            {
                continue;
            }

            var delta = (problem.DurationWeight * (total - duration))
                + (problem.TravelWeight * (there + onward - travel[(left * places) + right]))
                + problem.NodeCost[node];
            if (delta < best.Delta)
            {
                best = new Insertion(delta, node, at, -1, 0);
            }
        }
    }

    /// <summary>The route without its depot call, as runs again; the call is then tried at every position before the job.</summary>
    private void LayBare(Route route)
    {
        if (bare.Length < route.Count)
        {
            bare = new int[route.Count * 2];
            barePrefix = new Segment[bare.Length];
            bareSuffix = new Segment[bare.Length];
        }

        bareCount = 0;
        for (var i = 0; i < route.Count; i++)
        {
            if (i != route.DepotAt)
            {
                bare[bareCount++] = route.Nodes[i];
            }
        }

        if (route.DepotAt < 0)
        {
            route.Prefix.CopyTo(barePrefix);
            route.Suffix.CopyTo(bareSuffix);
            return;
        }

        // Taking a stop out can break a window only where travel breaks the triangle inequality; then no call can be moved.
        var ok = true;
        barePrefix[0] = route.Prefix[0];
        for (var i = 1; ok && i < bareCount; i++)
        {
            ok = barePrefix[i - 1].TryJoin(problem.TravelBetween(bare[i - 1], bare[i]), Segment.Of(problem, bare[i]), out barePrefix[i]);
        }

        bareSuffix[bareCount - 1] = Segment.Of(problem, bare[bareCount - 1]);
        for (var i = bareCount - 2; ok && i >= 0; i--)
        {
            ok = Segment.Of(problem, bare[i]).TryJoin(problem.TravelBetween(bare[i], bare[i + 1]), bareSuffix[i + 1], out bareSuffix[i]);
        }

        bareCount = ok ? bareCount : 0;
    }

    private void FindWithDepot(Route route, int node, ref Insertion best)
    {
        var own = Segment.Of(problem, node);
        var limit = route.DepotAt < 0 ? bareCount - 1 : Math.Min(route.DepotAt, bareCount - 1);
        for (var d = 0; d < problem.Depots; d++)
        {
            var depot = problem.DepotNode(d);
            var call = Segment.Of(problem, depot);
            var extra = problem.NodeCost[node] + problem.NodeCost[depot] - (route.DepotAt < 0 ? 0 : problem.NodeCost[route.Nodes[route.DepotAt]]);
            for (var depotAt = 1; depotAt <= limit; depotAt++)
            {
                if (barePrefix[depotAt - 1].Done > own.Latest)
                {
                    break;
                }

                if (!barePrefix[depotAt - 1].TryJoin(problem.TravelBetween(bare[depotAt - 1], depot), call, out var run))
                {
                    continue;
                }

                var travelled = problem.TravelBetween(bare[depotAt - 1], depot);
                var replaced = 0L;
                var last = depot;
                for (var at = depotAt; at < bareCount; at++)
                {
                    var there = problem.TravelBetween(last, node);
                    var onward = problem.TravelBetween(node, bare[at]);
                    if (run.TryJoin(there, own, out var joined))
                    {
                        var total = joined.JoinedDuration(onward, bareSuffix[at]);
                        if (total != long.MaxValue)
                        {
                            // Travel before the change belongs to the route with its old call; both are counted against the bare route.
                            var step = problem.TravelBetween(bare[at - 1], bare[at]);
                            var bareDelta = travelled + there + onward - replaced - step;
                            var delta = (problem.DurationWeight * (total - route.Duration))
                                + (problem.TravelWeight * (bareDelta + BareTravel(route) - route.Travel))
                                + extra;
                            if (delta < best.Delta)
                            {
                                best = new Insertion(delta, node, at, d, depotAt);
                            }
                        }
                    }

                    if (!run.TryJoin(problem.TravelBetween(last, bare[at]), Segment.Of(problem, bare[at]), out run) || run.Done > own.Latest)
                    {
                        break;
                    }

                    travelled += problem.TravelBetween(last, bare[at]);
                    replaced += problem.TravelBetween(bare[at - 1], bare[at]);
                    last = bare[at];
                }
            }
        }
    }

    private long BareTravel(Route route)
    {
        if (route.DepotAt < 0)
        {
            return route.Travel;
        }

        var nodes = route.Nodes;
        var at = route.DepotAt;
        return route.Travel - problem.TravelBetween(nodes[at - 1], nodes[at]) - problem.TravelBetween(nodes[at], nodes[at + 1])
            + problem.TravelBetween(nodes[at - 1], nodes[at + 1]);
    }
}
