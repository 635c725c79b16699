using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Technicians;
using Dispatch.Domain.Zones;

namespace Dispatch.Api.Jobs;

/// <summary>
/// When a technician could come if a dispatcher asks them by hand: after everything they are committed to, unless the dispatcher says when to set off. Pure.
/// </summary>
internal static class HandOffer
{
    /// <summary>
    /// The visit, or null if there is no way. Work begins in the first window that can still be met; where none can, on arrival: the dispatcher may know
    /// that late is better than never.
    /// </summary>
    public static Visit? VisitOf(JobState job, TechnicianState technician, ITravel travel, DateTimeOffset now, DateTimeOffset? departAt)
    {
        TechnicianSnapshot free = CommittedDay.Fold(technician, now, travel);
        DateTimeOffset departs = departAt ?? (free.FreeAt > now ? free.FreeAt : now);
        TravelLeg leg = travel.Leg(free.Start, job.Request.Place, departs);
        if (!leg.IsReachable)
            return null;
        DateTimeOffset arrives = departs + leg.Duration, starts = arrives;
        foreach (TimeWindow window in job.Request.Windows.OrderBy(w => w.From))
        {
            if (arrives > window.To)
                continue;
            starts = arrives > window.From ? arrives : window.From;
            break;
        }
        return new Visit(departs, arrives, starts, starts + (job.Needs?.Service ?? TimeSpan.Zero));
    }
}
