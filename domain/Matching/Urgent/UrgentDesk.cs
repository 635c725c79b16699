using System.Collections.Immutable;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Matching.Constraints;
using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Matching.Urgent;

/// <summary>A place in somebody's day for a job that cannot wait.</summary>
/// <param name="Technician">Whose day.</param>
/// <param name="After">How many of the technician's planned stops come before it.</param>
/// <param name="AddedTime">Price of the time and travel it adds, in the plan's price units.</param>
public sealed record UrgentPlace(TechnicianId Technician, int After, long AddedTime);

/// <summary>
/// Keeps a zone's plan at hand and answers at once who can take one more job at the least extra time and travel, among all technicians: days that lie too far off to
/// do better are passed over by their box. What prices depend on the person (wishes, fairness) is left to the planner, which follows. Jobs that need a depot call
/// are not placed here. For one caller at a time.
/// </summary>
public sealed class UrgentDesk
{
    /// <summary>The days nearest by their boxes are judged first, so that the bound is tight for the rest.</summary>
    private const int First = 8;

    private readonly PlanningSnapshot zone;
    private readonly ITravel travel;
    private readonly PlanningRules rules;
    private readonly DayRuns[] days;
    private readonly List<RouteStop>[] planned;
    private readonly SkillTable skills;
    private readonly long[] floor;
    private readonly long durationPrice;
    private readonly long travelPrice;

    /// <param name="snapshot">The zone.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="travel">Travel between places: a way round is never shorter.</param>
    /// <param name="rules">What is kept to and paid for.</param>
    public UrgentDesk(PlanningSnapshot snapshot, ZonePlan plan, ITravel travel, PlanningRules rules)
    {
        zone = DueBreaks.Apply(SnapshotRules.Normalise(snapshot), travel);
        (this.travel, this.rules) = (travel, rules);
        (durationPrice, travelPrice) = CompiledSnapshot.TimePrices(zone, rules, travel);
        floor = new long[zone.Technicians.Length];
        skills = new SkillTable(zone.Technicians);
        Dictionary<JobId, JobSnapshot> jobs = zone.Jobs.ToDictionary(job => job.Id);
        Dictionary<DepotId, DepotSnapshot> depots = zone.Depots.ToDictionary(depot => depot.Id);
        Dictionary<TechnicianId, PlannedRoute> routes = plan.Routes.ToDictionary(route => route.Technician);
        days = new DayRuns[zone.Technicians.Length];
        planned = new List<RouteStop>[days.Length];
        for (int t = 0; t < days.Length; t++)
        {
            PlannedRoute route = routes.GetValueOrDefault(zone.Technicians[t].Id) ?? new PlannedRoute(zone.Technicians[t].Id, null, [], null, default, default, default, null);
            planned[t] = RouteStop.Of(route, zone.Technicians[t], job => jobs[job], depot => depots[depot]);
            days[t] = new DayRuns(
                zone.Technicians[t],
                planned[t].Select((known, i) => (known.Job?.Place ?? known.Depot?.Place, SegmentOf(known, i < route.Stops.Length ? route.Stops[i] : null))),
                zone.Now,
                travel);
        }
    }

    /// <summary>The cheapest place for a job that keeps every constraint, or null where nobody can take it. Exact in time and travel.</summary>
    /// <param name="job">The job; not in the plan.</param>
    public UrgentPlace? Find(JobSnapshot job)
    {
        (int Technician, int At, long Cost) best = (-1, 0, long.MaxValue);
        JobSnapshot known = SnapshotRules.Normalise(zone with { Technicians = [], Jobs = [job], Depots = [] }).Jobs[0];
        Segment[] windows = [.. WindowsOf(known)];
        Span<int> nearest = stackalloc int[First];
        int near = FillFloors(known, nearest);
        foreach (int t in nearest[..near])
            Judge(t, known, windows, ref best);
        for (int t = 0; t < days.Length; t++)
            if (floor[t] < best.Cost && !nearest[..near].Contains(t))
                Judge(t, known, windows, ref best);
        return best.Technician < 0 ? null : new UrgentPlace(zone.Technicians[best.Technician].Id, best.At, best.Cost);
    }

