namespace Dispatch.Domain.Routing.Bounds;

/// <summary>
/// A bound without any search: every served job needs a way in, its service and its fixed costs; every other its unserved cost. Also where the
/// multipliers begin.
/// </summary>
internal static class QuickBound
{
    /// <summary>Per job the least that serving it adds to any route; <see cref="RoutingProblem.UnservedCost"/> where nobody can.</summary>
    public static long[] LeastCosts(RoutingProblem problem, TechnicianGroup[] groups)
    {
        long[] least = new long[problem.Jobs];
        for (int job = 0; job < least.Length; job++)
        {
            long served = long.MaxValue;
            foreach (TechnicianGroup group in groups)
            {
                if (problem.RuleOf(group.Technician, job) == PairRule.Forbidden)
                    continue;
                for (int node = problem.FirstNode[job]; node < problem.FirstNode[job + 1]; node++)
                    served = Math.Min(served, Least(problem, group.Technician, job, node));
            }

            least[job] = Math.Min(served, problem.UnservedCost[job]);
        }

        return least;
    }

    public static long Of(RoutingProblem problem, TechnicianGroup[] groups, long[] leastCosts)
    {
        long depot = 0;
        for (int d = 0; d < problem.Depots; d++)
            depot = Math.Min(depot, problem.NodeCost[problem.DepotNode(d)]);
        long bound = leastCosts.Sum();
        foreach (TechnicianGroup group in groups)
        {
            // What a route costs besides its jobs' shares is never less than this.
            long route = Math.Min(0, problem.CostOfUse(group.Technician)) + Math.Min(0, problem.NodeCost[problem.EndNode(group.Technician)]) + depot;
            bound += group.Members * Math.Min(group.EmptyCost, route);
        }

        return bound;
    }

    private static long Least(RoutingProblem problem, int technician, int job, int node)
    {
        if (problem.IsFloating(node))
            return problem.NodeCost[node] + problem.CostOfPair(technician, job);
        int way = problem.TravelBetween(problem.StartNode(technician), node);
        for (int from = 2 * problem.Technicians; from < problem.Nodes; from++)
        {
            if (problem.JobOf[from] != job && !problem.IsFloating(from))
                way = Math.Min(way, problem.TravelBetween(from, node));
        }

        return way == RoutingProblem.Unreachable
            ? long.MaxValue
            : ((problem.DurationWeight + problem.TravelWeight) * way) + (problem.DurationWeight * problem.Service[node]) + problem.NodeCost[node] + problem.CostOfPair(technician, job);
    }
}
