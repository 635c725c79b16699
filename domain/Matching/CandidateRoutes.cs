using System.Collections.Immutable;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Matching;

/// <summary>
/// Every way to put one more job into one technician's planned route, as candidates for the constraints to judge. Jobs already planned keep the
/// window they are planned in.
/// </summary>
internal sealed class CandidateRoutes(PlanningSnapshot snapshot, RoutingProblem problem, ITravel travel)
{
    private readonly BreakJobs breaks = new(snapshot);

    /// <summary>The job at each position, the other stops as they are; the last position first.</summary>
    public IEnumerable<RouteCandidate> InPlace(int t, ImmutableArray<int> nodes, JobSnapshot job)
    {
        var stops = StopsOf(nodes);
        for (var at = stops.Count; at >= 0; at--)
        {
            var order = new List<RouteStop>(stops);
            order.Insert(at, new RouteStop(job));
            yield return RouteCandidate.Time(snapshot.Technicians[t], job, order, snapshot.Now, travel);
        }
    }

    /// <summary>The job at each position behind a depot call, at each depot and each position up to that of the present call, which it replaces.</summary>
    public IEnumerable<RouteCandidate> WithDepot(int t, ImmutableArray<int> nodes, JobSnapshot job)
    {
        var stops = StopsOf(nodes);
        var present = stops.FindIndex(stop => stop.Depot is not null);
        if (present >= 0)
        {
            stops.RemoveAt(present);
        }

        foreach (var depot in snapshot.Depots)
        {
            for (var depotAt = present >= 0 ? present : stops.Count; depotAt >= 0; depotAt--)
            {
                for (var at = stops.Count; at >= depotAt; at--)
                {
                    var order = new List<RouteStop>(stops);
                    order.Insert(at, new RouteStop(job));
                    order.Insert(depotAt, new RouteStop(depot));
                    yield return RouteCandidate.Time(snapshot.Technicians[t], job, order, snapshot.Now, travel);
                }
            }
        }
    }

    private List<RouteStop> StopsOf(ImmutableArray<int> nodes) => [.. nodes.Select(StopOf)];

    private RouteStop StopOf(int node)
    {
        var j = problem.JobOf[node];
        if (j < 0)
        {
            return new RouteStop(snapshot.Depots[node - problem.DepotNode(0)]);
        }

        if (breaks.Has(j))
            return new RouteStop(breaks[j]);
        var job = snapshot.Jobs[j];
        var window = new TimeWindow(Moment(problem.Open[node]), Moment(problem.Close[node]));
        return new RouteStop(job.Openings.Length > 1 ? job with { Windows = [window] } : job);
    }

    private DateTimeOffset Moment(long tick) => snapshot.Now + TimeSpan.FromMilliseconds(tick);
}
