using System.Collections.Concurrent;

namespace Dispatch.Domain.Routing.Bounds;

/// <summary>Rounds of pricing until the limit: multipliers proposed by the master problem, checked by pricing every group of technicians, routes learnt.</summary>
internal sealed class MultiplierSearch
{
    /// <summary>Share of the best multipliers in the ones tried next; none after so many rounds without use.</summary>
    private const double Steadiness = 0.7;

    /// <summary>Rounds that only look for routes say nothing of the bound; after so many of them a coarse look does.</summary>
    private const int RoundsPerLook = 12;

    private const double LookShare = 0.85;
    private const int RoundsPerMark = 5;
    private const double Stalled = 4e-3;

    /// <summary>Share of the time after which routes alone are no longer looked for.</summary>
    private const double LatestForRoutes = 0.35;

    private const int PivotsPerRound = 2000;
    private const int PriceGrowth = 4;

    private readonly RoutingProblem problem;
    private readonly TechnicianGroup[] groups;
    private readonly BoundLimit limit;
    private readonly PricingFacts facts;
    private readonly RoutePricing[] pricing;
    private readonly ConcurrentBag<LabelStore> scratch = [];
    private readonly long[] leftOut;
    private readonly long emptyCosts;
    private readonly long[] leastCosts;
    private MasterProblem master;
    private long[] best;
    private long bound;
    private double mark = double.MaxValue;
    private int detail;

    public MultiplierSearch(RoutingProblem problem, TechnicianGroup[] groups, long[] leastCosts, long quick, BoundLimit limit)
    {
        this.problem = problem;
        this.groups = groups;
        this.limit = limit;
        best = leastCosts;
        this.leastCosts = leastCosts;
        bound = quick;
        facts = new PricingFacts(problem, groups);
        Dictionary<(int, long), long[]> ways = [];
        pricing = new RoutePricing[groups.Length];
        for (int g = 0; g < groups.Length; g++)
        {
            int end = problem.EndNode(groups[g].Technician);
            (int, long) key = (problem.PlaceOf[end], problem.Close[end]);
            if (!ways.TryGetValue(key, out long[]? way))
                ways[key] = way = facts.WayHome(groups[g].Technician);
            pricing[g] = new RoutePricing(facts, g, way);
        }

        emptyCosts = groups.Sum(group => group.Members * group.EmptyCost);
        RouteColumn?[] alone = [.. Enumerable.Range(0, problem.Jobs).Select(job => FirstRoutes.Alone(problem, groups, job))];
        long dearest = 1 + alone.Max(route => route?.Cost ?? 0);
        leftOut = [.. alone.Select((route, job) => Math.Min(problem.UnservedCost[job], 2 * Math.Max(1, route?.Cost ?? dearest)))];
        master = new MasterProblem(groups, leftOut);
        foreach (RouteColumn? route in alone)
        {
            if (route is not null)
                master.Add(route);
        }
    }

    public BoundResult Run(RoutingSolution? known)
    {
        foreach (RouteColumn route in FirstRoutes.Of(problem, groups, known))
            master.Add(route);
        int missed = 0, stepRounds = 0;
        bool first = false;
        long[] tried = best;
        long rounds = 0;
        while (!limit.EndsAfter(rounds))
        {
            if (bound >= known?.Cost)
                return new BoundResult(bound, rounds, true);
            long[] proposed = master.Solve(PivotsPerRound, limit);
            bool relaxed = PricingDetail.Steps[detail].IsRelaxed;
            double share = first ? 0 : Math.Max(0, 1 - ((missed + 1) * (1 - Steadiness)));
            first = false;
            tried = Mix(relaxed ? best : tried, proposed, share);
            if (Price(tried, PricingDetail.Steps[detail]) is not { } found)
                break;
            rounds++;
            if (relaxed)
                Judge(tried, found);
            else if (rounds % RoundsPerLook == 0)
                Look(tried);
            (int fresh, bool useful) = Learn(found);
            missed = useful ? 0 : missed + 1;
            double distance = (master.Value + emptyCosts - bound) / Math.Max(1, Math.Abs((double)bound));
            stepRounds++;
            bool done = (share == 0 && !useful) || PricingDetail.Steps[detail].EndsAt(stepRounds, distance) || (!relaxed && (HasStalled(rounds) || limit.TimeShare > LatestForRoutes));
            if (!done || RaisePrices())
                continue;
            if (!Refine())
                return new BoundResult(bound, rounds, true);
            (missed, stepRounds, first, mark) = (0, 0, true, double.MaxValue);
        }

        return new BoundResult(bound, rounds, bound >= known?.Cost);
    }

