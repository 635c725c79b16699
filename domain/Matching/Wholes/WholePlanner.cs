using System.Collections.Immutable;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Matching;

using Stops = ImmutableArray<RouteStop>;

/// <summary>
/// Plans wholes among ordinary jobs. The routing model knows no ties between routes, so the times of a whole are fixed one after the other where all its parts find room, and the search
/// then improves the rest around them: a step of several technicians keeps its moment, a single visit may move within what the next one leaves it. What finds no room for every part stays
/// out with all of them. Deterministic.
/// </summary>
internal sealed class WholePlanner(PlanSolver solver, PlanningRules rules, PricingContext pricing, ITravel travel)
{
    /// <summary>Moments of one step from which the next steps are tried.</summary>
    private const int Width = 4;

    private readonly SortedDictionary<JobId, TimeWindow> settled = [];

    private readonly SortedDictionary<JobId, JobId> missing = [];

    /// <summary>The latest step of the whole in question for which a moment was looked for: where none was found, that is what it lacks.</summary>
    private int furthest;

    /// <summary>Routes for a prepared snapshot, in which the parts are fixed to the moments at which they are planned.</summary>
    public Solved Plan(PlanningSnapshot snapshot, ZonePlan? previous, SearchLimit? limit)
    {
        ImmutableArray<Whole> wholes = Whole.In(snapshot, pricing);
        foreach (Whole whole in wholes)
            KeepTimes(whole, previous);
        Solved current = Solve(snapshot, previous?.Routes, null);
        current = GiveUpIncomplete(snapshot, wholes, current);
        foreach (Whole whole in wholes.Where(whole => !IsSettled(whole)))
            current = Settle(whole, snapshot, current);
        current = GiveUpIncomplete(snapshot, wholes, Solve(snapshot, current.Routes, limit));
        foreach (Whole whole in wholes.Where(IsSettled).Reverse())
            current = WithoutIfCheaper(whole, snapshot, current);
        foreach (JobId part in settled.Keys.ToArray())
            settled[part] = new TimeWindow(current.StartOf(part)!.Value, current.StartOf(part)!.Value);
        RoutingSolution spent = current.Solution;
        current = Arranged(snapshot, current.Routes);
        return current with { Solution = current.Solution with { Iterations = spent.Iterations, Improvements = spent.Improvements } };
    }

    /// <summary>The snapshot with the parts of a plan fixed to the moments at which it has them, and the others waiting.</summary>
    public static PlanningSnapshot AsPlanned(PlanningSnapshot snapshot, ZonePlan plan)
    {
        Dictionary<JobId, DateTimeOffset> starts = plan.Routes.SelectMany(route => route.Stops).Where(stop => stop.Job is not null).ToDictionary(stop => stop.Job!.Value, stop => stop.StartAt);
        return snapshot with
        {
            Jobs = [.. snapshot.Jobs.Select(job => job.Part is null ? job : starts.TryGetValue(job.Id, out DateTimeOffset start)
                ? job with { LockedAt = new TimeWindow(start, start) }
                : job with { WaitsFor = job.Id })],
        };
    }

    private bool IsSettled(Whole whole) => whole.Parts.All(part => settled.ContainsKey(part.Id));

    /// <summary>What was planned before and can still be so keeps its times.</summary>
    private void KeepTimes(Whole whole, ZonePlan? previous)
    {
        Dictionary<JobId, PlannedStop> stops = (previous?.Routes ?? []).SelectMany(route => route.Stops).Where(stop => stop.Job is not null).ToDictionary(stop => stop.Job!.Value);
        DateTimeOffset ended = pricing.Now;
        for (int step = 0; step < whole.Steps.Length; step++)
        {
            ImmutableArray<JobSnapshot> parts = whole.Steps[step];
            if (!stops.TryGetValue(parts[0].Id, out PlannedStop? first) || first.StartAt < ended + (step == 0 ? TimeSpan.Zero : whole.GapBefore(step))
                || parts.Any(part => !stops.TryGetValue(part.Id, out PlannedStop? stop) || stop.StartAt != first.StartAt
                    || !(part.Openings.IsEmpty || part.Openings.Any(window => window.From <= stop.StartAt && stop.StartAt <= window.To))))
            {
                Release(whole, parts[0].Id);
                return;
            }

            foreach (JobSnapshot part in parts)
                settled[part.Id] = new TimeWindow(first.StartAt, first.StartAt);
            ended = whole.EndOf(step, first.StartAt);
        }
    }

