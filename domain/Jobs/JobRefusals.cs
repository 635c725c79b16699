using Dispatch.Domain.Jobs.Quotes;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Jobs;

/// <summary>Every no a job can give. Each code is a row of docs/refusals.md.</summary>
public static class JobRefusals
{
    public static Refusal Unknown(JobId id) => Refusal.Of("job.unknown", RefusalKind.Unknown, ("jobId", id));
    public static Refusal EpochStale(JobState job, Epoch given) => Refusal.Of("job.epoch_stale", RefusalKind.Conflict, ("given", given), ("current", job.Epoch), ("status", job.Status));
    public static Refusal EpochAhead(JobState job, Epoch given) => Refusal.Of("job.epoch_unknown", RefusalKind.Conflict, ("given", given), ("current", job.Epoch));
    public static Refusal VersionOutdated(long given, long current) => Refusal.Of("job.version_outdated", RefusalKind.Outdated, ("given", given), ("current", current));
    public static Refusal WrongStatus(JobState job, string wanted) => Refusal.Of("job.wrong_status", RefusalKind.Conflict, ("status", job.Status), ("wanted", wanted));
    public static Refusal NotOffered(JobState job) => Refusal.Of("job.not_offered", RefusalKind.Conflict, ("status", job.Status));
    public static Refusal OfferNotYours(JobState job, TechnicianId technician) => Refusal.Of("job.offer_not_yours", RefusalKind.Conflict, ("technicianId", technician), ("status", job.Status));
    public static Refusal Taken(JobState job) => Refusal.Of("job.taken", RefusalKind.Conflict, ("technicianId", job.Assigned), ("status", job.Status));
    public static Refusal OfferExpired(JobState job) => Refusal.Of("job.offer_expired", RefusalKind.Conflict, ("expiredAt", job.OfferExpiresAt?.ToString("O")));
    public static Refusal NotYours(JobState job, TechnicianId technician) => Refusal.Of("job.not_yours", RefusalKind.Conflict, ("technicianId", technician), ("status", job.Status));
    public static Refusal Ended(JobState job) => Refusal.Of("job.ended", RefusalKind.Conflict, ("status", job.Status));
    public static Refusal TimeInFuture(DateTimeOffset at, DateTimeOffset now) => Refusal.Of("job.time_in_future", RefusalKind.Unprocessable, ("occurredAt", at.ToString("O")), ("now", now.ToString("O")));
    public static Refusal WindowInPast(TimeWindow window, DateTimeOffset now) => Refusal.Of("job.window_in_past", RefusalKind.Unprocessable, ("to", window.To.ToString("O")), ("now", now.ToString("O")));
    public static Refusal WindowReversed(TimeWindow window) => Refusal.Of("job.window_reversed", RefusalKind.Unprocessable, ("from", window.From.ToString("O")), ("to", window.To.ToString("O")));
    public static Refusal NoWindow() => Refusal.Of("job.window_missing", RefusalKind.Invalid);
    public static Refusal NoCandidate() => Refusal.Of("job.no_candidate", RefusalKind.Invalid);
    public static Refusal LockedElsewhere(JobState job) => Refusal.Of("job.locked_elsewhere", RefusalKind.Conflict, ("technicianId", job.LockedTo));
    public static Refusal NoTechnicianFree(JobState job, int asked) => Refusal.Of("job.no_technician_free", RefusalKind.Conflict, ("asked", asked), ("status", job.Status));
    public static Refusal PlanUnderWay(JobState job) => Refusal.Of("job.plan_under_way", RefusalKind.Conflict, ("jobId", job.Id), ("planChangeId", job.Parked?.Intent));
    public static Refusal WrongMode(JobState job) => Refusal.Of("job.wrong_mode", RefusalKind.Conflict, ("mode", job.Mode), ("status", job.Status));
    public static Refusal NothingReserved(ServiceMode mode) => Refusal.Of("job.nothing_reserved", RefusalKind.Invalid, ("mode", mode));
    public static Refusal NewSerialMissing(JobState job) => Refusal.Of("job.new_serial_missing", RefusalKind.Unprocessable, ("mode", job.Mode));
    public static Refusal DeviceSwapped(JobState job) =>
        Refusal.Of("job.device_swapped", RefusalKind.Conflict, ("jobId", job.Id), ("status", job.Status));
    public static Refusal OutcomeNotOfMode(JobState job, RepairOutcome outcome) => Refusal.Of("job.outcome_not_of_mode", RefusalKind.Unprocessable, ("mode", job.Mode), ("outcome", outcome));
    public static Refusal WaybillUnknown(JobState job, Waybill waybill) => Refusal.Of("job.waybill_unknown", RefusalKind.Unknown, ("jobId", job.Id), ("waybill", waybill));
    public static Refusal TooManyReports(JobState job, Waybill waybill) => Refusal.Of("job.too_many_reports", RefusalKind.Unprocessable, ("waybill", waybill), ("most", Parcel.MostEvents));
    public static Refusal NotAtThisPoint(JobState job, ServicePointId given) => Refusal.Of("job.not_at_this_point", RefusalKind.Conflict, ("given", given), ("pointId", job.Booking?.Point));
    public static Refusal BookingUnconfirmed(JobState job) => Refusal.Of("job.booking_unconfirmed", RefusalKind.Conflict, ("pointId", job.Booking?.Point));
    public static Refusal ParcelUnderWay(JobState job) => Refusal.Of("job.parcel_under_way", RefusalKind.Conflict, ("status", job.Status));
    public static Refusal QuoteUnknown(JobState job, int number) => Refusal.Of("job.quote_unknown", RefusalKind.Unknown, ("number", number), ("newest", job.Quote?.Number ?? 0));
    public static Refusal QuoteStale(JobState job, int number, Quote newest) => Refusal.Of("job.quote_stale", RefusalKind.Conflict, ("number", number), ("newest", newest.Number), ("status", job.Status));
    public static Refusal QuoteClosed(JobState job, Quote quote) => Refusal.Of("job.quote_closed", RefusalKind.Conflict, ("number", quote.Number), ("quoteStatus", quote.Status), ("status", job.Status));
    public static Refusal QuoteLapsed(JobState job, Quote quote) =>
        Refusal.Of("job.quote_lapsed", RefusalKind.Conflict, ("number", quote.Number), ("validUntil", quote.ValidUntil.ToString("O")), ("status", job.Status));
    public static Refusal QuoteOpen(JobState job, Quote quote) => Refusal.Of("job.quote_open", RefusalKind.Conflict, ("number", quote.Number), ("validUntil", quote.ValidUntil.ToString("O")), ("status", job.Status));
    public static Refusal QuoteRefused(JobState job, Quote quote) => Refusal.Of("job.quote_refused", RefusalKind.Conflict, ("number", quote.Number), ("status", job.Status));
    public static Refusal QuoteExceeded(JobState job, Quote quote, string part, int used, int agreed) =>
        Refusal.Of("job.quote_exceeded", RefusalKind.Conflict, ("number", quote.Number), ("part", part), ("used", used), ("agreed", agreed), ("status", job.Status));
    public static Refusal QuoteEmpty() => Refusal.Of("job.quote_empty", RefusalKind.Invalid);
    public static Refusal IdTaken(JobId id) => Refusal.Of("operation.key_reused", RefusalKind.Unprocessable, ("jobId", id));
}
