using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Matching;

namespace Domain.Tests.Matching;

/// <summary>
/// Judges a plan from the snapshot alone, sharing nothing with the planner but the records and the travel port. Everything it finds wrong, in words.
/// </summary>
internal sealed class PlanChecker(PlanningSnapshot snapshot, ITravel travel, PlanningRules rules)
{
    /// <summary>Moments are milliseconds of 30 bits, less what says that there is no way.</summary>
    private static readonly TimeSpan PlannedAhead = TimeSpan.FromMilliseconds((1 << 30) - 2);

    private readonly List<string> wrong = [];

    public IReadOnlyList<string> Check(ZonePlan plan)
    {
        Require(plan.Routes.Select(route => route.Technician).SequenceEqual(snapshot.Technicians.Select(technician => technician.Id)), "one route per technician");
        var listed = plan.Routes.SelectMany(route => route.Stops).Where(stop => stop.Job is not null).Select(stop => stop.Job!.Value)
            .Concat(plan.Unplaced.Select(unplaced => unplaced.Job)).ToArray();
        Require(listed.Length == listed.Distinct().Count(), "a job is listed twice");
        Require(listed.ToHashSet().SetEquals(snapshot.Jobs.Select(job => job.Id)), "a job is missing or unknown");
        for (var t = 0; t < plan.Routes.Length; t++)
        {
            CheckTimes(snapshot.Technicians[t], plan.Routes[t]);
            CheckNeeds(snapshot.Technicians[t], plan.Routes[t]);
        }

        CheckQuotas(plan);
        CheckWholes(plan);
        CheckCost(plan);
        return wrong;
    }

    private void CheckQuotas(ZonePlan plan)
    {
        var planned = plan.Routes.SelectMany(route => route.Stops).Select(stop => stop.Job).OfType<JobId>().ToHashSet();
        foreach (var programme in snapshot.Programmes.IsDefault ? [] : snapshot.Programmes)
            Require(snapshot.Jobs.Count(job => job.Programme == programme.Code && planned.Contains(job.Id)) <= programme.Left, $"{programme.Code}: more than granted");

        foreach (var left in plan.Unplaced.Where(left => left.Reasons.Any(reason => reason.Code == "plan.programme_exhausted")))
        {
            // Whoever waits for a place stands behind at least as many as have one.
            var job = snapshot.Jobs.Single(candidate => candidate.Id == left.Job);
            var ahead = snapshot.Jobs.Count(other => other.Id != job.Id && other.Programme == job.Programme && other.Priority + (int)other.Deadline >= job.Priority + (int)job.Deadline);
            Require(ahead >= snapshot.Programmes.Single(programme => programme.Code == job.Programme).Left, $"{job.Id}: passed over");
        }
    }

    private void CheckWholes(ZonePlan plan)
    {
        var stops = plan.Routes.SelectMany(route => route.Stops.Where(stop => stop.Job is not null).Select(stop => (Job: stop.Job!.Value, route.Technician, stop.StartAt, stop.FinishAt)))
            .ToDictionary(stop => stop.Job);
        foreach (var whole in snapshot.Jobs.Where(job => job.Part is not null).GroupBy(job => job.Part!.Whole))
        {
            var planned = whole.Where(part => stops.ContainsKey(part.Id)).ToArray();
            Require(planned.Length == 0 || planned.Length == whole.Count(), $"{whole.Key}: half planned");
            foreach (var part in planned)
            {
                foreach (var other in planned.Where(other => other.Id != part.Id))
                {
                    var (a, b) = (stops[part.Id], stops[other.Id]);
                    Require(part.Part!.Step != other.Part!.Step || (a.StartAt == b.StartAt && a.Technician != b.Technician), $"{whole.Key}: {part.Id} and {other.Id} are not begun together by two");
                    Require(part.Part.Step >= other.Part.Step || b.StartAt - a.FinishAt >= (planned.Any(between => between.Part!.Step > part.Part.Step && between.Part.Step < other.Part.Step) ? TimeSpan.Zero : other.Part.Gap), $"{whole.Key}: {other.Id} begins too early after {part.Id}");
                }
            }
        }
    }

