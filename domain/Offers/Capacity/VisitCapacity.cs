using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Technicians;

namespace Dispatch.Domain.Offers;

/// <summary>How soon a technician on duty could be at the door, between all that is promised to others. Pure. A figure to offer by; the ledger has the last word at booking.</summary>
public static class VisitCapacity
{
    /// <summary>A visit somebody could make, or why not; <see cref="Passed"/> is how many conditions were met before the first that was not.</summary>
    private readonly record struct Trial(Visit? Visit, int Passed, Refusal? Reason);

    /// <param name="technicians">Those of the zone, on duty or not.</param>
    /// <param name="zone">The territory of the place; null outside of all.</param>
    /// <param name="brand">Null where it does not matter.</param>
    /// <param name="window">When work may begin; as soon as possible if left out.</param>
    public static ModeCapacity Of(
        OfferMode mode, IReadOnlyCollection<TechnicianState> technicians, ServiceNeeds needs, string? brand, ZoneId? zone, Place place, DateTimeOffset now, ITravel travel, TimeWindow? window = null)
    {
        if (zone is null)
            return No(mode, Refusal.Of("job.outside_territory", RefusalKind.Unprocessable, ("lon", place.Lon), ("lat", place.Lat)));
        (TechnicianId By, Visit Visit)? best = null;
        // The one who came furthest through the conditions says what is lacking.
        Trial nearest = new(null, -1, Why("plan.no_technician"));
        foreach (TechnicianState technician in technicians.Where(t => t.OnDuty && t.Profile.Zone == zone).OrderBy(t => t.Id))
        {
            Trial trial = Best(technician, needs, brand, place, now, travel, window);
            if (trial.Visit is not { } visit)
                nearest = trial.Passed > nearest.Passed ? trial : nearest;
            else if (best is null || visit.StartAt < best.Value.Visit.StartAt)
                best = (technician.Id, visit);
        }
        return best is { } found
            ? new ModeCapacity(mode, found.Visit.StartAt, found.Visit.FinishAt, 0, zone.Value.Value, null, new Reservation(found.By, found.Visit, null, null, null, needs.Parts))
            : No(mode, nearest.Reason!);
    }

    /// <summary>The first gap of the day that will do, or of all the one that came furthest.</summary>
    private static Trial Best(TechnicianState technician, ServiceNeeds needs, string? brand, Place place, DateTimeOffset now, ITravel travel, TimeWindow? window)
    {
        Trial nearest = new(null, -1, null);
        foreach (DayGap gap in DayGaps.Of(technician, now))
        {
            Trial trial = Try(technician, gap, needs, brand, place, now, travel, window);
            if (trial.Visit is { } visit && gap.Lets(travel, place, visit.FinishAt))
                return trial;
            if (trial.Visit is null && trial.Passed > nearest.Passed)
                nearest = trial;
        }
        return nearest;
    }

    private static Trial Try(TechnicianState technician, DayGap gap, ServiceNeeds needs, string? brand, Place place, DateTimeOffset now, ITravel travel, TimeWindow? window)
    {
        TravelLeg leg = travel.Leg(gap.From, place, gap.Free);
        DateTimeOffset arrives = leg.IsReachable ? gap.Free + leg.Duration : gap.Free;
        DateTimeOffset start = window is { } wanted && wanted.From > arrives ? wanted.From : arrives, done = start + needs.Service;
        Refusal?[] conditions =
        [
            brand is null || technician.Profile.Authorisations is not { } granted || granted.Any(a => string.Equals(a.Brand, brand, StringComparison.OrdinalIgnoreCase) && a.Until >= start)
                ? null : Why("plan.brand_not_authorised", ("brand", brand)),
            needs.Skills.Where(s => !technician.Profile.Skills.Any(own => own.Code == s.Code && own.Level >= s.Level)).Select(s => Why("plan.skill_missing", ("skill", s.Code), ("level", s.Level))).FirstOrDefault(),
            needs.Tools.Where(t => !technician.Profile.Tools.Contains(t)).Select(t => Why("plan.tool_missing", ("tool", t))).FirstOrDefault(),
            needs.Parts.Where(p => Left(technician, p.Code, now) < p.Quantity).Select(p => Why("plan.part_missing", ("part", p.Code))).FirstOrDefault(),
            leg.IsReachable ? null : Why("plan.unreachable"),
            window is null || start <= window.Value.To ? null : Why("plan.window_missed"),
            done <= technician.Profile.Shift.To ? null : Why("plan.shift_exceeded"),
        ];
        int passed = Array.FindIndex(conditions, c => c is not null);
        return passed < 0 ? new Trial(new Visit(start - leg.Duration, start, start, done), conditions.Length, null) : new Trial(null, passed, conditions[passed]);
    }

    /// <summary>Units on board that no job holds.</summary>
    private static int Left(TechnicianState technician, string part, DateTimeOffset now) =>
        technician.StockOf(part) - technician.Commitments.Where(c => !c.HasLapsed(now)).SelectMany(c => c.Parts).Where(p => p.Code == part).Sum(p => p.Quantity);

    internal static ModeCapacity No(OfferMode mode, Refusal reason) => new(mode, default, default, 0, null, reason);

    private static Refusal Why(string code, params ReadOnlySpan<(string, object?)> facts) => Refusal.Of(code, RefusalKind.Unprocessable, facts);
}