    private static long[] Mix(long[] best, long[] proposed, double share) =>
        [.. best.Select((value, job) => proposed[job] + (long)(share * (value - proposed[job])))];

    private PricedRoutes[]? Price(long[] multipliers, PricingDetail how)
    {
        PricedRoutes?[] found = new PricedRoutes?[groups.Length];
        int most = Math.Max(10, 100 / groups.Length);
        Parallel.For(0, groups.Length, new ParallelOptions { MaxDegreeOfParallelism = limit.Threads }, g =>
        {
            LabelStore labels = scratch.TryTake(out LabelStore? used) ? used : new LabelStore();
            found[g] = pricing[g].Run(multipliers, how, most, labels, limit);
            scratch.Add(labels);
        });
        return found.OfType<PricedRoutes>().ToArray() is { } all && all.Length == found.Length ? all : null;
    }

    private void Judge(long[] multipliers, PricedRoutes[] found)
    {
        long value = emptyCosts;
        for (int job = 0; job < multipliers.Length; job++)
            value += problem.IsFloatingJob(job) ? leastCosts[job] : Math.Min(multipliers[job], problem.UnservedCost[job]);
        for (int g = 0; g < groups.Length; g++)
            value += groups[g].Members * found[g].Least;
        if (value > bound)
            (bound, best) = (value, multipliers);
    }

    /// <summary>A bound on the way, at multipliers a little too low: that costs their share once, too high ones cost every technician something.</summary>
    private void Look(long[] multipliers)
    {
        long[] lower = [.. multipliers.Select(value => (long)(value * LookShare))];
        if (Price(lower, PricingDetail.Coarse) is { } found)
            Judge(lower, found);
    }

    /// <summary>Whether the routes of the last rounds hardly made the master problem cheaper.</summary>
    private bool HasStalled(long rounds)
    {
        if (rounds % RoundsPerMark != 0)
            return false;
        double value = master.Value, before = mark;
        mark = value;
        return before < double.MaxValue && before - value < Stalled * Math.Abs(value);
    }

    private (int Fresh, bool Useful) Learn(PricedRoutes[] found)
    {
        (int fresh, bool useful) = (0, false);
        foreach (RouteColumn route in found.SelectMany(routes => routes.Routes))
        {
            bool saves = master.ReducedCost(route) < -1e-7;
            if (master.Add(route))
                (fresh, useful) = (fresh + 1, useful || saves);
        }

        return (fresh, useful);
    }

    /// <summary>Jobs that only their price keeps in: whether any of them was below what leaving it out really costs.</summary>
    private bool RaisePrices()
    {
        bool raised = false;
        for (int job = 0; job < leftOut.Length; job++)
        {
            if (leftOut[job] >= problem.UnservedCost[job] || problem.IsFloatingJob(job) || !master.IsLeftOut(job))
                continue;
            leftOut[job] = Math.Min(problem.UnservedCost[job], leftOut[job] * PriceGrowth);
            master.Reprice(job, leftOut[job]);
            raised = true;
        }

        return raised;
    }

    /// <summary>On to the next detail; the routes learnt are kept at what they really cost. False where there is none.</summary>
    private bool Refine()
    {
        if (++detail >= PricingDetail.Steps.Length)
            return false;
        master = MasterProblem.Again(master, groups, leftOut, route => RouteColumn.CostOf(problem, groups[route.Group], route.Nodes));
        return true;
    }
}