    /// <summary>Tries to find room beside everything planned, then in place of what is cheaper to leave out; the second only if the plan gets cheaper by it.</summary>
    private Solved Settle(Whole whole, PlanningSnapshot snapshot, Solved current)
    {
        PlanningSnapshot open = Arrange(snapshot, opened: whole);
        Dictionary<JobId, JobSnapshot> jobs = open.Jobs.ToDictionary(job => job.Id);
        furthest = 0;
        foreach (bool displacing in (bool[])[false, true])
        {
            ImmutableArray<Stops> routes = [.. current.Routes.Select((route, t) => StopsOf(open.Technicians[t], route, jobs, open, displacing ? whole.Price : 0))];
            if (Steps(whole, 0, routes, open.Now, new StepTrial(open, rules, travel)) is not { } found)
                continue;
            Fix(whole, found.Begins);
            Solved next = Arranged(snapshot, found.Routes.Select((stops, t) => Timed(open.Technicians[t], stops, open)));
            if (whole.Parts.All(part => next.Places(part.Id)) && next.Cost.Total < current.Cost.Total)
                return next;
            Release(whole, whole.Parts.FirstOrDefault(part => !next.Places(part.Id))?.Id ?? whole.Steps[0][0].Id);
        }

        if (furthest > 0 || !missing.ContainsKey(whole.Steps[0][0].Id))
            Release(whole, whole.Steps[furthest][0].Id);
        return current;
    }

    private (ImmutableArray<DateTimeOffset> Begins, ImmutableArray<Stops> Routes)? Steps(Whole whole, int step, ImmutableArray<Stops> routes, DateTimeOffset notBefore, StepTrial trial)
    {
        if (step == whole.Steps.Length)
            return ([], routes);
        furthest = Math.Max(furthest, step);
        foreach (StepTrial.Found way in trial.Ways(whole.Steps[step], routes, notBefore).Take(Width))
        {
            DateTimeOffset next = whole.EndOf(step, way.Begins) + (step + 1 < whole.Steps.Length ? whole.GapBefore(step + 1) : TimeSpan.Zero);
            if (Steps(whole, step + 1, way.Routes, next, trial) is { } rest)
                return (rest.Begins.Insert(0, way.Begins), rest.Routes);
        }

        return null;
    }

    /// <summary>A step of several keeps its moment; a single visit may begin as soon as the one before is over, and no later than found, which the next one counts on.</summary>
    private void Fix(Whole whole, ImmutableArray<DateTimeOffset> begins)
    {
        for (int step = 0; step < whole.Steps.Length; step++)
        {
            DateTimeOffset from = begins[step];
            if (whole.Steps[step] is [var only])
            {
                DateTimeOffset free = step == 0 ? pricing.Now : whole.EndOf(step - 1, begins[step - 1]) + whole.GapBefore(step);
                DateTimeOffset opens = only.Openings.Where(window => window.From <= begins[step] && begins[step] <= window.To).Select(window => window.From).DefaultIfEmpty(free).First();
                from = opens > free ? opens : free;
            }

            foreach (JobSnapshot part in whole.Steps[step])
                settled[part.Id] = new TimeWindow(from, begins[step]);
        }
    }

