using System.Collections.Immutable;
using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Matching;

/// <summary>Turns a solver's route into stops with moments.</summary>
internal sealed class Timetable(PlanningSnapshot snapshot, RoutingProblem problem)
{
    private readonly BreakJobs breaks = new(snapshot);

    /// <param name="t">Technician's index.</param>
    /// <param name="nodes">Stops without start and end; a feasible route.</param>
    public PlannedRoute RouteOf(int t, ReadOnlySpan<int> nodes)
    {
        // What is left of the breaks behind the last stop is taken at home.
        while (!nodes.IsEmpty && problem.PlaceOf[nodes[^1]] < 0)
            nodes = nodes[..^1];
        var technician = snapshot.Technicians[t];
        var start = problem.StartNode(t);
        var run = RunOf(t, nodes);
        if (nodes.IsEmpty && (!technician.HasLeftHome || problem.IsClosed(t)))
        {
            return new PlannedRoute(technician.Id, null, [], null, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, null);
        }

        var stops = ImmutableArray.CreateBuilder<PlannedStop>(nodes.Length);
        var time = run.Earliest;
        long travelled = 0, waited = 0, served = 0, rested = 0;
        var here = start;
        foreach (var node in nodes)
        {
            var floats = problem.PlaceOf[node] < 0;
            long leg = floats ? 0 : problem.TravelBetween(here, node);
            var arrive = time + leg;
            var begin = Math.Max(arrive, problem.Open[node]);
            var finish = begin + problem.Service[node];
            stops.Add(Stop(node, time, arrive, begin, finish));
            travelled += leg;
            waited += begin - arrive;
            (served, rested) = floats ? (served, rested + problem.Service[node]) : (served + problem.Service[node], rested);
            (time, here) = (finish, floats ? here : node);
        }

        long home = problem.TravelBetween(here, problem.EndNode(t));
        return new PlannedRoute(
            technician.Id,
            Moment(run.Earliest),
            stops.MoveToImmutable(),
            technician.ReturnsHome ? Moment(time + home) : null,
            TimeSpan.FromMilliseconds(travelled + home),
            TimeSpan.FromMilliseconds(waited),
            TimeSpan.FromMilliseconds(served),
            Moment(run.Latest),
            TimeSpan.FromMilliseconds(rested));
    }

    private Segment RunOf(int t, ReadOnlySpan<int> nodes)
    {
        var run = Segment.Of(problem, problem.StartNode(t));
        var here = problem.StartNode(t);
        foreach (var node in nodes)
        {
            Join(ref run, ref here, node);
        }

        Join(ref run, ref here, problem.EndNode(t));
        return run;
    }

    private void Join(ref Segment run, ref int here, int node)
    {
        var floats = problem.PlaceOf[node] < 0;
        if (!run.TryJoin(floats ? 0 : problem.TravelBetween(here, node), Segment.Of(problem, node), out run))
        {
            throw new InvalidOperationException("A planned route breaks a window.");
        }

        here = floats ? here : node;
    }

    private PlannedStop Stop(int node, long depart, long arrive, long begin, long finish)
    {
        var job = problem.JobOf[node];
        if (job >= 0 && breaks.Has(job))
            return new PlannedStop(StopKind.Break, null, null, Moment(depart), Moment(arrive), Moment(begin), Moment(finish));
        return job >= 0
            ? new PlannedStop(StopKind.Job, snapshot.Jobs[job].Id, null, Moment(depart), Moment(arrive), Moment(begin), Moment(finish))
            : new PlannedStop(
                StopKind.Depot, null, snapshot.Depots[node - problem.DepotNode(0)].Id, Moment(depart), Moment(arrive), Moment(begin), Moment(finish));
    }

    private DateTimeOffset Moment(long tick) => snapshot.Now + TimeSpan.FromMilliseconds(tick);
}
