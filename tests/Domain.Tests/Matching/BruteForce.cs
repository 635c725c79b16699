using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Matching;

namespace Domain.Tests.Matching;

/// <summary>
/// The least cost there is, by trying everything: every set of jobs for every technician in every order with every depot call and choice of windows.
/// For a handful of jobs. Times a route the way the benchmark's checker does, not the way the planner does.
/// </summary>
internal sealed class BruteForce
{
    private readonly PlanningSnapshot snapshot;
    private readonly ITravel travel;
    private readonly PlanningRules rules;
    private readonly HashSet<JobId> heldBack = [];

    public BruteForce(PlanningSnapshot snapshot, ITravel travel, PlanningRules rules)
    {
        (this.snapshot, this.travel, this.rules) = (snapshot, travel, rules);
        heldBack.UnionWith(HeldBack());
    }

    public bool IsHeldBack(JobId job) => heldBack.Contains(job);

    public bool IsOutside(TechnicianSnapshot technician, JobSnapshot job) =>
        technician.Areas is { } areas && !areas.Union(technician.LentTo ?? []).Any(code => Contains(code, job.Place));

    /// <summary>A minor unit of money in the plan's units.</summary>
    private const long Minor = 60_000;

    public long LeastCost()
    {
        var sets = 1 << snapshot.Jobs.Length;
        var best = new long[sets];
        for (var set = 0; set < sets; set++)
        {
            best[set] = Enumerable.Range(0, snapshot.Jobs.Length).Where(j => (set & (1 << j)) != 0).Sum(j => UnservedPrice(snapshot.Jobs[j]));
        }

        foreach (var technician in snapshot.Technicians)
        {
            var own = Enumerable.Range(0, sets).Select(set => LeastRoute(technician, set)).ToArray();
            var next = new long[sets];
            for (var set = 0; set < sets; set++)
            {
                next[set] = long.MaxValue;
                for (var part = set; ; part = (part - 1) & set)
                {
                    if (own[part] is { } cost)
                    {
                        next[set] = Math.Min(next[set], best[set & ~part] + cost);
                    }

                    if (part == 0)
                    {
                        break;
                    }
                }
            }

            best = next;
        }

        return best[sets - 1];
    }

    /// <summary>Whether one technician could have one more job somewhere among his stops, with or without a depot call that replaces his own.</summary>
    public bool CouldAlsoDo(TechnicianSnapshot technician, PlannedRoute route, JobSnapshot job)
    {
        var stops = Pinned(technician, route);
        var bare = stops.Where(stop => stop is not DepotSnapshot).ToList();
        return Enumerable.Range(0, stops.Count + 1).Any(at => RouteCost(technician, With(stops, at, job)) is not null)
            || snapshot.Depots.Any(depot => Enumerable.Range(0, bare.Count + 1).Any(call => Enumerable.Range(call, bare.Count + 1 - call)
                .Any(at => RouteCost(technician, With(With(bare, at, job), call, depot)) is not null)));
    }

    /// <summary>The route's cost with a job minus its cost without; a depot call that only this job needed goes with it, and everything where breaks then come in the way.</summary>
    public long AddedBy(TechnicianSnapshot technician, PlannedRoute route, JobId job)
    {
        var with = Pinned(technician, route);
        var without = with.Where(stop => stop is not JobSnapshot served || served.Id != job).ToList();
        var bare = without.Where(stop => stop is not DepotSnapshot).ToList();
        return RouteCost(technician, with)!.Value - (RouteCost(technician, bare) ?? RouteCost(technician, without) ?? RouteCost(technician, []))!.Value;
    }

    /// <summary>What one more job adds to a route at the position where it adds least, without a depot call; null where it fits nowhere.</summary>
    public long? CheapestInsertion(TechnicianSnapshot technician, PlannedRoute route, JobSnapshot job)
    {
        var stops = Pinned(technician, route);
        var before = RouteCost(technician, stops)!.Value;
        return Enumerable.Range(0, stops.Count + 1).Select(at => RouteCost(technician, With(stops, at, job))).Min() - before;
    }

