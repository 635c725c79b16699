using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching.Points;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.ServicePoints;

namespace Dispatch.Api.MailIn;

/// <summary>Prepares a booking by hand: the day and the promise that the planner would have given for this point.</summary>
internal sealed class BookingDesk(MailInRules rules, BusinessClock clock)
{
    /// <param name="day">The first day with a free place if left out. Whether that day has one, the point says itself.</param>
    public (BookBench? Command, Refusal? Refusal) Prepare(JobState job, ServicePointState point, DateOnly? day)
    {
        DateTimeOffset now = clock.GetUtcNow();
        OpeningHours hours = point.Profile.Hours;
        // An exchange needs no bench: any working day will do, and whether the unit is there the point says itself.
        if (job.Mode.IsSwap() && !job.Mode.IsVisit() && (day ?? hours.WorkingDayFrom(hours.DayOf(now))) is var given)
            return (new BookBench(job.Epoch, point.Id, given, hours.ClosesAt(given), now + rules.Hold), null);
        if (MailInJob.Of(job) is not { } asked)
            return (null, job.Mode.IsVisit() ? JobRefusals.WrongMode(job) : JobRefusals.WrongStatus(job, nameof(JobStatus.Queued)));
        PointVerdict verdict = new PointMatching(rules).Judge(asked, [point], now).Verdicts[0];
        if (verdict.Violation is { } violation)
            return (null, new Refusal(violation.Code, RefusalKind.Conflict, violation.Facts));
        DateOnly chosen = day ?? verdict.Option!.Day;
        double metres = Domain.Geo.LocalMetric.Metres(asked.Place, point.Profile.Place);
        return (new BookBench(job.Epoch, point.Id, chosen, rules.Promise(hours, chosen, asked.Needs.Service, metres), now + rules.Hold), null);
    }
}
