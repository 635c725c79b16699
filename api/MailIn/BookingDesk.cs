using Dispatch.Api.Problems;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching.Points;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.ServicePoints;

namespace Dispatch.Api.MailIn;

/// <summary>Prepares a booking by hand: the day and the promise that the planner would have given for this point.</summary>
internal sealed class BookingDesk(MailInRules rules, TimeProvider time)
{
    /// <summary>For how long the place is kept while the booking is written.</summary>
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(30);

    public (BookBench? Command, Refused? Refused) Prepare(JobState job, ServicePointState point, DateOnly? day)
    {
        if (job is not { Mode: ServiceMode.MailIn, Request.Bench: { } bench })
            return (null, Refused.Of(JobRefusals.WrongMode(job)));
        if (job.Needs is not { } needs)
            return (null, Refused.Of(JobRefusals.WrongStatus(job, nameof(JobStatus.Queued))));
        DateTimeOffset now = time.GetUtcNow();
        MailInJob asked = new(job.Id, job.Zone, job.Request.Place, bench, job.Request.Device?.Brand, needs, job.RequestedAt);
        PointVerdict verdict = new PointMatching(rules).Judge(asked, [point], now).Verdicts[0];
        if (verdict.Violation is { } violation && !(day is not null && violation.Code == "point.not_served"))
            return (null, Refused.Of(new Refusal(violation.Code, RefusalKind.Conflict, violation.Facts)));
        double metres = Domain.Geo.LocalMetric.Metres(job.Request.Place, point.Profile.Place);
        DateOnly chosen = day ?? verdict.Option!.Day;
        return (new BookBench(job.Epoch, point.Id, chosen, rules.Promise(point.Profile.Hours, chosen, needs.Service, metres), now + Hold), null);
    }
}
