using System.Collections.Immutable;
using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Matching;

/// <summary>Reads an earlier plan in the terms of a newer problem.</summary>
internal static class PlanReading
{
    /// <summary>Per technician the nodes of the stops that are still there, in order; for those the plan did not know only their breaks. Breaks come before work: what leaves no room for them is dropped.</summary>
    public static ImmutableArray<ImmutableArray<int>> RoutesOf(IEnumerable<PlannedRoute> plan, PlanningSnapshot snapshot, RoutingProblem problem)
    {
        var jobs = Index(snapshot.Jobs.Select(job => job.Id));
        var depots = Index(snapshot.Depots.Select(depot => depot.Id));
        var known = plan.ToDictionary(route => route.Technician);
        BreakFitting fitting = new(snapshot, problem);
        return [.. snapshot.Technicians.Select((technician, t) => fitting.Fit(t, known.TryGetValue(technician.Id, out var route)
            ? [.. route.Stops.Select(stop => (stop, NodeOf(stop, snapshot, problem, jobs, depots))).Where(entry => entry.Item2 >= 0 || entry.stop.Kind == StopKind.Break)]
            : []))];
    }

    private static int NodeOf(PlannedStop stop, PlanningSnapshot snapshot, RoutingProblem problem, Dictionary<JobId, int> jobs, Dictionary<DepotId, int> depots)
    {
        if (stop.Depot is { } depot)
        {
            return depots.TryGetValue(depot, out var d) ? problem.DepotNode(d) : -1;
        }

        if (stop.Job is not { } id || !jobs.TryGetValue(id, out var j))
        {
            return -1;
        }

        // Of several windows the one that held the planned start, else the first that still closes after it.
        var start = CompiledSnapshot.Ticks(stop.StartAt - snapshot.Now);
        var later = -1;
        for (var node = problem.FirstNode[j]; node < problem.FirstNode[j + 1]; node++)
        {
            if (problem.Open[node] <= start && start <= problem.Close[node])
            {
                return node;
            }

            later = later < 0 && problem.Close[node] >= start ? node : later;
        }

        return later;
    }

    private static Dictionary<TId, int> Index<TId>(IEnumerable<TId> ids)
        where TId : notnull => ids.Select((id, i) => (id, i)).ToDictionary(pair => pair.id, pair => pair.i);
}