    /// <summary>The stops of a route, and behind them what is left of the breaks.</summary>
    private List<object> Pinned(TechnicianSnapshot technician, PlannedRoute route)
    {
        var left = PlanChecker.BreaksToKeep(snapshot, technician, travel);
        var stops = new List<object>();
        foreach (var stop in route.Stops)
        {
            var pinned = stop.Kind == StopKind.Break
                ? left.First(pause => pause.Window.From <= stop.StartAt && stop.StartAt <= pause.Window.To && pause.Length == stop.FinishAt - stop.StartAt)
                : Pinned(stop);
            left.RemoveAll(pause => ReferenceEquals(pause, pinned));
            stops.Add(pinned);
        }

        return [.. stops, .. left];
    }

    // A planned job keeps the window it was planned in.
    private object Pinned(PlannedStop stop)
    {
        if (stop.Depot is { } depot)
        {
            return snapshot.Depots.Single(candidate => candidate.Id == depot);
        }

        var job = snapshot.Jobs.Single(candidate => candidate.Id == stop.Job);
        return job.Windows.IsEmpty || job.LockedAt is not null ? job : job with { Windows = [Around(job, stop.StartAt)] };
    }

    // Windows that overlap are one.
    private static TimeWindow Around(JobSnapshot job, DateTimeOffset moment)
    {
        var window = new TimeWindow(moment, moment);
        for (var grown = true; grown;)
        {
            var touching = job.Windows.Where(other => other.From <= window.To && window.From <= other.To).Append(window).ToArray();
            var wider = new TimeWindow(touching.Min(other => other.From), touching.Max(other => other.To));
            (grown, window) = (wider != window, wider);
        }

        return window;
    }

    private static List<object> With(List<object> stops, int at, object stop) => [.. stops[..at], stop, .. stops[at..]];

    private long? LeastRoute(TechnicianSnapshot technician, int set)
    {
        var jobs = snapshot.Jobs.Where((_, j) => (set & (1 << j)) != 0).Cast<object>().Concat(set == 0 ? [] : PlanChecker.BreaksToKeep(snapshot, technician, travel)).ToList();
        long? least = null;
        foreach (var order in Orders(jobs))
        {
            Take(RouteCost(technician, order));
            foreach (var depot in set == 0 ? [] : snapshot.Depots)
            {
                for (var at = 0; at <= order.Count; at++)
                {
                    Take(RouteCost(technician, With(order, at, depot)));
                }
            }
        }

        return least;

        void Take(long? cost) => least = cost is { } value && (least is null || value < least) ? value : least;
    }

    private long? RouteCost(TechnicianSnapshot technician, List<object> stops)
    {
        var earliest = Ms(new[] { snapshot.Now, technician.FreeAt, technician.ShiftStart }.Max() - snapshot.Now);
        if (!MayAll(technician, stops))
        {
            return null;
        }

        var end = Floor(LastEnd(technician) - snapshot.Now);
        var home = travel.Leg(technician.Start, technician.Home, snapshot.Now).Milliseconds;
        if (technician.ReturnsHome ? earliest + home > end : earliest > end)
        {
            // Cannot keep his shift whatever he does: he gets nothing and is not counted.
            return stops.Count == 0 ? 0 : null;
        }

        if (!stops.Any(stop => stop is JobSnapshot or DepotSnapshot))
        {
            return technician.HasLeftHome && technician.ReturnsHome ? (home * rules.Prices.TravelPerMinute) + Overtime(technician, earliest, earliest + home) : 0;
        }

        long? least = null;
        foreach (var windows in WindowChoices(stops))
        {
            var cost = LeastTimeCost(technician, stops, windows, earliest, end);
            least = cost is { } value && (least is null || value < least) ? value : least;
        }

        return least + stops.Sum(stop => stop is JobSnapshot job ? PairPrice(technician, job) : stop is DepotSnapshot ? Minor * rules.Prices.DepotCall : 0);
    }

