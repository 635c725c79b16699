namespace Dispatch.Domain.Routing.Bounds;

/// <summary>A relaxed route as a column of the master problem: what it costs above the empty route, and how often it serves which jobs.</summary>
/// <param name="Group">Index of the group of technicians.</param>
/// <param name="Cost">Above <see cref="TechnicianGroup.EmptyCost"/>, multipliers left out.</param>
/// <param name="Nodes">Stops in order, without start and end.</param>
/// <param name="Jobs">The jobs of the stops, ascending; one that is served twice stands twice.</param>
internal sealed record RouteColumn(int Group, long Cost, int[] Nodes, int[] Jobs)
{
    public static RouteColumn Of(RoutingProblem problem, int group, long cost, int[] nodes) =>
        new(group, cost, nodes, [.. nodes.Where(node => !problem.IsFloating(node)).Select(node => problem.JobOf[node]).Where(job => job >= 0).Order()]);

    /// <summary>The cost above the empty route when the stops are walked exactly, or null where a window or a way forbids it.</summary>
    public static long? CostOf(RoutingProblem problem, TechnicianGroup group, IReadOnlyList<int> nodes)
    {
        int technician = group.Technician, here = problem.StartNode(technician);
        RouteClock clock = RouteClock.At(problem, here);
        long cost = problem.CostOfUse(technician) + (problem.DurationWeight * problem.Service[here]) - group.EmptyCost;
        foreach (int node in nodes.Where(node => !problem.IsFloating(node)).Append(problem.EndNode(technician)))
        {
            int travel = problem.TravelBetween(here, node);
            if (travel == RoutingProblem.Unreachable || !clock.TryReach(problem, travel, node, out clock, out long spent))
                return null;
            cost += (problem.DurationWeight * spent) + (problem.TravelWeight * travel) + problem.NodeCost[node];
            cost += problem.JobOf[node] is >= 0 and int job ? problem.CostOfPair(technician, job) : 0;
            here = node;
        }

        return cost + problem.CostOfOvertime(technician, clock.Done);
    }
}
