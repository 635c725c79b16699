namespace Dispatch.Domain.Routing.Bounds;

/// <summary>Technicians for whom every route costs the same and is allowed alike, so that one of them is priced for all.</summary>
/// <param name="Technician">The first of them.</param>
/// <param name="Members">How many there are.</param>
/// <param name="EmptyCost">What the route of each costs as long as it has no stop.</param>
internal sealed record TechnicianGroup(int Technician, int Members, long EmptyCost)
{
    /// <summary>Groups by the problem's classes, but believes no class before the figures agree.</summary>
    public static TechnicianGroup[] Of(RoutingProblem problem)
    {
        List<TechnicianGroup> groups = [];
        Dictionary<int, List<int>> byClass = [];
        for (int t = 0; t < problem.Technicians; t++)
        {
            if (!byClass.TryGetValue(problem.Class[t], out List<int>? known))
                byClass[problem.Class[t]] = known = [];
            int same = known.FindIndex(g => Alike(problem, groups[g].Technician, t));
            if (same >= 0)
            {
                groups[known[same]] = groups[known[same]] with { Members = groups[known[same]].Members + 1 };
                continue;
            }

            known.Add(groups.Count);
            groups.Add(new TechnicianGroup(t, 1, CostOfEmpty(problem, t)));
        }

        return [.. groups];
    }

    private static bool Alike(RoutingProblem problem, int a, int b) =>
        SameNode(problem, problem.StartNode(a), problem.StartNode(b))
        && SameNode(problem, problem.EndNode(a), problem.EndNode(b))
        && problem.DepotDone[a] == problem.DepotDone[b]
        && problem.Closed[a] == problem.Closed[b]
        && problem.MaxJobs[a] == problem.MaxJobs[b]
        && problem.CostOfUse(a) == problem.CostOfUse(b)
        && problem.OvertimePrice?[a] == problem.OvertimePrice?[b]
        && problem.OvertimeFrom?[a] == problem.OvertimeFrom?[b]
        && problem.Stock.AsSpan(a * problem.Consumables, problem.Consumables).SequenceEqual(problem.Stock.AsSpan(b * problem.Consumables, problem.Consumables))
        && Enumerable.Range(0, problem.Jobs).All(job => problem.RuleOf(a, job) == problem.RuleOf(b, job) && problem.CostOfPair(a, job) == problem.CostOfPair(b, job));

    private static bool SameNode(RoutingProblem problem, int a, int b) =>
        problem.PlaceOf[a] == problem.PlaceOf[b]
        && problem.Open[a] == problem.Open[b]
        && problem.Close[a] == problem.Close[b]
        && problem.Service[a] == problem.Service[b]
        && problem.NodeCost[a] == problem.NodeCost[b];

    private static long CostOfEmpty(RoutingProblem problem, int technician)
    {
        int end = problem.EndNode(technician);
        RouteClock clock = RouteClock.At(problem, problem.StartNode(technician));
        long home = problem.TravelBetween(problem.StartNode(technician), end);
        // A technician who cannot get home has no valid route at all; calling it free keeps the bound on the safe side.
        return home != RoutingProblem.Unreachable && clock.TryReach(problem, home, end, out RouteClock done, out long spent)
            ? (problem.DurationWeight * (spent + problem.Service[problem.StartNode(technician)])) + (problem.TravelWeight * home) + problem.NodeCost[end] + problem.CostOfOvertime(technician, done.Done)
            : 0;
    }
}
