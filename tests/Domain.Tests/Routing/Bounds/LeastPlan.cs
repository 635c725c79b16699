using Dispatch.Domain.Routing;

namespace Domain.Tests.Routing.Bounds;

/// <summary>
/// The least cost of any plan of a small problem, by trying every set of jobs for every technician in every order, every choice of windows and every
/// depot call. Times a route by one walk as early as possible and the waiting that a later start saves; shares nothing with the bound.
/// </summary>
internal sealed class LeastPlan(RoutingProblem problem)
{
    private long[] own = [];
    private int technician;

    public long Cost()
    {
        int sets = 1 << problem.Jobs;
        long[] best = [.. Enumerable.Range(0, sets).Select(set => Enumerable.Range(0, problem.Jobs).Where(job => (set & (1 << job)) != 0).Sum(job => problem.UnservedCost[job]))];
        for (technician = 0; technician < problem.Technicians; technician++)
        {
            own = new long[sets];
            Array.Fill(own, long.MaxValue);
            int start = problem.StartNode(technician);
            Walk walk = new(problem.Open[start] + problem.Service[start], 0, problem.Close[start] - problem.Open[start], problem.DurationWeight * problem.Service[start], problem.PlaceOf[start]);
            Try(0, false, [.. problem.Stock.AsSpan(technician * problem.Consumables, problem.Consumables)], walk);
            best = [.. Enumerable.Range(0, sets).Select(set => Split(best, set))];
        }

        return best[sets - 1];
    }

    private long Split(long[] best, int set)
    {
        long least = long.MaxValue;
        for (int part = set; ; part = (part - 1) & set)
        {
            if (own[part] != long.MaxValue)
                least = Math.Min(least, best[set & ~part] + own[part]);
            if (part == 0)
                return least;
        }
    }

    /// <summary>Ends the route here, and goes on to every job and depot there is.</summary>
    private void Try(int set, bool called, int[] left, Walk walk)
    {
        bool empty = set == 0 && !called;
        if (Go(walk, problem.EndNode(technician)) is { } home)
        {
            long cost = home.Cost - (problem.DurationWeight * Math.Min(home.Waited, home.Slack)) + (empty ? 0 : problem.CostOfUse(technician))
                + problem.CostOfOvertime(technician, home.Time);
            own[set] = Math.Min(own[set], cost);
        }

        if (problem.Closed[technician])
            return;
        for (int depot = 0; depot < problem.Depots && !called && !problem.DepotDone[technician]; depot++)
        {
            if (Go(walk, problem.DepotNode(depot)) is { } there)
                Try(set, true, left, there);
        }

        for (int job = 0; job < problem.Jobs; job++)
        {
            if ((set & (1 << job)) != 0 || System.Numerics.BitOperations.PopCount((uint)set) >= problem.MaxJobs[technician] || !May(job, called, left))
                continue;
            int[] rest = [.. left.Select((units, k) => units - problem.Demand[(job * problem.Consumables) + k])];
            for (int node = problem.FirstNode[job]; node < problem.FirstNode[job + 1]; node++)
            {
                if (Go(walk, node) is { } there)
                    Try(set | (1 << job), called, rest, there with { Cost = there.Cost + problem.CostOfPair(technician, job) });
            }
        }
    }

    private bool May(int job, bool called, int[] left) => problem.RuleOf(technician, job) switch
    {
        PairRule.Forbidden => false,
        _ when called || problem.DepotDone[technician] => true,
        PairRule.AfterDepot => false,
        _ => left.Select((units, k) => units >= problem.Demand[(job * problem.Consumables) + k]).All(enough => enough),
    };

    private Walk? Go(Walk walk, int to)
    {
        int place = problem.PlaceOf[to] == RoutingProblem.Floating ? walk.Place : problem.PlaceOf[to];
        int travel = problem.PlaceOf[to] == RoutingProblem.Floating ? 0 : problem.Travel[(walk.Place * problem.Places) + place];
        long begin = Math.Max(walk.Time + travel, problem.Open[to]);
        if (travel == RoutingProblem.Unreachable || begin > problem.Close[to])
            return null;
        long waited = walk.Waited + begin - walk.Time - travel;
        long cost = walk.Cost + (problem.DurationWeight * (begin + problem.Service[to] - walk.Time)) + (problem.TravelWeight * travel) + problem.NodeCost[to];
        return new Walk(begin + problem.Service[to], waited, Math.Min(walk.Slack, waited + problem.Close[to] - begin), cost, place);
    }

    /// <param name="Slack">By how much the start can be put off without missing a window.</param>
    private readonly record struct Walk(long Time, long Waited, long Slack, long Cost, int Place);
}
