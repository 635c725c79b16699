using System.Collections.Immutable;
using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Matching;

/// <summary>Routes of an earlier plan with every break that is due, so that a search begins, and stays, where none is missed.</summary>
internal sealed class BreakFitting(PlanningSnapshot snapshot, RoutingProblem problem)
{
    private readonly BreakJobs breaks = new(snapshot);

    /// <param name="technician">Index.</param>
    /// <param name="stops">Planned stops in order with their nodes; a break's is not looked at.</param>
    public ImmutableArray<int> Fit(int technician, (PlannedStop Stop, int Node)[] stops)
    {
        if (snapshot.Technicians[technician].Breaks.IsEmpty)
            return [.. stops.Where(entry => entry.Stop.Kind != StopKind.Break).Select(entry => entry.Node)];
        List<int> missing = [.. breaks.Of(technician)];
        int[] due = [.. missing.Where(HasNode).Select(job => problem.FirstNode[job])];
        List<int> order = [];
        foreach ((PlannedStop stop, int node) in stops)
        {
            int taken = stop.Kind == StopKind.Break ? missing.FindIndex(job => HasNode(job) && RouteStop.Stands(breaks[job], stop)) : -1;
            if (stop.Kind != StopKind.Break)
                order.Add(node);
            else if (taken >= 0)
            {
                order.Add(problem.FirstNode[missing[taken]]);
                missing.RemoveAt(taken);
            }
        }

        order.AddRange(missing.Where(HasNode).Select(job => problem.FirstNode[job]));
        return IsInTime(technician, order) ? [.. order] : Around(technician, due, order);
    }

    private bool HasNode(int job) => problem.FirstNode[job] < problem.FirstNode[job + 1];

    /// <summary>The breaks alone, which are known to fit, and one after the other what fits beside them in the order it was planned in.</summary>
    private ImmutableArray<int> Around(int technician, int[] due, List<int> order)
    {
        List<int> kept = [.. due];
        int from = 0;
        foreach (int node in order.Where(node => problem.PlaceOf[node] >= 0))
        {
            for (int at = from; at <= kept.Count; at++)
            {
                kept.Insert(at, node);
                if (IsInTime(technician, kept))
                {
                    from = at + 1;
                    break;
                }

                kept.RemoveAt(at);
            }
        }

        return [.. kept];
    }

    private bool IsInTime(int technician, List<int> nodes)
    {
        int here = problem.StartNode(technician);
        Segment run = Segment.Of(problem, here);
        foreach (int node in nodes.Append(problem.EndNode(technician)))
        {
            bool floats = problem.PlaceOf[node] < 0;
            if (!run.TryJoin(floats ? 0 : problem.TravelBetween(here, node), Segment.Of(problem, node), out run))
                return false;
            here = floats ? here : node;
        }

        return true;
    }
}
