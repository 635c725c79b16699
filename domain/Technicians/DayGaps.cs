using Dispatch.Domain.Geo;

namespace Dispatch.Domain.Technicians;

/// <summary>A stretch of a technician's day between two stops.</summary>
/// <param name="From">Where it begins: the last stop, or where the technician is.</param>
/// <param name="Free">Since when; never before now, and the first not before the shift.</param>
/// <param name="Next">Where the technician has to be after it, and when; null after the last stop.</param>
public readonly record struct DayGap(Place From, DateTimeOffset Free, (Place Place, DateTimeOffset At)? Next)
{
    /// <summary>Whether whoever is done at that place then still reaches the next stop in time.</summary>
    public bool Lets(ITravel travel, Place place, DateTimeOffset done) =>
        Next is not { } next || (travel.Leg(place, next.Place, done) is { IsReachable: true } leg && done + leg.Duration <= next.At);
}

/// <summary>The gaps of a day between all that a technician is committed to, in order of time. Pure.</summary>
public static class DayGaps
{
    public static IEnumerable<DayGap> Of(TechnicianState day, DateTimeOffset now)
    {
        DateTimeOffset free = new[] { now, day.FreeSince, day.Profile.Shift.From }.Max();
        Place from = day.Place;
        foreach (Commitment stop in day.Commitments.Where(c => !c.HasLapsed(now)).OrderBy(c => c.Visit.StartAt))
        {
            // Whoever has set off for it goes nowhere else before.
            if (stop.Status < CommitmentStatus.EnRoute)
                yield return new DayGap(from, free, (stop.Place, stop.Visit.StartAt));
            (from, free) = (stop.Place, stop.Visit.FinishAt > now ? stop.Visit.FinishAt : now);
        }
        yield return new DayGap(from, free, null);
    }
}
