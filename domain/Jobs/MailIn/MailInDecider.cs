using System.Collections.Immutable;
using Dispatch.Domain.Jobs.Quotes;

namespace Dispatch.Domain.Jobs;

using Decision = Decision<JobEvent>;

/// <summary>
/// What a command does to a mail-in job: facts or a refusal. Pure. Whether a bench has room is not known here; the grain asks the point's ledger before it records a booking.
/// </summary>
internal static class MailInDecider
{
    public static Decision Booked(JobState job, BookBench c, DateTimeOffset now)
    {
        if (c.Expected != job.Epoch)
            return c.Expected < job.Epoch ? JobRefusals.EpochStale(job, c.Expected) : JobRefusals.EpochAhead(job, c.Expected);
        if (!job.IsWaiting)
            return JobRefusals.WrongStatus(job, nameof(JobStatus.Queued));
        Booking booking = new(c.Point, c.BenchDay, job.Request.Bench!, c.PromisedAt, Confirmed: false);
        return new BenchBooked(job.Epoch.Next, booking, Waybill.Derive(job.Tenant, job.Id, job.Epoch.Next, ParcelDirection.Inbound), now);
    }

    public static Decision Confirmed(JobState job, ConfirmBooking c) =>
        job.Epoch == c.Epoch && job.Booking is { Confirmed: false } booking ? new BookingConfirmed(c.Epoch, booking.Point) : Decision.Nothing;

    public static Decision Lost(JobState job, LoseBooking c) =>
        job.Epoch == c.Epoch && job.Booking is { Confirmed: false } booking
            ? Decision.Of(new BookingLost(job.Epoch.Next, booking.Point, c.Reason), new JobQueued("booking_lost"))
            : Decision.Nothing;

    public static Decision Withdrawn(JobState job, ReassignJob c) =>
        job.Status == JobStatus.Booked
            ? Decision.Of(new BookingWithdrawn(job.Epoch.Next, job.Booking!.Point, c.Reason), new JobQueued("reassigned"))
            : JobRefusals.WrongStatus(job, nameof(JobStatus.Booked));

    public static Decision Parcel(JobState job, RecordParcel c, DateTimeOffset now, JobRules rules)
    {
        if (job.MailIn?.Find(c.Waybill) is not { } parcel)
            return JobRefusals.WaybillUnknown(job, c.Waybill);
        if (job.Booking is not { Confirmed: true })
            return JobRefusals.BookingUnconfirmed(job);
        if (parcel.Events.Any(e => e.Status == c.Status && e.At == c.At))
            return Decision.Nothing;
        if (c.At > now + rules.DeviceClockAhead)
            return JobRefusals.TimeInFuture(c.At, now);
        if (parcel.Events.Length >= Jobs.Parcel.MostEvents)
            return JobRefusals.TooManyReports(job, c.Waybill);
        ParcelMoved moved = new(parcel.Direction, c.Waybill, c.Status, c.At, c.Text);
        bool arrives = parcel.Direction == ParcelDirection.Return && c.Status == ParcelStatus.Delivered && job.Status is JobStatus.Packed or JobStatus.Shipped;
        return arrives ? Decision.Of(moved, new DeviceDelivered(c.At)) : moved;
    }

    public static Decision Step(JobState job, PointStep c, DateTimeOffset now, JobRules rules)
    {
        if (job.Booking is not { } booking)
            return JobRefusals.WrongStatus(job, nameof(JobStatus.Booked));
        if (c.Point is { } at && at != booking.Point)
            return JobRefusals.NotAtThisPoint(job, at);
        if (c.OccurredAt > now + rules.DeviceClockAhead)
            return JobRefusals.TimeInFuture(c.OccurredAt, now);
        ServicePointId point = booking.Point;
        return c switch
        {
            ReceiveDevice when !booking.Confirmed => JobRefusals.BookingUnconfirmed(job),
            ReceiveDevice => From(job, JobStatus.Received, [JobStatus.Booked, JobStatus.InTransit], new DeviceReceived(point, c.OccurredAt)),
            InspectDevice s => From(job, JobStatus.Inspected, [JobStatus.Received], new DeviceInspected(point, c.OccurredAt, s.Findings)),
            StartBench => QuoteDecider.Unless(QuoteDecider.AgainstWork(job), From(job, JobStatus.OnBench, [JobStatus.Inspected], new BenchStarted(point, c.OccurredAt))),
            FinishBench s => Finished(job, point, s),
            CheckRepair { Passed: true } s => From(job, JobStatus.Checked, [JobStatus.Repaired], new RepairChecked(point, c.OccurredAt, true, s.Note)),
            CheckRepair s => From(job, JobStatus.OnBench, [JobStatus.Repaired], new RepairChecked(point, c.OccurredAt, false, s.Note)),
            PackDevice => From(job, JobStatus.Packed, job.GoesBackUnrepaired ? [JobStatus.Checked, job.Status] : [JobStatus.Checked], new DevicePacked(point, c.OccurredAt, Waybill.Derive(job.Tenant, job.Id, job.Epoch, ParcelDirection.Return))),
            ShipDevice => From(job, JobStatus.Shipped, [JobStatus.Packed], new DeviceShipped(point, c.OccurredAt)),
            _ => throw new InvalidOperationException($"No rule for {c.GetType().Name}"),
        };
    }

    private static Decision Finished(JobState job, ServicePointId point, FinishBench c)
    {
        ImmutableArray<PartQuantity> parts = c.PartsUsed ?? QuoteDecider.PartsOf(job);
        return QuoteDecider.Unless(QuoteDecider.AgainstEnd(job, c.Outcome, parts), From(job, JobStatus.Repaired, [JobStatus.OnBench], new BenchFinished(point, c.OccurredAt, c.Outcome, parts, c.Work)));
    }

    /// <summary>The customer's own word is good from the moment the parcel has left; the carrier's may come late or never.</summary>
    public static Decision Returned(JobState job, DateTimeOffset now) => job.Status switch
    {
        JobStatus.Closed => Decision.Nothing,
        JobStatus.Delivered => new JobClosed(job.Epoch, null, now),
        JobStatus.Shipped => Decision.Of(new DeviceDelivered(now), new JobClosed(job.Epoch, null, now)),
        _ => JobRefusals.WrongStatus(job, nameof(JobStatus.Delivered)),
    };

    public static Decision CloseDelivered(JobState job, DateTimeOffset now, JobRules rules) =>
        job.Status == JobStatus.Delivered && now >= rules.CloseAt(job) ? new JobClosed(job.Epoch, null, now) : Decision.Nothing;

    private static Decision From(JobState job, JobStatus to, ReadOnlySpan<JobStatus> from, JobEvent fact)
    {
        if (job.Status == to)
            return Decision.Nothing;
        return from.Contains(job.Status) ? fact : JobRefusals.WrongStatus(job, from[0].ToString());
    }
}
