using System.Collections.Immutable;

namespace Dispatch.Domain.Routing;

/// <summary>
/// The routes under change, the last accepted ones to fall back to, and the best ones. Only routes that changed are copied, so that a round costs what
/// it touches, not what the zone holds.
/// </summary>
internal sealed partial class SearchState
{
    private readonly Route[] routes;
    private readonly Route[] kept;
    private readonly Route[] best;
    private readonly int[] routeOf;
    private readonly TouchedSet changed;
    private readonly TouchedSet changedSinceBest;
    private readonly List<int> unserved = [];
    private readonly List<int> keptUnserved = [];
    private readonly List<int> bestUnserved = [];
    private readonly InsertionFinder finder;
    private long versions;

    public SearchState(RoutingProblem problem)
    {
        Problem = problem;
        finder = new InsertionFinder(problem);
        routes = NewRoutes();
        kept = NewRoutes();
        best = NewRoutes();
        routeOf = new int[problem.Jobs];
        changed = new TouchedSet(problem.Technicians);
        changedSinceBest = new TouchedSet(problem.Technicians);
        for (var j = 0; j < problem.Jobs; j++)
        {
            routeOf[j] = -1;
            unserved.Add(j);
            Cost += problem.UnservedCost[j];
        }

        for (var t = 0; t < routes.Length; t++)
        {
            routes[t].Refresh(++versions);
            Cost += routes[t].Cost;
            changed.Add(t);
        }

        Keep();
        SaveBest();
    }

    public RoutingProblem Problem { get; }

    public ReadOnlySpan<Route> Routes => routes;

    /// <summary>Jobs in no route, in no particular but repeatable order.</summary>
    public List<int> Unserved => unserved;

    public long Cost { get; private set; }

    public long KeptCost { get; private set; }

    public long BestCost { get; private set; } = long.MaxValue;

    public int KeptUnservedCount => keptUnserved.Count;

    /// <summary>Which route serves a job, or −1.</summary>
    public int RouteOf(int job) => routeOf[job];

    /// <summary>Puts a job, listed as unserved, where the insertion says. The caller takes it off the list.</summary>
    public void Apply(int technician, in Insertion insertion)
    {
        var route = routes[technician];
        var before = route.Cost;
        if (insertion.Depot >= 0 && route.DepotAt >= 0)
        {
            route.RemoveAt(route.DepotAt);
        }

        route.Insert(insertion.Node, insertion.At);
        if (insertion.Depot >= 0)
        {
            route.Insert(Problem.DepotNode(insertion.Depot), insertion.DepotAt);
        }

        if (!route.Refresh(++versions))
        {
            throw new InvalidOperationException("An insertion judged feasible breaks a window.");
        }

        var job = Problem.JobOf[insertion.Node];
        routeOf[job] = technician;
        Cost += route.Cost - before - Problem.UnservedCost[job];
        changed.Add(technician);
    }

    /// <summary>Takes stops out of a route, jobs by position ascending, and the depot call with them where nothing needs it any more.</summary>
    public void Remove(int technician, ReadOnlySpan<int> positions)
    {
        var route = routes[technician];
        var before = route.Cost;
        for (var i = positions.Length - 1; i >= 0; i--)
        {
            var job = Problem.JobOf[route.Nodes[positions[i]]];
            routeOf[job] = -1;
            unserved.Add(job);
            Cost += Problem.UnservedCost[job];
            route.RemoveAt(positions[i]);
        }

        DropIdleDepot(route);
        if (!route.Refresh(++versions))
        {
            Clear(route);
        }

        Cost += route.Cost - before;
        changed.Add(technician);
    }

    /// <summary>
    /// In the routes that changed: takes out depot calls that nothing needs any more and moves the others to where they cost least.
    /// Insertion only ever adds to a route, so a call stays where the first job that needed it wanted it.
    /// </summary>
    public void SettleDepots()
    {
        foreach (var t in changed.Items)
        {
            if (routes[t].DepotAt >= 0)
            {
                Settle(routes[t]);
            }
        }
    }

    private void Settle(Route route)
    {
        var before = route.Cost;
        var (version, at, node) = (route.Version, route.DepotAt, route.Nodes[route.DepotAt]);
        route.RemoveAt(at);
        var latest = route.LatestDepotPosition();
        var needed = latest < route.Count - 1;
        var stands = route.Refresh(++versions);
        if (!stands || needed)
        {
            var (bestNode, bestAt) = stands ? finder.CheapestDepot(route, latest) : (-1, -1);
            var moves = bestAt >= 0 && (bestAt, bestNode) != (at, node);
            route.Insert(moves ? bestNode : node, moves ? bestAt : at);
            // The same content keeps its name, so that what is remembered of it stays valid.
            route.Refresh(moves ? ++versions : version);
        }

        Cost += route.Cost - before;
    }

