using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Quotes;
using Dispatch.Domain.Messages;
using Dispatch.Domain.Offers;
using Dispatch.Domain.ServiceDesk.CallBacks;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Contracts;

namespace Dispatch.Grains.Jobs;

/// <summary>Who learns of a job's events: pure.</summary>
public static class JobOutbox
{
    /// <summary>Technicians, service points and programmes whose ledger has to follow, the register of devices, and the service desk. Releases name the epoch before the event: everything up to it is free.</summary>
    public static ImmutableArray<GrainMessage> Messages(JobState? before, JobEvent fact) => [.. Ledgers(before, fact), .. Programme(before, fact), .. Register(before, fact), .. CallBack(before, fact)];

    private static ImmutableArray<GrainMessage> Ledgers(JobState? before, JobEvent fact)
    {
        Epoch held = before?.Epoch ?? Epoch.Zero;
        return fact switch
        {
            JobAccepted e => Release(e.Released, before!.Id, held, "taken"),
            OfferDeclined e => Release([e.Technician], before!.Id, held, "declined"),
            OfferExpired e => Release(e.Technicians, before!.Id, held, "expired"),
            JobWithdrawn e => Release(e.From, before!.Id, held, e.Reason),
            TechnicianDeparted e => [new TellTechnician(e.Technician, new RecordProgress(before!.Id, e.Epoch, CommitmentStatus.EnRoute, e.At))],
            TechnicianArrived e => [new TellTechnician(e.Technician, new RecordProgress(before!.Id, e.Epoch, CommitmentStatus.OnSite, e.At))],
            BenchBooked e => [new TellPoint(e.Booking.Point, new ConfirmBench(before!.Id, e.Epoch))],
            BookingWithdrawn e => [new TellPoint(e.Point, new ReleaseBench(before!.Id, held, e.Reason))],
            BookingLost e => [new TellPoint(e.Point, new ReleaseBench(before!.Id, held, e.Reason))],
            JobCancelled when before!.Booking is { } booking => [new TellPoint(booking.Point, new ReleaseBench(before.Id, held, "cancelled"))],
            JobCancelled e => Release(e.From, before!.Id, held, "cancelled"),
            QuoteRefused when before!.Booking is { } booking => [new TellPoint(booking.Point, new ReleaseBench(before.Id, held, "quote_refused"))],
            // After a refusal nothing is kept any more; after a silence everything is, because another quote may follow.
            DevicePacked e when before is { GoesBackUnrepaired: true, Quote.Status: QuoteStatus.Lapsed } => [new TellPoint(e.Point, new ReleaseBench(before.Id, held, "returned_unrepaired"))],
            DeviceHandedOver e when before is { GoesBackUnrepaired: true, Quote.Status: QuoteStatus.Lapsed } => [new TellPoint(e.Point, new ReleaseBench(before.Id, held, "returned_unrepaired"))],
            BenchFinished e => [new TellPoint(e.Point, new FinishBenchSlot(before!.Id, held, e.At, e.PartsUsed))],
            RepairCompleted e => [new TellTechnician(e.Technician, new FinishSlot(before!.Id, e.Epoch, e.At, e.PartsUsed))],
            _ => [],
        };
    }

    /// <summary>The visit that a brand pays for lasts as long as the job, and is counted when it closes.</summary>
    private static ImmutableArray<GrainMessage> Programme(JobState? before, JobEvent fact) => (fact, before?.Terms?.Grant) switch
    {
        (JobRequested { Terms.Grant: { } grant } e, _) => [new TellProgramme(grant.Programme, new ConfirmVisit(e.Id, e.Tenant, grant))],
        (JobCancelled, { } grant) => [new TellProgramme(grant.Programme, new ReleaseVisit(before!.Id))],
        (JobClosed, { } grant) => [new TellProgramme(grant.Programme, new SettleVisit(before!.Id))],
        _ => [],
    };

    /// <summary>A unit given for another is entered at once, because its time for repairs begins; the service when the job closes.</summary>
    private static ImmutableArray<GrainMessage> Register(JobState? before, JobEvent fact) => fact switch
    {
        JobClosed e when DeviceHistory.Of(before!, e) is { } served => [new TellDevice(served.Id, served)],
        DeviceCorrected e => [.. DeviceHistory.Moved(before!, e).Select(m => new TellDevice(m.Device, m.Command))],
        RepairCompleted e when DeviceHistory.Swapped(before!, e.NewUnit, e.At) is { } swap => [new TellDevice(swap.Id, swap)],
        BenchFinished e when DeviceHistory.Swapped(before!, e.NewUnit, e.At) is { } swap => [new TellDevice(swap.Id, swap)],
        _ => [],
    };

    /// <summary>Whom the service desk is to call: which call it is follows from the job.</summary>
    private static ImmutableArray<GrainMessage> CallBack(JobState? before, JobEvent fact) =>
        fact is JobClosed e && PlanCallBack.Of(before!.Tenant, before.Id, e.At) is { } plan ? [new TellCallBack(plan.Id, plan)] : [];

    /// <summary>What the customer hears of it, if anything.</summary>
    public static ImmutableArray<GrainMessage> ToCustomer(JobState after, JobEvent fact) =>
        JobMessages.Of(after, fact) is { } message ? [new TellMessage(after.Id, after.Zone, message.Template, message.Facts)] : [];

    /// <summary>The job's own stream, its zone's, and those of every technician and service point the event concerns.</summary>
    public static ImmutableArray<string> StreamsOf(JobState? before, JobState after, JobEvent fact)
    {
        IEnumerable<TechnicianId> technicians = fact switch
        {
            OfferDeclined e => [e.Technician],
            OfferExpired e => e.Technicians,
            JobWithdrawn e => e.From,
            JobCancelled e => e.From,
            StaleWorkReported e => [e.Technician],
            _ => (before?.Candidates ?? []).Concat(after.Candidates).Select(c => c.Technician),
        };
        IEnumerable<ServicePointId> points = new[] { before?.Booking?.Point, after.Booking?.Point }.OfType<ServicePointId>();
        return [Streams.Job(after.Id), Streams.Zone(after.Zone), .. technicians.Distinct().Select(Streams.Technician), .. points.Distinct().Select(Streams.Point)];
    }

    private static ImmutableArray<GrainMessage> Release(ImmutableArray<TechnicianId> from, JobId job, Epoch upTo, string reason) =>
        [.. from.Select(t => new TellTechnician(t, new ReleaseSlot(job, upTo, reason)))];
}
