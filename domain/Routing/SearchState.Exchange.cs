namespace Dispatch.Domain.Routing;

/// <content>Two technicians take over each other's day.</content>
internal sealed partial class SearchState
{
    private Route? spare;
    private Route? spareToo;

    /// <summary>Gives each of two technicians the other's jobs in order, depot calls where they cost least. False, and nothing changed, where that is against a rule.</summary>
    public bool TryExchange(int one, int other)
    {
        var (a, b) = (routes[one], routes[other]);
        if (a.HasFloating || b.HasFloating || !MayHave(one, b) || !MayHave(other, a))
        {
            return false;
        }

        spare ??= new Route(Problem, one);
        spare.CopyFrom(a);
        spareToo ??= new Route(Problem, one);
        spareToo.CopyFrom(b);
        if (!TryFill(a, spareToo) || !TryFill(b, spare))
        {
            a.CopyFrom(spare);
            b.CopyFrom(spareToo);
            return false;
        }

        Cost += a.Cost + b.Cost - spare.Cost - spareToo.Cost;
        foreach (var route in (ReadOnlySpan<Route>)[a, b])
        {
            changed.Add(route.Technician);
            foreach (var node in route.Nodes)
            {
                if (Problem.JobOf[node] >= 0)
                {
                    routeOf[Problem.JobOf[node]] = route.Technician;
                }
            }
        }

        return true;
    }

    private bool MayHave(int technician, Route route)
    {
        if (route.JobCount > Problem.MaxJobs[technician])
        {
            return false;
        }

        foreach (var node in route.Nodes)
        {
            if (Problem.JobOf[node] is >= 0 and var job && Problem.RuleOf(technician, job) == PairRule.Forbidden)
            {
                return false;
            }
        }

        return true;
    }

    private bool TryFill(Route route, Route from)
    {
        route.Clear();
        foreach (var node in from.Nodes[1..^1])
        {
            if (Problem.JobOf[node] >= 0)
            {
                route.Insert(node, route.Count - 1);
            }
        }

        if (!route.Refresh(++versions))
        {
            return false;
        }

        if (!route.NeedsDepot())
        {
            return route.Refresh(route.Version);
        }

        var latest = route.LatestDepotPosition();
        route.Refresh(route.Version);
        var (call, at) = finder.CheapestDepot(route, latest);
        if (at < 0)
        {
            return false;
        }

        route.Insert(call, at);
        return route.Refresh(++versions);
    }
}