    /// <summary>Forward once, as early as possible; then as much waiting is saved as the tightest stop has slack.</summary>
    private long? LeastTimeCost(TechnicianSnapshot technician, List<object> stops, List<(long From, long To)> windows, long earliest, long end)
    {
        var (time, here) = (earliest, technician.Start);
        long waited = 0, travelled = 0, worked = 0;
        var slack = technician.HasLeftHome ? 0 : long.MaxValue;
        for (var i = 0; i < stops.Count; i++)
        {
            var (place, service) = stops[i] is BreakSnapshot pause ? (here, Ms(pause.Length)) : stops[i] is JobSnapshot job ? (job.Place, Ms(job.Service)) : (((DepotSnapshot)stops[i]).Place, Ms(((DepotSnapshot)stops[i]).Handling));
            var leg = travel.Leg(here, place, snapshot.Now).Milliseconds;
            time += leg;
            travelled += leg;
            worked += stops[i] is BreakSnapshot ? 0 : service;
            var wait = Math.Max(0, windows[i].From - time);
            time += wait;
            waited += wait;
            if (time > windows[i].To)
            {
                return null;
            }

            slack = Math.Min(slack, waited + windows[i].To - time);
            time += service;
            here = place;
        }

        var home = technician.ReturnsHome ? travel.Leg(here, technician.Home, snapshot.Now).Milliseconds : 0;
        time += home;
        slack = Math.Min(slack, waited + end - time);
        // A break behind the last stop has to be possible and then counts for nothing.
        return time > end
            ? null
            : stops[^1] is BreakSnapshot ? LeastTimeCost(technician, stops[..^1], windows[..^1], earliest, end)
            : ((travelled + home) * rules.Prices.TravelPerMinute) + (worked * rules.Prices.WorkPerMinute) + ((waited - Math.Min(slack, waited)) * rules.Prices.WaitingPerMinute) + Overtime(technician, earliest, time);
    }

    private static DateTimeOffset LastEnd(TechnicianSnapshot technician) => technician.OvertimeUntil > technician.ShiftEnd ? technician.OvertimeUntil.Value : technician.ShiftEnd;

    private long Overtime(TechnicianSnapshot technician, long earliest, long ends) => technician.OvertimeUntil > technician.ShiftEnd
        ? Math.Max(0, ends - Math.Max(earliest, Floor(technician.ShiftEnd - snapshot.Now))) * rules.Prices.OvertimePerMinute
        : 0;

    /// <summary>What it costs to send this technician, time apart, in the plan's units.</summary>
    private long PairPrice(TechnicianSnapshot technician, JobSnapshot job) =>
        (Minor * ((job.PromisedTo is { } promised && promised != technician.Id ? rules.Prices.MovedPromise : 0)
            + (job.Preferred.Length > 0 && !job.Preferred.Contains(technician.Id) ? rules.Prices.OtherThanPreferred : 0)
            + (job.SameAsBefore is { } before && before != technician.Id ? rules.Prices.OtherThanBefore : 0)))
        + (PlanChecker.AboveMean(snapshot, technician) * Minor * rules.Prices.UnfairnessPercent / 100);

    private bool MayAll(TechnicianSnapshot technician, List<object> stops)
    {
        var calls = stops.Count(stop => stop is DepotSnapshot);
        var jobs = stops.OfType<JobSnapshot>().ToArray();
        var before = technician.DepotVisited ? [] : stops.TakeWhile(stop => stop is not DepotSnapshot).OfType<JobSnapshot>().ToArray();
        return calls <= (technician.DepotVisited ? 0 : 1)
            && (technician.MaxJobs is not { } most || jobs.Length <= most)
            && jobs.All(job => !job.Excluded.Contains(technician.Id) && (job.LockedTo is null || job.LockedTo == technician.Id))
            && jobs.All(job => !heldBack.Contains(job.Id) && !IsOutside(technician, job) && IsAuthorised(technician, job) && IsCertified(technician, job) && HasVehicle(technician, job))
            && jobs.All(job => job.Skills.All(need => technician.Skills.TryGetValue(need.Key, out var level) && level >= need.Value))
            && before.All(job => job.Tools.IsSubsetOf(technician.Tools))
            && before.SelectMany(job => job.Parts).GroupBy(part => part.Key).All(part =>
                part.Sum(entry => entry.Value) is var used && (used == 0 || used <= technician.Stock.GetValueOrDefault(part.Key)));
    }

