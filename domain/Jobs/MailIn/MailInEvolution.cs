using System.Collections.Immutable;

namespace Dispatch.Domain.Jobs;

/// <summary>What each fact of a job at a service point makes of it; null for a fact that is not one of these.</summary>
internal static class MailInEvolution
{
    public static JobState? Apply(JobState job, JobEvent fact)
    {
        MailIn mail = job.MailIn ?? MailIn.None;
        return fact switch
        {
            BenchBooked e => job with
            {
                Status = JobStatus.Booked,
                Epoch = e.Epoch,
                Unplaced = [],
                MailIn = mail with { Booking = e.Booking, Parcels = e.Waybill is { } waybill ? [new Parcel(ParcelDirection.Inbound, waybill, e.At, [])] : [] },
            },
            BookingConfirmed => job with { MailIn = mail with { Booking = mail.Booking! with { Confirmed = true } } },
            BookingLost e => job with { Epoch = e.Epoch, MailIn = mail with { Booking = null, Parcels = [] } },
            BookingWithdrawn e => job with { Epoch = e.Epoch, MailIn = mail with { Booking = null, Parcels = [] } },
            ParcelMoved e => job with
            {
                // A report that overtakes the point's scan, or comes after it, does not move the job back; where another unit is sent, nothing waits for the old one.
                Status = job.Status == JobStatus.Booked && job.Mode != ServiceMode.SwapByPost && e.Direction == ParcelDirection.Inbound && Parcel.Moves(e.Status) ? JobStatus.InTransit : job.Status,
                MailIn = mail with { Parcels = [.. mail.Parcels.Select(p => p.Waybill == e.Waybill ? p.With(new ParcelEvent(e.Status, e.At, e.Text)) : p)] },
            },
            DeviceReceived => job with { Status = JobStatus.Received },
            DeviceInspected e => job with { Status = JobStatus.Inspected, MailIn = mail with { Findings = e.Findings } },
            BenchStarted => job with { Status = JobStatus.OnBench },
            BenchFinished e => job with { Status = JobStatus.Repaired, Outcome = e.Outcome, PartsUsed = e.PartsUsed, NewUnit = e.NewUnit },
            RepairChecked e => job with { Status = e.Passed ? JobStatus.Checked : JobStatus.OnBench },
            DevicePacked e => job with { Status = JobStatus.Packed, Outcome = job.GoesBackUnrepaired ? RepairOutcome.NotRepaired : job.Outcome, MailIn = mail with { Parcels = mail.Parcels.Add(new Parcel(ParcelDirection.Return, e.Waybill, e.At, [])) } },
            DeviceShipped => job with { Status = JobStatus.Shipped },
            DeviceDelivered e => job with { Status = JobStatus.Delivered, MailIn = mail with { DeliveredAt = e.At } },
            DeviceHandedOver e => job with { Status = JobStatus.Delivered, Outcome = job.GoesBackUnrepaired ? RepairOutcome.NotRepaired : job.Outcome, MailIn = mail with { DeliveredAt = e.At } },
            _ => null,
        };
    }
}
