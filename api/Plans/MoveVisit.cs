using Dispatch.Api.Jobs;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Technicians;

namespace Dispatch.Api.Plans;

/// <summary>When a technician could do a job that a change of plan brings, on their day as it will be. Pure.</summary>
internal static class MoveVisit
{
    /// <summary>
    /// The visit, or null if there is no way. Without <paramref name="startAt"/> it is in the first gap in which a window of the job can be met and the next stop still reached; where there is none,
    /// after everything else, as an offer by hand. With it, work begins then: whether that time is free is for the ledger to say.
    /// </summary>
    /// <param name="day">The technician without what goes, with what has already come.</param>
    public static Visit? Of(JobState job, TechnicianState day, ITravel travel, DateTimeOffset now, DateTimeOffset? startAt)
    {
        TimeSpan service = job.Needs?.Service ?? TimeSpan.Zero;
        foreach (DayGap gap in DayGaps.Of(day, now))
        {
            TravelLeg leg = travel.Leg(gap.From, job.Request.Place, gap.Free);
            if (startAt is { } wanted && (gap.Next is null || gap.Next.Value.At >= wanted))
                return leg.IsReachable ? new Visit(wanted - leg.Duration, wanted, wanted, wanted + service) : null;
            if (startAt is null && leg.IsReachable && InWindow(job, gap.Free + leg.Duration) is { } start && gap.Lets(travel, job.Request.Place, start + service))
                return new Visit(start - leg.Duration, start, start, start + service);
        }
        return HandOffer.VisitOf(job, day, travel, now, null);
    }

    /// <summary>When work can begin at the earliest in the first window that is still open on arrival; null if none is.</summary>
    private static DateTimeOffset? InWindow(JobState job, DateTimeOffset arrives)
    {
        foreach (TimeWindow window in job.Request.Windows.OrderBy(w => w.From))
            if (arrives <= window.To)
                return arrives > window.From ? arrives : window.From;
        return null;
    }
}