    /// <summary>Puts a job where it was found to fit, so that the next one sees it.</summary>
    public void Put(JobSnapshot job, UrgentPlace place)
    {
        int t = Array.FindIndex([.. zone.Technicians], technician => technician.Id == place.Technician);
        RouteCandidate candidate = Candidate(t, job, place.After);
        CandidateStop own = candidate.Stops[place.After];
        long start = CompiledSnapshot.Ticks(own.StartAt - zone.Now);
        Segment window = WindowsOf(job).First(w => w.Earliest <= start && start <= w.Latest);
        planned[t].Insert(place.After, new RouteStop(job));
        days[t].Insert(job.Place, window, place.After);
    }

    /// <summary>For each day the least a job there can add; and which are nearest by it.</summary>
    private int FillFloors(JobSnapshot job, Span<int> nearest)
    {
        long work = CompiledSnapshot.Ticks(job.Service);
        (int Skill, int Level)[] wanted = skills.Wanted(job);
        int near = 0;
        for (int t = 0; t < days.Length; t++)
        {
            DayRuns day = days[t];
            if (!day.Stands || !skills.Has(t, wanted))
            {
                floor[t] = long.MaxValue;
                continue;
            }

            TravelLeg leg = travel.Leg(job.Place, day.Box.Nearest(job.Place), zone.Now);
            long detour = leg.IsReachable ? Math.Max(0, (2 * leg.Milliseconds) - day.LongestLeg) : long.MaxValue / 4;
            floor[t] = (durationPrice * Math.Max(0, work + detour - day.Waiting)) + (travelPrice * detour);
            int at = near < nearest.Length ? near++ : floor[t] < floor[nearest[^1]] ? near - 1 : -1;
            for (; at > 0 && floor[nearest[at - 1]] > floor[t]; at--)
                nearest[at] = nearest[at - 1];
            if (at >= 0)
                nearest[at] = t;
        }

        return near;
    }

    private void Judge(int t, JobSnapshot job, ReadOnlySpan<Segment> windows, ref (int Technician, int At, long Cost) best)
    {
        foreach (Segment window in windows)
        {
            (int at, long cost) = days[t].Cheapest(job.Place, window, durationPrice, travelPrice, best.Cost);
            // Time and place fit; the constraints have the last word on everything else.
            if (at >= 0 && Keeps(Candidate(t, job, at)))
                best = (t, at, cost);
        }
    }

    private bool Keeps(RouteCandidate candidate)
    {
        foreach (IPlanningConstraint constraint in rules.Constraints)
            if (constraint.Check(candidate) is not null)
                return false;
        return true;
    }

    private RouteCandidate Candidate(int t, JobSnapshot job, int at)
    {
        List<RouteStop> order = [.. planned[t]];
        order.Insert(at, new RouteStop(job));
        return RouteCandidate.Time(zone.Technicians[t], job, order, zone.Now, travel);
    }

    private IEnumerable<Segment> WindowsOf(JobSnapshot job)
    {
        long work = CompiledSnapshot.Ticks(job.Service);
        ImmutableArray<TimeWindow> openings = job.Openings;
        if (openings.IsEmpty)
            return [new Segment(work, 0, RoutingProblem.MaxHorizon - work)];
        return openings
            .Select(window => new Segment(work, Math.Max(0, CompiledSnapshot.Ticks(window.From - zone.Now)), CompiledSnapshot.Ticks(window.To - zone.Now)))
            .Where(window => window.IsFeasible);
    }

    private Segment SegmentOf(RouteStop known, PlannedStop? stop)
    {
        if (known.Break is { } pause)
            return new Segment(CompiledSnapshot.Ticks(pause.Length), Math.Max(0, CompiledSnapshot.Ticks(pause.Window.From - zone.Now)), CompiledSnapshot.Ticks(pause.Window.To - zone.Now));
        long start = CompiledSnapshot.Ticks(stop!.StartAt - zone.Now);
        long work = CompiledSnapshot.Ticks(known.Job?.Service ?? known.Depot!.Handling);
        if (known.Job is { } job)
            return WindowsOf(job).FirstOrDefault(window => window.Earliest <= start && start <= window.Latest, new Segment(work, start, start));
        return known.Depot!.Open is { } open
            ? new Segment(work, Math.Max(0, CompiledSnapshot.Ticks(open.From - zone.Now)), CompiledSnapshot.Ticks(open.To - zone.Now))
            : new Segment(work, 0, RoutingProblem.MaxHorizon - work);
    }
}
