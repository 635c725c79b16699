using System.Collections.Immutable;

namespace Dispatch.Domain.Routing;

/// <summary>Asks a finished set of routes what one change would do, without changing it. For explanations.</summary>
internal sealed class RouteInsertions
{
    private readonly RoutingProblem problem;
    private readonly InsertionFinder finder;
    private readonly Route[] routes;

    public RouteInsertions(RoutingProblem problem, ImmutableArray<ImmutableArray<int>> nodes)
    {
        this.problem = problem;
        finder = new InsertionFinder(problem);
        routes = new Route[problem.Technicians];
        for (var t = 0; t < routes.Length; t++)
        {
            routes[t] = new Route(problem, t);
            foreach (var node in nodes[t])
            {
                routes[t].Insert(node, routes[t].Count - 1);
            }

            routes[t].Refresh(0);
        }
    }

    /// <summary>The cheapest way to give a job to a technician who does not have it.</summary>
    public Insertion Find(int technician, int job) => finder.Find(routes[technician], job);

    /// <summary>The technician's stops after an insertion.</summary>
    public ImmutableArray<int> With(int technician, in Insertion insertion)
    {
        var stops = routes[technician].Nodes[1..^1].ToArray().ToList();
        if (insertion.Depot >= 0 && routes[technician].DepotAt >= 0)
        {
            stops.RemoveAt(routes[technician].DepotAt - 1);
        }

        stops.Insert(insertion.At - 1, insertion.Node);
        if (insertion.Depot >= 0)
        {
            stops.Insert(insertion.DepotAt - 1, problem.DepotNode(insertion.Depot));
        }

        return [.. stops];
    }

    /// <summary>
    /// The technician's stops without a job, and without a depot call that only this job needed. None at all where the others
    /// cannot be served without the detour: travel breaks the triangle inequality, or the way would lie behind a floating stop's window.
    /// </summary>
    public ImmutableArray<int> Without(int technician, int job)
    {
        var rest = new Route(problem, technician);
        foreach (var node in routes[technician].Nodes[1..^1])
        {
            if (problem.JobOf[node] != job)
            {
                rest.Insert(node, rest.Count - 1);
            }
        }

        var call = rest.DepotPosition();
        if (call >= 0 && !rest.NeedsDepot())
        {
            var depot = rest.Nodes[call];
            rest.RemoveAt(call);
            if (!rest.Refresh(0))
            {
                rest.Insert(depot, call);
            }
        }

        return rest.Refresh(0) ? [.. rest.Nodes[1..^1]] : [];
    }
}
