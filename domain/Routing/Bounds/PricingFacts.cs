namespace Dispatch.Domain.Routing.Bounds;

/// <summary>What pricing looks up of a problem and what does not change with the multipliers: which stop can follow which, and what is watched.</summary>
internal sealed class PricingFacts
{
    /// <summary>Limits of jobs above this are dropped: counting would keep too many labels apart.</summary>
    private const int MostCounted = 12;

    private const int JobsRemembered = 8;

    public PricingFacts(RoutingProblem problem, TechnicianGroup[] groups)
    {
        Problem = problem;
        Groups = groups;
        Near = new NearJobs(problem, JobsRemembered);
        Next = new int[problem.Nodes][];
        long opens = groups.Length == 0 ? 0 : groups.Min(group => problem.Open[problem.StartNode(group.Technician)]);
        long closes = groups.Length == 0 ? 0 : groups.Max(group => problem.Close[problem.EndNode(group.Technician)]);
        Opens = [.. problem.Open.Select(open => Math.Max(open, opens))];
        Closes = [.. problem.Close.Select(close => Math.Min(close, closes))];
        int first = 2 * problem.Technicians;
        for (int from = first; from < problem.Nodes; from++)
            Next[from] = [.. Enumerable.Range(first, problem.Nodes - first).Where(to => CanFollow(from, to))];
        NextTravel = [.. Next.Select((next, from) => next is null ? [] : next.Select(to => problem.TravelBetween(from, to)).ToArray())];
        Watched = MostScarce();
        TimeMayStandStill = Enumerable.Range(first, problem.Nodes - first).Any(from =>
            problem.JobOf[from] >= 0 && Next[from].Any(to => problem.JobOf[to] >= 0 && problem.TravelBetween(from, to) + problem.Service[to] == 0));
    }

    public RoutingProblem Problem { get; }

    public TechnicianGroup[] Groups { get; }

    public NearJobs Near { get; }

    /// <summary>Per job's or depot's node those that can come next.</summary>
    public int[][] Next { get; }

    /// <summary>Ticks on the way to each of <see cref="Next"/>.</summary>
    public int[][] NextTravel { get; }

    /// <summary>Windows of the nodes, cut to the time in which anybody is on the road.</summary>
    public long[] Opens { get; }

    public long[] Closes { get; }

    /// <summary>The consumable whose units are counted, or −1; the others are taken as plenty.</summary>
    public int Watched { get; }

    /// <summary>Some stop takes no time from another: only counting jobs keeps a relaxed route from going round for ever.</summary>
    public bool TimeMayStandStill { get; }

    /// <summary>Jobs at most, and whether labels differ by their number.</summary>
    public (int Most, bool Counted) JobLimit(int technician)
    {
        int most = Math.Min(Problem.MaxJobs[technician], Problem.Jobs);
        return most <= MostCounted || TimeMayStandStill ? (most, true) : (int.MaxValue, false);
    }

    /// <summary>Least ticks on the way from each node to the technician's end, by whatever detour; <see cref="long.MaxValue"/> where there is no way.</summary>
    public long[] WayHome(int technician)
    {
        int nodes = Problem.Nodes, first = 2 * Problem.Technicians, end = Problem.EndNode(technician);
        long[] way = new long[nodes];
        bool[] settled = new bool[nodes];
        Array.Fill(way, long.MaxValue);
        for (int node = first; node < nodes; node++)
            way[node] = !Problem.IsFloating(node) && Problem.TravelBetween(node, end) is not RoutingProblem.Unreachable and int direct ? direct : long.MaxValue;
        for (int step = first; step < nodes; step++)
        {
            int nearest = -1;
            for (int node = first; node < nodes; node++)
                nearest = !settled[node] && way[node] != long.MaxValue && (nearest < 0 || way[node] < way[nearest]) ? node : nearest;
            if (nearest < 0)
                break;
            settled[nearest] = true;
            for (int node = first; node < nodes; node++)
            {
                if (!Problem.IsFloating(node) && Problem.TravelBetween(node, nearest) is not RoutingProblem.Unreachable and int leg)
                    way[node] = Math.Min(way[node], way[nearest] + leg);
            }
        }

        return way;
    }

    private bool CanFollow(int from, int to)
    {
        if (Problem.IsFloating(from) || Problem.IsFloating(to))
            return false;
        int travel = Problem.TravelBetween(from, to);
        bool same = Problem.IsDepot(from) ? Problem.IsDepot(to) : Problem.JobOf[from] == Problem.JobOf[to];
        return !same && travel != RoutingProblem.Unreachable && Opens[from] + Problem.Service[from] + travel <= Closes[to];
    }

    private int MostScarce()
    {
        (int scarce, double least) = (-1, double.MaxValue);
        for (int k = 0; k < Problem.Consumables; k++)
        {
            double demand = Enumerable.Range(0, Problem.Jobs).Sum(job => (double)Problem.Demand[(job * Problem.Consumables) + k]);
            double stock = Groups.Sum(group => group.Members * (double)Problem.Stock[(group.Technician * Problem.Consumables) + k]);
            if (demand > 0 && stock / demand < least)
                (scarce, least) = (k, stock / demand);
        }

        return scarce;
    }
}