    private void CheckTimes(TechnicianSnapshot technician, PlannedRoute route)
    {
        if (route.LeavesAt is not { } leaves)
        {
            Require(route.Stops.IsEmpty && route.HomeAt is null && route.Duration == TimeSpan.Zero, $"{technician.Id}: stops without leaving");
            return;
        }

        Require(leaves >= snapshot.Now && leaves >= technician.FreeAt && leaves >= technician.ShiftStart, $"{technician.Id}: leaves too early");
        Require(route.LeavesNoLaterThan >= leaves, $"{technician.Id}: negative slack");
        if (technician.HasLeftHome)
        {
            var free = new[] { snapshot.Now, technician.FreeAt, technician.ShiftStart }.Max();
            Require(leaves - free < TimeSpan.FromMilliseconds(1), $"{technician.Id}: time on the road is not counted from when he is free");
        }

        var (time, here) = (leaves, technician.Start);
        TimeSpan onTheWay = TimeSpan.Zero, waited = TimeSpan.Zero, worked = TimeSpan.Zero, rested = TimeSpan.Zero;
        var breaks = BreaksToKeep(snapshot, technician, travel);
        foreach (var stop in route.Stops)
        {
            if (stop.Kind == StopKind.Break)
            {
                var pause = breaks.FirstOrDefault(candidate => candidate.Window.From <= stop.StartAt && stop.StartAt <= candidate.Window.To && stop.FinishAt - stop.StartAt == candidate.Length);
                Require(pause is not null && breaks.Remove(pause), $"{technician.Id}: a break that nobody asked for");
                Require(stop.Job is null && stop.Depot is null && stop.DepartAt == time && stop.ArriveAt == time && stop.StartAt >= time, $"{technician.Id}: a break is not where he is");
                waited += stop.StartAt - time;
                rested += stop.FinishAt - stop.StartAt;
                time = stop.FinishAt;
                continue;
            }

            var (place, service, open) = Of(stop);
            var leg = travel.Leg(here, place, stop.DepartAt);
            Require(leg.IsReachable, $"{technician.Id}: no way");
            Require(stop.DepartAt == time, $"{technician.Id}: a gap before a stop");
            Require(stop.ArriveAt == stop.DepartAt + leg.Duration, $"{technician.Id}: arrival is not departure and travel");
            Require(stop.StartAt >= stop.ArriveAt, $"{technician.Id}: starts before arriving");
            Require(open(stop.StartAt), $"{technician.Id}: starts outside the windows");
            Require(stop.FinishAt - stop.StartAt >= service && stop.FinishAt - stop.StartAt < service + TimeSpan.FromMilliseconds(1), $"{technician.Id}: service is not as long as it should");
            Require(stop.FinishAt <= snapshot.Now + PlannedAhead, $"{technician.Id}: further ahead than is planned");
            onTheWay += leg.Duration;
            waited += stop.StartAt - stop.ArriveAt;
            worked += stop.FinishAt - stop.StartAt;
            (time, here) = (stop.FinishAt, place);
        }

        Require(route.Stops.IsEmpty || route.Stops[^1].Kind != StopKind.Break, $"{technician.Id}: a break behind everything");
        if (!route.Stops.IsEmpty)
        {
            var evening = breaks.OrderBy(pause => pause.Window.To).Aggregate(time, (free, pause) => (free > pause.Window.From ? free : pause.Window.From) is var begins && begins <= pause.Window.To ? begins + pause.Length : DateTimeOffset.MaxValue);
            Require(evening <= LatestEnd(technician) - (technician.ReturnsHome && breaks.Count > 0 ? travel.Leg(here, technician.Home, time).Duration : TimeSpan.Zero), $"{technician.Id}: a break is missed");
        }

        if (technician.ReturnsHome)
        {
            var home = travel.Leg(here, technician.Home, time).Duration;
            onTheWay += home;
            time += home;
            Require(route.HomeAt == time, $"{technician.Id}: wrong time at home");
        }
        else
        {
            Require(route.HomeAt is null, $"{technician.Id}: goes home though he does not return");
        }

        Require(time <= technician.ShiftEnd || time <= technician.OvertimeUntil, $"{technician.Id}: past the shift");
        Require(route.Travel == onTheWay && route.Waiting == waited && route.Service == worked && route.Breaks == rested, $"{technician.Id}: wrong sums");
        Require(time - leaves == route.Duration, $"{technician.Id}: duration is not its parts");
    }

    private static DateTimeOffset LatestEnd(TechnicianSnapshot technician) => technician.OvertimeUntil is { } until && until > technician.ShiftEnd ? until : technician.ShiftEnd;