    /// <summary>Gives a route a given content, as far as it keeps every rule, jobs already served elsewhere left out.</summary>
    public void TrySet(int technician, ReadOnlySpan<int> nodes)
    {
        var route = routes[technician];
        foreach (var node in nodes)
        {
            var job = Problem.JobOf[node];
            if (job >= 0 ? CanAppend(route, job) : route.DepotAt < 0 && !Problem.DepotDone[technician])
            {
                TryAppend(route, node, job);
            }
        }

        var before = route.Cost;
        var (call, at) = route.DepotAt < 0 ? (-1, -1) : (route.Nodes[route.DepotAt], route.DepotAt);
        DropIdleDepot(route);
        if (!route.Refresh(++versions))
        {
            // A way that was made while a floating stop's window was still closed may be too long behind it.
            route.Insert(call, at);
            route.Refresh(++versions);
        }

        Cost += route.Cost - before;
    }

    /// <summary>Takes everything out of every route.</summary>
    public void Empty()
    {
        for (var t = 0; t < routes.Length; t++)
        {
            Empty(t);
        }
    }

    /// <summary>Takes everything out of one route.</summary>
    public void Empty(int technician)
    {
        var route = routes[technician];
        if (route.Count > 2)
        {
            var before = route.Cost;
            Clear(route);
            Cost += route.Cost - before;
            changed.Add(technician);
        }
    }

    /// <summary>The present routes become the ones to fall back to.</summary>
    public void Keep()
    {
        foreach (var t in changed.Items)
        {
            kept[t].CopyFrom(routes[t]);
            changedSinceBest.Add(t);
        }

        changed.Clear();
        keptUnserved.Clear();
        keptUnserved.AddRange(unserved);
        KeptCost = Cost;
    }

    /// <summary>Back to the routes last kept.</summary>
    public void FallBack()
    {
        foreach (var t in changed.Items)
        {
            routes[t].CopyFrom(kept[t]);
            foreach (var node in routes[t].Nodes)
            {
                if (Problem.JobOf[node] >= 0)
                {
                    routeOf[Problem.JobOf[node]] = t;
                }
            }
        }

        changed.Clear();
        unserved.Clear();
        unserved.AddRange(keptUnserved);
        foreach (var job in unserved)
        {
            routeOf[job] = -1;
        }

        Cost = KeptCost;
    }

    /// <summary>The kept routes become the best ones.</summary>
    public void SaveBest()
    {
        foreach (var t in changedSinceBest.Items)
        {
            best[t].CopyFrom(kept[t]);
        }

        changedSinceBest.Clear();
        bestUnserved.Clear();
        bestUnserved.AddRange(keptUnserved);
        BestCost = KeptCost;
    }

    /// <summary>Makes the best routes the present and the kept ones.</summary>
    public void ReturnToBest()
    {
        FallBack();
        foreach (var t in changedSinceBest.Items)
        {
            routes[t].CopyFrom(best[t]);
            kept[t].CopyFrom(best[t]);
        }

        changedSinceBest.Clear();
        unserved.Clear();
        unserved.AddRange(bestUnserved);
        keptUnserved.Clear();
        keptUnserved.AddRange(bestUnserved);
        Cost = KeptCost = BestCost;
        Array.Fill(routeOf, -1);
        for (var t = 0; t < routes.Length; t++)
        {
            foreach (var node in routes[t].Nodes)
            {
                if (Problem.JobOf[node] >= 0)
                {
                    routeOf[Problem.JobOf[node]] = t;
                }
            }
        }
    }

    public RoutingSolution Best(long iterations, long improvements) => new(
        [.. best.Select(route => route.Nodes[1..^1].ToImmutableArray())],
        [.. bestUnserved.Order()],
        BestCost,
        iterations,
        improvements);

    private bool CanAppend(Route route, int job)
    {
        var t = route.Technician;
        var rule = Problem.RuleOf(t, job);
        return routeOf[job] < 0
            && rule != PairRule.Forbidden
            && route.JobCount < Problem.MaxJobs[t]
            && (Problem.DepotDone[t] || route.DepotAt >= 0 || (rule != PairRule.AfterDepot && route.HasUnitsFor(job)));
    }

    private void TryAppend(Route route, int node, int job)
    {
        var before = route.Cost;
        var at = route.Count - 1;
        route.Insert(node, at);
        if (!route.Refresh(++versions))
        {
            route.RemoveAt(at);
            route.Refresh(++versions);
            return;
        }

        if (job >= 0)
        {
            routeOf[job] = route.Technician;
            unserved.Remove(job);
            Cost -= Problem.UnservedCost[job];
        }

        Cost += route.Cost - before;
        changed.Add(route.Technician);
    }

    private static void DropIdleDepot(Route route)
    {
        var at = route.DepotPosition();
        if (at >= 0 && !route.NeedsDepot())
        {
            route.RemoveAt(at);
        }
    }

    // Only where travel breaks the triangle inequality, or a way comes to lie behind a floating stop's window, can taking stops out make the rest late; the route then starts over.
    private void Clear(Route route)
    {
        foreach (var node in route.Nodes)
        {
            var job = Problem.JobOf[node];
            if (job >= 0)
            {
                routeOf[job] = -1;
                unserved.Add(job);
                Cost += Problem.UnservedCost[job];
            }
        }

        route.Clear();
        route.Refresh(++versions);
    }

    private Route[] NewRoutes()
    {
        var made = new Route[Problem.Technicians];
        for (var t = 0; t < made.Length; t++)
        {
            made[t] = new Route(Problem, t);
        }

        return made;
    }
}
