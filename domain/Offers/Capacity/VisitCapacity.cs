using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Technicians;

namespace Dispatch.Domain.Offers;

/// <summary>How soon a technician on duty could be at the door, after all that is promised to others. Pure. A figure to offer by; the planner has the last word.</summary>
public static class VisitCapacity
{
    /// <param name="technicians">Those of the zone, on duty or not.</param>
    /// <param name="zone">The territory of the place; null outside of all.</param>
    /// <param name="brand">Null where it does not matter.</param>
    public static ModeCapacity Of(
        OfferMode mode, IReadOnlyCollection<TechnicianState> technicians, ServiceNeeds needs, string? brand, ZoneId? zone, Place place, DateTimeOffset now, ITravel travel)
    {
        if (zone is null)
            return No(mode, Refusal.Of("job.outside_territory", RefusalKind.Unprocessable, ("lon", place.Lon), ("lat", place.Lat)));
        (DateTimeOffset Arrives, DateTimeOffset Done)? best = null;
        // The one who came furthest through the conditions says what is lacking.
        (int Passed, Refusal Reason) nearest = (-1, Why("plan.no_technician"));
        foreach (TechnicianState technician in technicians.Where(t => t.OnDuty && t.Profile.Zone == zone).OrderBy(t => t.Id))
        {
            (DateTimeOffset arrives, DateTimeOffset done, int passed, Refusal? reason) = Try(technician, needs, brand, place, now, travel);
            if (reason is not null)
                nearest = passed > nearest.Passed ? (passed, reason) : nearest;
            else if (best is null || arrives < best.Value.Arrives)
                best = (arrives, done);
        }
        return best is { } found ? new ModeCapacity(mode, found.Arrives, found.Done, 0, zone.Value.Value) : No(mode, nearest.Reason);
    }

    private static (DateTimeOffset Arrives, DateTimeOffset Done, int Passed, Refusal? Reason) Try(
        TechnicianState technician, ServiceNeeds needs, string? brand, Place place, DateTimeOffset now, ITravel travel)
    {
        Commitment? last = technician.Commitments.Where(c => !c.HasLapsed(now)).OrderBy(c => c.Visit.FinishAt).LastOrDefault();
        DateTimeOffset free = new[] { now, technician.FreeSince, technician.Profile.Shift.From, last?.Visit.FinishAt ?? now }.Max();
        TravelLeg leg = travel.Leg(last?.Place ?? technician.Place, place, free);
        DateTimeOffset arrives = leg.IsReachable ? free + leg.Duration : free, done = arrives + needs.Service;
        Refusal?[] conditions =
        [
            brand is null || technician.Profile.Authorisations is not { } granted || granted.Any(a => string.Equals(a.Brand, brand, StringComparison.OrdinalIgnoreCase) && a.Until >= arrives)
                ? null : Why("plan.brand_not_authorised", ("brand", brand)),
            needs.Skills.Where(s => !technician.Profile.Skills.Any(own => own.Code == s.Code && own.Level >= s.Level)).Select(s => Why("plan.skill_missing", ("skill", s.Code), ("level", s.Level))).FirstOrDefault(),
            needs.Tools.Where(t => !technician.Profile.Tools.Contains(t)).Select(t => Why("plan.tool_missing", ("tool", t))).FirstOrDefault(),
            needs.Parts.Where(p => Left(technician, p.Code, now) < p.Quantity).Select(p => Why("plan.part_missing", ("part", p.Code))).FirstOrDefault(),
            leg.IsReachable ? null : Why("plan.unreachable"),
            done <= technician.Profile.Shift.To ? null : Why("plan.shift_exceeded"),
        ];
        int passed = Array.FindIndex(conditions, c => c is not null);
        return (arrives, done, passed, passed < 0 ? null : conditions[passed]);
    }

    /// <summary>Units on board that no job holds.</summary>
    private static int Left(TechnicianState technician, string part, DateTimeOffset now) =>
        technician.StockOf(part) - technician.Commitments.Where(c => !c.HasLapsed(now)).SelectMany(c => c.Parts).Where(p => p.Code == part).Sum(p => p.Quantity);

    internal static ModeCapacity No(OfferMode mode, Refusal reason) => new(mode, default, default, 0, null, reason);

    private static Refusal Why(string code, params ReadOnlySpan<(string, object?)> facts) => Refusal.Of(code, RefusalKind.Unprocessable, facts);
}
