using System.Collections.Immutable;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Jobs.Quotes;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Jobs;

using Decision = Decision<JobEvent>;

/// <summary>
/// What a command does to a job at a service point: facts or a refusal. Pure. Whether a bench has room is not known here; the grain asks the point's ledger before it records a booking.
/// </summary>
internal static class MailInDecider
{
    public static Decision Booked(JobState job, BookBench c, DateTimeOffset now)
    {
        if (c.Expected != job.Epoch)
            return c.Expected < job.Epoch ? JobRefusals.EpochStale(job, c.Expected) : JobRefusals.EpochAhead(job, c.Expected);
        if (!job.IsWaiting)
            return JobRefusals.WrongStatus(job, nameof(JobStatus.Queued));
        Booking booking = new(c.Point, c.BenchDay, BenchOf(job.Request), c.PromisedAt, Confirmed: false);
        return BookingOf(job.Tenant, job.Id, job.Request, job.Epoch.Next, booking, now);
    }

    /// <summary>The kind of bench whose place is taken; none for an exchange.</summary>
    public static string BenchOf(JobRequest request) => request.Mode.TakesBench() ? request.Bench! : Booking.NoBench;

    public static BenchBooked BookingOf(TenantId tenant, JobId job, JobRequest request, Epoch epoch, Booking booking, DateTimeOffset now) =>
        new(epoch, booking, request.Mode.HasParcels() ? Waybill.Derive(tenant, job, epoch, ParcelDirection.Inbound) : null, now);

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
        ImmutableArray<JobStatus> before = Before(job, c);
        if (before.IsEmpty)
            return JobRefusals.WrongMode(job);
        if (job.Booking is not { } booking)
            return JobRefusals.WrongStatus(job, nameof(JobStatus.Booked));
        if (c.Point is { } at && at != booking.Point)
            return JobRefusals.NotAtThisPoint(job, at);
        if (c.OccurredAt > now + rules.DeviceClockAhead)
            return JobRefusals.TimeInFuture(c.OccurredAt, now);
        // The first thing that happens at the point, whatever it is, needs the place or the unit for good.
        if (before.Contains(JobStatus.Booked) && !booking.Confirmed)
            return JobRefusals.BookingUnconfirmed(job);
        ServicePointId point = booking.Point;
        return c switch
        {
            ReceiveDevice => From(job, JobStatus.Received, before, new DeviceReceived(point, c.OccurredAt)),
            InspectDevice s => From(job, JobStatus.Inspected, before, new DeviceInspected(point, c.OccurredAt, s.Findings)),
            StartBench => QuoteDecider.Unless(QuoteDecider.AgainstWork(job), From(job, JobStatus.OnBench, before, new BenchStarted(point, c.OccurredAt))),
            FinishBench s => Finished(job, s, before, point),
            CheckRepair { Passed: true } s => From(job, JobStatus.Checked, before, new RepairChecked(point, c.OccurredAt, true, s.Note)),
            CheckRepair s => From(job, JobStatus.OnBench, before, new RepairChecked(point, c.OccurredAt, false, s.Note)),
            PackDevice => From(job, JobStatus.Packed, before, new DevicePacked(point, c.OccurredAt, Waybill.Derive(job.Tenant, job.Id, job.Epoch, ParcelDirection.Return))),
            ShipDevice => From(job, JobStatus.Shipped, before, new DeviceShipped(point, c.OccurredAt)),
            HandOverDevice => From(job, JobStatus.Closed, before, new DeviceHandedOver(point, c.OccurredAt), new JobClosed(job.Epoch, null, c.OccurredAt)),
            _ => throw new InvalidOperationException($"No rule for {c.GetType().Name}"),
        };
    }

    /// <summary>
    /// From which status each step may be taken; none where the mode has no such step. A repair goes over the bench and is checked; an exchange at the counter ends with the look at the old
    /// unit; one by post begins with the new unit, because nobody is to wait for the old one. What the customer would not have repaired at that price goes back from where it lies.
    /// </summary>
    private static ImmutableArray<JobStatus> Before(JobState job, PointStep step)
    {
        (bool swap, bool sent, bool counter) = (job.Mode.IsSwap(), job.Mode == ServiceMode.SwapByPost, !job.Mode.HasParcels());
        ImmutableArray<JobStatus> done = [swap ? JobStatus.Repaired : JobStatus.Checked, .. job.GoesBackUnrepaired ? [job.Status] : ImmutableArray<JobStatus>.Empty];
        return step switch
        {
            ReceiveDevice when !sent => [JobStatus.Booked, JobStatus.InTransit],
            InspectDevice when !sent => [JobStatus.Received],
            StartBench when !swap => [JobStatus.Inspected],
            FinishBench => [sent ? JobStatus.Booked : swap ? JobStatus.Inspected : JobStatus.OnBench],
            CheckRepair when !swap => [JobStatus.Repaired],
            PackDevice when !counter => done,
            ShipDevice when !counter => [JobStatus.Packed],
            HandOverDevice when counter => done,
            _ => [],
        };
    }

    private static Decision Finished(JobState job, FinishBench c, ImmutableArray<JobStatus> before, ServicePointId point)
    {
        (DeviceIdentity? unit, Refusal? impossible) = Swaps.UnitGiven(job, c.Outcome, c.NewSerial);
        ImmutableArray<PartQuantity> parts = c.PartsUsed ?? Swaps.UsualParts(job, c.Outcome);
        return QuoteDecider.Unless(
            impossible ?? QuoteDecider.AgainstEnd(job, c.Outcome, parts), From(job, JobStatus.Repaired, before, new BenchFinished(point, c.OccurredAt, c.Outcome, parts, c.Work, unit)));
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

    private static Decision From(JobState job, JobStatus to, ImmutableArray<JobStatus> from, params ImmutableArray<JobEvent> facts)
    {
        if (job.Status == to)
            return Decision.Nothing;
        return from.Contains(job.Status) ? Decision.Of(facts) : JobRefusals.WrongStatus(job, from[0].ToString());
    }
}