    public static bool IsAuthorised(TechnicianSnapshot technician, JobSnapshot job) =>
        job.Brand is null || technician.Authorisations is null || technician.Authorisations.Any(held => held.Key == job.Brand && held.Value >= NeededUntil(technician, job));

    public static bool IsCertified(TechnicianSnapshot technician, JobSnapshot job) =>
        technician.CertifiedUntil?.Any(certificate => job.Skills.ContainsKey(certificate.Key) && certificate.Value < NeededUntil(technician, job)) != true;

    public static bool HasVehicle(TechnicianSnapshot technician, JobSnapshot job) => job.Vehicles.IsEmpty || job.Vehicles.Any(kind => string.Equals(kind, technician.Vehicle, StringComparison.Ordinal));

    // What lapses has to hold until the last moment at which the work could begin.
    private static DateTimeOffset NeededUntil(TechnicianSnapshot technician, JobSnapshot job)
    {
        var closes = job.LockedAt is { } locked ? locked.To : job.Windows.IsEmpty ? LastEnd(technician) : job.Windows.Max(window => window.To);
        return closes < LastEnd(technician) ? closes : LastEnd(technician);
    }

    private bool Contains(string area, Place place) =>
        Territory.Of([snapshot.Areas.Single(candidate => candidate.Code == area).Rings[0]]).Territory!.Contains(place);

    /// <summary>Jobs whose programme has no place left for them: those behind the first so many that anybody could do at all.</summary>
    private IEnumerable<JobId> HeldBack() => (snapshot.Programmes.IsDefault ? [] : snapshot.Programmes).SelectMany(programme => snapshot.Jobs
        .Where(job => job.Programme == programme.Code && snapshot.Technicians.Any(technician => CouldAlone(technician with { Breaks = [] }, job)))
        .OrderBy(job => -job.Priority - (int)job.Deadline)
        .ThenBy(job => job.LockedAt is { } locked ? locked.To : job.Windows.Select(window => window.To).DefaultIfEmpty(DateTimeOffset.MaxValue).Max())
        .ThenBy(job => job.Id.Value, StringComparer.Ordinal)
        .Skip(programme.Left)
        .Select(job => job.Id)).ToArray();

    private bool CouldAlone(TechnicianSnapshot technician, JobSnapshot job) => RouteCost(technician, [job]) is not null || snapshot.Depots.Any(depot => RouteCost(technician, [depot, job]) is not null);

    private IEnumerable<List<(long From, long To)>> WindowChoices(List<object> stops, int from = 0)
    {
        if (from == stops.Count)
        {
            yield return [];
            yield break;
        }

        var open = stops[from] is JobSnapshot job
            ? job.LockedAt is { } locked ? [(Ms(locked.From - snapshot.Now), Floor(locked.To - snapshot.Now))] : job.Windows.IsEmpty ? [(0L, long.MaxValue / 4)] : job.Windows.Select(window => (Ms(window.From - snapshot.Now), Floor(window.To - snapshot.Now)))
            : stops[from] is BreakSnapshot pause ? [(Ms(pause.Window.From - snapshot.Now), Ms(pause.Window.To - snapshot.Now))] : ((DepotSnapshot)stops[from]).Open is { } hours ? [(Ms(hours.From - snapshot.Now), Floor(hours.To - snapshot.Now))] : [(0L, long.MaxValue / 4)];
        foreach (var rest in WindowChoices(stops, from + 1))
        {
            foreach (var window in open)
            {
                yield return [window, .. rest];
            }
        }
    }

    private static IEnumerable<List<object>> Orders(List<object> items)
    {
        if (items.Count == 0)
        {
            yield return [];
        }

        for (var i = 0; i < items.Count; i++)
        {
            foreach (var rest in Orders([.. items[..i], .. items[(i + 1)..]]))
            {
                yield return [items[i], .. rest];
            }
        }
    }

    private long UnservedPrice(JobSnapshot job) => Minor * rules.Prices.Unserved << (job.Priority + (int)job.Deadline);

    private static long Ms(TimeSpan span) => (long)Math.Ceiling(span.TotalMilliseconds);

    private static long Floor(TimeSpan span) => (long)Math.Floor(span.TotalMilliseconds);
}
