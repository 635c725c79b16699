namespace Dispatch.Domain.Routing.Bounds;

/// <summary>Routes to begin with: every job alone, and those of a known plan.</summary>
internal static class FirstRoutes
{
    /// <summary>The cheapest route that serves this job alone, with a depot call where the technician needs one; null where there is none.</summary>
    public static RouteColumn? Alone(RoutingProblem problem, TechnicianGroup[] groups, int job)
    {
        RouteColumn? cheapest = null;
        for (int g = 0; g < groups.Length; g++)
        {
            PairRule rule = problem.RuleOf(groups[g].Technician, job);
            if (rule == PairRule.Forbidden || problem.IsFloatingJob(job))
                continue;
            for (int node = problem.FirstNode[job]; node < problem.FirstNode[job + 1]; node++)
            {
                if (rule == PairRule.Allowed || problem.DepotDone[groups[g].Technician])
                    Take(g, [node]);
                for (int d = 0; rule == PairRule.AfterDepot && d < problem.Depots; d++)
                    Take(g, [problem.DepotNode(d), node]);
            }
        }

        return cheapest;

        void Take(int group, int[] nodes)
        {
            if (RouteColumn.CostOf(problem, groups[group], nodes) is { } cost && (cheapest is null || cost < cheapest.Cost))
                cheapest = RouteColumn.Of(problem, group, cost, nodes);
        }
    }

    public static IEnumerable<RouteColumn> Of(RoutingProblem problem, TechnicianGroup[] groups, RoutingSolution? plan)
    {
        if (plan is null)
            yield break;
        for (int g = 0; g < groups.Length; g++)
        {
            // Any technician of the class may have driven it; it is a column of the group all the same.
            int kind = problem.Class[groups[g].Technician];
            for (int t = 0; t < plan.Routes.Length; t++)
            {
                int[] nodes = [.. plan.Routes[t]];
                if (problem.Class[t] == kind && nodes.Length > 0 && RouteColumn.CostOf(problem, groups[g], nodes) is { } cost)
                    yield return RouteColumn.Of(problem, g, cost, nodes);
            }
        }
    }
}
