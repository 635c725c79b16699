using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Links;
using Dispatch.Domain.Jobs.Quotes;

namespace Dispatch.Domain.Messages;

/// <summary>A message an event of a job asks for.</summary>
public sealed record JobMessage(MessageTemplate Template, MessageFacts Facts);

/// <summary>Which events of a job the customer is told of, and with what. Pure. At most one message per event.</summary>
public static class JobMessages
{
    /// <param name="after">The job with the event.</param>
    public static JobMessage? Of(JobState after, JobEvent fact) => fact switch
    {
        JobRequested { Terms: not null } => new(MessageTemplate.Agreed, MessageFacts.None),
        JobRequested => after.Mode.IsVisit()
            ? new(MessageTemplate.Requested, new(Interval: FirstWindow(after)))
            : new(MessageTemplate.RequestedMailIn, MessageFacts.None),
        JobAccepted e => new(MessageTemplate.Accepted, new(ArrivalPromise.Of(after, after.ChangedAt), e.Technician)),
        TechnicianDeparted e => new(MessageTemplate.OnTheWay, new(ArrivalPromise.Of(after, after.ChangedAt), e.Technician)),
        TechnicianArrived e => new(MessageTemplate.Arrived, new(Technician: e.Technician)),
        QuoteGiven { Quote: var quote } => new(MessageTemplate.Quoted, new(Price: new Money(quote.Terms.Total, quote.Terms.Currency), ValidUntil: quote.ValidUntil)),
        QuoteRefused => new(MessageTemplate.QuoteRefused, MessageFacts.None),
        // The customer ended this visit by saying no, and has heard so.
        RepairCompleted when after.Quote is { Status: QuoteStatus.Refused } => null,
        RepairCompleted e => new(e.Outcome switch { RepairOutcome.Repaired => MessageTemplate.Repaired, RepairOutcome.Swapped => MessageTemplate.Swapped, _ => MessageTemplate.NotRepaired }, MessageFacts.None),
        // Only once the place is certain: a label must not be printed for a bench that is then lost.
        BookingConfirmed e => new(Booked(after.Mode), new(Point: e.Point, PromisedAt: after.Booking?.PromisedAt)),
        DeviceReceived e => new(MessageTemplate.Received, new(Point: e.Point)),
        RepairChecked { Passed: true } => new(Done(after), after.Mode.HasParcels() ? MessageFacts.None : new(Point: after.Booking?.Point)),
        DeviceShipped => new(after.Mode.IsSwap() ? MessageTemplate.UnitShipped : MessageTemplate.Shipped, new(PromisedAt: after.Booking?.PromisedAt, Waybill: after.MailIn?.ParcelTo(ParcelDirection.Return)?.Waybill.Value)),
        // The carrier's first word of it; a customer who says so themselves need not be told.
        ParcelMoved { Direction: ParcelDirection.Return, Status: ParcelStatus.Delivered } when after is { MailIn.DeliveredAt: null, Status: JobStatus.Packed or JobStatus.Shipped } =>
            new(MessageTemplate.Delivered, MessageFacts.None),
        JobRescheduled => new(MessageTemplate.Rescheduled, new(Interval: FirstWindow(after))),
        JobCancelled => new(MessageTemplate.Cancelled, MessageFacts.None),
        LinkRenewed => new(MessageTemplate.LinkRenewed, MessageFacts.None),
        _ => null,
    };

    private static MessageTemplate Booked(ServiceMode mode) => mode switch
    {
        ServiceMode.WalkIn => MessageTemplate.BookedAtCounter,
        ServiceMode.PickupReturn => MessageTemplate.BookedCourier,
        ServiceMode.SwapAtPoint => MessageTemplate.UnitKept,
        ServiceMode.SwapByPost => MessageTemplate.UnitBooked,
        _ => MessageTemplate.Booked,
    };

    /// <summary>At the counter the customer is asked to come; otherwise the device does.</summary>
    private static MessageTemplate Done(JobState job) => (job.Outcome == RepairOutcome.Repaired, job.Mode.HasParcels()) switch
    {
        (true, true) => MessageTemplate.BenchRepaired,
        (true, false) => MessageTemplate.ReadyAtCounter,
        (false, true) => MessageTemplate.BenchNotRepaired,
        (false, false) => MessageTemplate.NotRepairedAtCounter,
    };

    /// <summary>The first that is not over.</summary>
    private static TimeWindow? FirstWindow(JobState job) =>
        job.Request.Windows.Where(w => w.To > job.ChangedAt).OrderBy(w => w.From).Select(w => (TimeWindow?)w).FirstOrDefault();
}