    /// <summary>Breaks, in whole milliseconds, that fit into a day without work one after the other.</summary>
    internal static List<BreakSnapshot> BreaksToKeep(PlanningSnapshot snapshot, TechnicianSnapshot technician, ITravel travel)
    {
        var kept = new List<BreakSnapshot>();
        var end = Down(LatestEnd(technician)) - (technician.ReturnsHome ? travel.Leg(technician.Start, technician.Home, snapshot.Now).Duration : TimeSpan.Zero);
        var time = Up(new[] { snapshot.Now, technician.FreeAt, technician.ShiftStart }.Max());
        foreach (var pause in technician.Breaks.OrderBy(pause => pause.Window.From))
        {
            var whole = new BreakSnapshot(new TimeWindow(Up(pause.Window.From), Down(pause.Window.To)), pause.Length);
            var begins = whole.Window.From > time ? whole.Window.From : time;
            if (begins <= whole.Window.To && begins + whole.Length <= end)
            {
                kept.Add(whole);
                time = begins + whole.Length;
            }
        }

        return kept;

        DateTimeOffset Up(DateTimeOffset moment) => snapshot.Now + TimeSpan.FromMilliseconds(Math.Ceiling((moment - snapshot.Now).TotalMilliseconds));
        DateTimeOffset Down(DateTimeOffset moment) => snapshot.Now + TimeSpan.FromMilliseconds(Math.Floor((moment - snapshot.Now).TotalMilliseconds));
    }

    private (Place Place, TimeSpan Service, Func<DateTimeOffset, bool> Open) Of(PlannedStop stop)
    {
        if (stop.Depot is { } id)
        {
            var depot = snapshot.Depots.Single(candidate => candidate.Id == id);
            return (depot.Place, depot.Handling, moment => depot.Open is not { } open || (moment >= open.From && moment <= open.To));
        }

        var job = snapshot.Jobs.Single(candidate => candidate.Id == stop.Job);
        return (job.Place, job.Service, moment => job.LockedAt is { } locked ? moment >= locked.From && moment <= locked.To : job.Windows.IsEmpty || job.Windows.Any(window => moment >= window.From && moment <= window.To));
    }

    private void CheckNeeds(TechnicianSnapshot technician, PlannedRoute route)
    {
        Require(route.Stops.Count(stop => stop.Kind == StopKind.Depot) <= (technician.DepotVisited ? 0 : 1), $"{technician.Id}: too many depot calls");
        var equipped = technician.DepotVisited;
        var left = technician.Stock.ToDictionary(entry => entry.Key, entry => entry.Value);
        var count = 0;
        foreach (var stop in route.Stops)
        {
            equipped |= stop.Depot is not null;
            if (stop.Job is not { } id)
            {
                continue;
            }

            var job = snapshot.Jobs.Single(candidate => candidate.Id == id);
            count++;
            Require(job.Skills.All(need => technician.Skills.TryGetValue(need.Key, out var level) && level >= need.Value), $"{technician.Id}: lacks a skill for {id}");
            Require(job.Skills.Keys.All(skill => technician.CertifiedUntil?.TryGetValue(skill, out var until) != true || stop.StartAt <= until), $"{technician.Id}: a certificate has lapsed for {id}");
            Require(
                job.Brand is null || technician.Authorisations is not { } held || (held.TryGetValue(job.Brand, out var last) && stop.StartAt <= last),
                $"{technician.Id}: not authorised for {id}");
            Require(technician.Areas is null || technician.Areas.Concat(technician.LentTo ?? Codes.NoSet).Any(code => LiesIn(job, code)), $"{technician.Id}: {id} is in no area of his");
            Require(job.Vehicles.Count == 0 || job.Vehicles.Any(kind => kind == technician.Vehicle), $"{technician.Id}: no vehicle for {id}");
            Require(!job.Excluded.Contains(technician.Id), $"{technician.Id}: excluded from {id}");
            Require(job.LockedTo is null || job.LockedTo == technician.Id, $"{technician.Id}: {id} is locked to another");
            Require(equipped || job.Tools.All(technician.Tools.Contains), $"{technician.Id}: lacks a tool for {id}");
            foreach (var (part, units) in job.Parts)
            {
                left[part] = left.GetValueOrDefault(part) - (equipped ? 0 : units);
                Require(left[part] >= 0 || units == 0 || equipped, $"{technician.Id}: lacks {part} for {id}");
            }
        }

        Require(technician.MaxJobs is not { } most || count <= most, $"{technician.Id}: too many jobs");
    }

    // Areas of these tests are upright rectangles.
    private bool LiesIn(JobSnapshot job, string area)
    {
        var ring = snapshot.Areas.Single(candidate => candidate.Code == area).Rings[0];
        return job.Place.Lon >= ring.Min(place => place.Lon) && job.Place.Lon <= ring.Max(place => place.Lon) && job.Place.Lat >= ring.Min(place => place.Lat) && job.Place.Lat <= ring.Max(place => place.Lat);
    }

