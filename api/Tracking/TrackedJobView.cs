using Dispatch.Api.Jobs;
using Dispatch.Api.MailIn;
using Dispatch.Api.Quotes;
using Dispatch.Domain.Jobs;

namespace Dispatch.Api.Tracking;

/// <summary>The technician as a customer knows them.</summary>
public sealed record TrackedTechnicianView(string Name);

/// <summary>A job as its customer sees it: no ids of technicians, no plans beyond their own visit.</summary>
public sealed record TrackedJobView(
    string Id,
    JobStatus Status,
    long Version,
    IReadOnlyList<WindowView> Windows,
    WindowView? Arrival,
    TrackedTechnicianView? Technician,
    ServiceMode Mode,
    DateTimeOffset? PromisedAt,
    IReadOnlyList<ParcelView>? Parcels,
    Outcome? Outcome,
    QuoteView? Quote)
{
    /// <param name="now">An arrival that is over by then is not told.</param>
    public static TrackedJobView Of(JobState job, long version, string? technicianName, DateTimeOffset now) => new(
        job.Id.Value,
        job.Status,
        version,
        [.. job.Request.Windows.Select(WindowView.Of)],
        ArrivalPromise.Of(job, now) is { } arrival ? WindowView.Of(arrival) : null,
        job.Assigned is not null && !job.IsEnded && technicianName is not null ? new TrackedTechnicianView(technicianName) : null,
        job.Mode,
        job.Booking is { Confirmed: true } booking ? booking.PromisedAt : null,
        ParcelView.AllOf(job),
        JobView.OutcomeOf(job),
        job.Quote is { } quote ? QuoteView.Of(quote) : null);
}