    private void Release(Whole whole, JobId lacking)
    {
        foreach (JobSnapshot part in whole.Parts)
        {
            settled.Remove(part.Id);
            missing[part.Id] = lacking;
        }
    }

    private Solved GiveUpIncomplete(PlanningSnapshot snapshot, ImmutableArray<Whole> wholes, Solved current)
    {
        while (wholes.FirstOrDefault(whole => IsSettled(whole) && !whole.Parts.All(part => current.Places(part.Id))) is { } broken)
        {
            Release(broken, broken.Parts.First(part => !current.Places(part.Id)).Id);
            current = Solve(snapshot, current.Routes, null);
        }

        return current;
    }

    private Solved WithoutIfCheaper(Whole whole, PlanningSnapshot snapshot, Solved current)
    {
        if (!current.Waiting.Any(job => current.Snapshot.Jobs[job].Part is null && pricing.PriceOfLeaving(current.Snapshot.Jobs[job]) > whole.Price))
            return current;
        (JobId Id, TimeWindow Times)[] kept = [.. whole.Parts.Select(part => (part.Id, settled[part.Id]))];
        Release(whole, whole.Steps[0][0].Id);
        Solved without = Solve(snapshot, current.Routes, null);
        if (without.Cost.Total < current.Cost.Total)
            return without;
        foreach ((JobId id, TimeWindow times) in kept)
            settled[id] = times;
        return current;
    }

    private Solved Solve(PlanningSnapshot snapshot, IEnumerable<PlannedRoute>? start, SearchLimit? limit) =>
        solver.Solve(Arrange(snapshot, null), start?.Select(WithoutWaiting), [.. settled.Keys], limit);

    private Solved Arranged(PlanningSnapshot snapshot, IEnumerable<PlannedRoute> routes) => Solve(snapshot, routes, null);

    private PlannedRoute WithoutWaiting(PlannedRoute route) =>
        route with { Stops = [.. route.Stops.Where(stop => stop.Job is not { } job || settled.ContainsKey(job) || !missing.ContainsKey(job))] };

    /// <summary>Parts that are settled at their times, the others waiting; those of <paramref name="opened"/> as they came.</summary>
    private PlanningSnapshot Arrange(PlanningSnapshot snapshot, Whole? opened) => snapshot with
    {
        Jobs = [.. snapshot.Jobs.Select(job => job.Part is null || job.Part.Whole == opened?.Id ? job
            : settled.TryGetValue(job.Id, out TimeWindow times) ? job with { LockedAt = times }
            : job with { WaitsFor = missing.GetValueOrDefault(job.Id, job.Id) })],
    };

    /// <summary>The stops of a route, without ordinary jobs that are cheaper to leave out than <paramref name="price"/>.</summary>
    private Stops StopsOf(TechnicianSnapshot technician, PlannedRoute route, Dictionary<JobId, JobSnapshot> jobs, PlanningSnapshot snapshot, long price) =>
    [
        .. RouteStop.Of(route, technician, job => jobs[job], called => snapshot.Depots.First(depot => depot.Id == called))
            .Where(stop => stop.Job is not { Part: null } job || pricing.PriceOfLeaving(job) >= price),
    ];

    private PlannedRoute Timed(TechnicianSnapshot technician, Stops stops, PlanningSnapshot snapshot)
    {
        if (stops.IsEmpty)
            return new PlannedRoute(technician.Id, null, [], null, default, default, default, null);
        RouteCandidate timed = RouteCandidate.Time(technician, snapshot.Jobs[0], stops, snapshot.Now, travel);
        return new PlannedRoute(technician.Id, null,
            [.. timed.Stops.Select(stop => new PlannedStop(stop.Job is not null ? StopKind.Job : stop.Depot is not null ? StopKind.Depot : StopKind.Break, stop.Job?.Id, stop.Depot?.Id, stop.ArriveAt, stop.ArriveAt, stop.StartAt, stop.FinishAt))],
            null, default, default, default, null);
    }
}
