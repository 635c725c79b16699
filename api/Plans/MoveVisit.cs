using Dispatch.Api.Jobs;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Technicians;

namespace Dispatch.Api.Plans;

/// <summary>When a technician could do a job that a change of plan brings, on their day as it will be. Pure.</summary>
internal static class MoveVisit
{
    private readonly record struct Stop(Place Place, DateTimeOffset From, DateTimeOffset Until);

    /// <summary>
    /// The visit, or null if there is no way. Without <paramref name="startAt"/> it is in the first gap in which a window of the job can be met and the next stop still reached; where there is none,
    /// after everything else, as an offer by hand. With it, work begins then: whether that time is free is for the ledger to say.
    /// </summary>
    /// <param name="day">The technician without what goes, with what has already come.</param>
    public static Visit? Of(JobState job, TechnicianState day, ITravel travel, DateTimeOffset now, DateTimeOffset? startAt)
    {
        TimeSpan service = job.Needs?.Service ?? TimeSpan.Zero;
        DateTimeOffset free = day.FreeSince > now ? day.FreeSince : now;
        Stop before = new(day.Place, free, free > day.Profile.Shift.From ? free : day.Profile.Shift.From);
        Stop[] stops = [.. day.Commitments.Where(c => !c.HasLapsed(now)).OrderBy(c => c.Visit.StartAt).Select(c => new Stop(c.Place, c.Visit.StartAt, c.Visit.FinishAt > now ? c.Visit.FinishAt : now))];
        foreach (Stop? next in stops.Cast<Stop?>().Append(null))
        {
            TravelLeg leg = travel.Leg(before.Place, job.Request.Place, before.Until);
            if (startAt is { } wanted && (next is null || next.Value.From >= wanted))
                return leg.IsReachable ? new Visit(wanted - leg.Duration, wanted, wanted, wanted + service) : null;
            if (startAt is null && leg.IsReachable && InWindow(job, before.Until + leg.Duration) is { } start && (next is null || Reaches(travel, job, start + service, next.Value)))
                return new Visit(start - leg.Duration, start, start, start + service);
            before = next ?? before;
        }
        return HandOffer.VisitOf(job, day, travel, now, null);
    }

    private static bool Reaches(ITravel travel, JobState job, DateTimeOffset done, Stop next) =>
        travel.Leg(job.Request.Place, next.Place, done) is { IsReachable: true } leg && done + leg.Duration <= next.From;

    /// <summary>When work can begin at the earliest in the first window that is still open on arrival; null if none is.</summary>
    private static DateTimeOffset? InWindow(JobState job, DateTimeOffset arrives)
    {
        foreach (TimeWindow window in job.Request.Windows.OrderBy(w => w.From))
            if (arrives <= window.To)
                return arrives > window.From ? arrives : window.From;
        return null;
    }
}