    private void CheckCost(ZonePlan plan)
    {
        var prices = rules.Prices;
        long Milliseconds(Func<PlannedRoute, TimeSpan> part) => (long)plan.Routes.Sum(route => part(route).TotalMilliseconds);
        // A minor unit is 60,000 units of a plan, so a millisecond at a price per minute is the price itself.
        Require(plan.Cost.Of("travel") == Milliseconds(route => route.Travel) * prices.TravelPerMinute, "travel term");
        Require(plan.Cost.Of("waiting") == Milliseconds(route => route.Waiting) * prices.WaitingPerMinute, "waiting term");
        Require(plan.Cost.Of("service") == Milliseconds(route => route.Service) * prices.WorkPerMinute, "service term");
        Require(plan.Cost.Of("overtime") == plan.Routes.Zip(snapshot.Technicians).Sum(pair => (long)Overtime(pair.First, pair.Second).TotalMilliseconds) * prices.OvertimePerMinute, "overtime term");
        Require(plan.Cost.Of("depot") == plan.Routes.Sum(route => route.Stops.Count(stop => stop.Depot is not null)) * 60_000L * prices.DepotCall, "depot term");
        var idle = plan.Routes.Where(route => !route.Stops.IsEmpty).Select(route => snapshot.Technicians.Single(technician => technician.Id == route.Technician))
            .Where(technician => technician.HasLeftHome && technician.FreeAt < snapshot.Now).Sum(technician => (long)Math.Floor((snapshot.Now - technician.FreeAt).TotalMilliseconds));
        Require(plan.Cost.Of("idle") == idle * prices.IdlePerMinute, "idle term");
        var moved = plan.Routes.Sum(route => route.Stops.Count(stop => stop.Job is { } id
            && snapshot.Jobs.Single(job => job.Id == id).PromisedTo is { } promised && promised != route.Technician));
        Require(plan.Cost.Of("disruption") == moved * 60_000L * prices.MovedPromise, "disruption term");
        var pairs = plan.Routes.SelectMany(route => route.Stops.Where(stop => stop.Job is not null)
            .Select(stop => (Technician: snapshot.Technicians.Single(technician => technician.Id == route.Technician), Job: snapshot.Jobs.Single(job => job.Id == stop.Job)))).ToArray();
        Require(plan.Cost.Of("preference") == pairs.Count(pair => pair.Job.Preferred.Any() && pair.Job.Preferred.All(id => id != pair.Technician.Id)) * 60_000L * prices.OtherThanPreferred, "preference term");
        Require(plan.Cost.Of("continuity") == pairs.Count(pair => pair.Job.SameAsBefore is { } before && before != pair.Technician.Id) * 60_000L * prices.OtherThanBefore, "continuity term");
        Require(plan.Cost.Of("fairness") == pairs.Sum(pair => AboveMean(snapshot, pair.Technician) * 600 * prices.UnfairnessPercent), "fairness term");
        var unserved = plan.Unplaced.Select(unplaced => snapshot.Jobs.Single(job => job.Id == unplaced.Job))
            .Sum(job => 60_000L * prices.Unserved * (long)Math.Pow(2, job.Priority + (int)job.Deadline));
        Require(plan.Cost.Of("unserved") == unserved, "unserved term");
        Require(plan.Cost.Total == plan.Cost.Terms.Sum(term => term.Amount), "the total is not the sum of the terms");
    }

    /// <summary>What a route lasts longer than the shift, counted in whole milliseconds from now, and than what was committed before.</summary>
    private TimeSpan Overtime(PlannedRoute route, TechnicianSnapshot technician)
    {
        if (technician.OvertimeUntil is not { } until || until <= technician.ShiftEnd || route.LeavesAt is null)
            return TimeSpan.Zero;
        var ends = route.HomeAt ?? (route.Stops.IsEmpty ? route.LeavesAt.Value : route.Stops[^1].FinishAt);
        var free = new[] { snapshot.Now, technician.FreeAt, technician.ShiftStart, technician.ShiftEnd }.Max();
        return ends > free ? ends - free : TimeSpan.Zero;
    }

    /// <summary>Whole minor units earned above the mean of those employed alike.</summary>
    internal static long AboveMean(PlanningSnapshot snapshot, TechnicianSnapshot technician)
    {
        var alike = snapshot.Technicians.Where(other => other.Employment == technician.Employment).Select(other => other.Earned).ToArray();
        return Math.Max(0, technician.Earned - (alike.Sum() / alike.Length));
    }

    private void Require(bool holds, string what)
    {
        if (!holds)
        {
            wrong.Add(what);
        }
    }
}
