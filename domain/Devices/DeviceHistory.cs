using System.Collections.Immutable;
using Dispatch.Domain.Calendars;
using Dispatch.Domain.Entitlement;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Quotes;

namespace Dispatch.Domain.Devices;

/// <summary>A device's record as decisions about entitlement read it, and a job's end as the register records it.</summary>
public static class DeviceHistory
{
    /// <summary>What was done to the device, in calendar days of that clock. A repair counts when it ended well or not: what the rules ask is how often it was tried.</summary>
    public static ImmutableArray<PastService> Past(DeviceState device, WallClock clock)
    {
        IEnumerable<PastService> repairs = device.Services.Where(s => s.Outcome is RepairOutcome.Repaired or RepairOutcome.NotRepaired).Select(s => new PastService(PastServiceKind.Repair, clock.DayOf(s.At), s.Fault));
        IEnumerable<PastService> accessories = device.Accessories.Select(a => new PastService(PastServiceKind.AccessoryReplaced, clock.DayOf(a.At), null, a.Accessory));
        IEnumerable<PastService> given = device.ReplacesSince is { } since ? [new PastService(PastServiceKind.UnitExchanged, clock.DayOf(since))] : [];
        return [.. repairs.Concat(accessories).Concat(given).OrderBy(p => p.On).ThenBy(p => p.Kind)];
    }

    /// <summary>What the register is to record of a job that has closed; null where nothing was done or the device has no number.</summary>
    /// <param name="job">The job before it closed.</param>
    public static RecordService? Of(JobState job, JobClosed closed) => Of(job, closed.At);

    /// <summary>
    /// What the register is to change where the device of a closed job is corrected: the service leaves one record and enters the other.
    /// </summary>
    /// <param name="before">The job before the correction.</param>
    public static ImmutableArray<(DeviceId Device, DeviceCommand Command)> Moved(JobState before, DeviceCorrected fact)
    {
        if (before is not { Status: JobStatus.Closed })
            return [];
        JobState after = before with { Request = before.Request with { Device = fact.Device }, DeviceRevision = before.DeviceRevision + 1 };
        DateTimeOffset at = before.Ended ?? before.ChangedAt;
        (RecordService? left, RecordService? entered) = (Of(before, at), Of(after, at));
        IEnumerable<(DeviceId, DeviceCommand)> leaves = left is not null && left.Id != entered?.Id
            ? [(left.Id, new WithdrawService(before.Id, after.DeviceRevision))] : [];
        return [.. leaves, .. entered is null ? [] : new[] { (entered.Id, (DeviceCommand)entered) }];
    }

    private static RecordService? Of(JobState job, DateTimeOffset closedAt)
    {
        if (job.Outcome is null || Known(job) is not { } device)
            return null;
        TechnicianId? technician = job.Mode.IsVisit() && job.Candidates.Length == 1 ? job.Candidates[0].Technician : null;
        // What the customer refused was looked at and not tried: it is in the record, and counts as no repair.
        RepairOutcome? tried = job.Quote is { Status: QuoteStatus.Refused } ? null : job.Outcome;
        DeviceService service = new(
            job.Id, closedAt, job.Request.Category, tried, job.Mode, job.PartsUsed, technician, job.Booking?.Point, device.Profile.Brand,
            job.DeviceRevision);
        return new RecordService(device.Id, job.Tenant, device.Identity, device.Profile, service);
    }

    /// <summary>What the register is to record of a unit given for the device of this job; null where none was, or the device has no number.</summary>
    public static SwapDevice? Swapped(JobState job, DeviceIdentity? unit, DateTimeOffset at) =>
        unit is not null && Known(job) is { } device ? new SwapDevice(device.Id, job.Tenant, device.Identity, device.Profile, unit, at) : null;

    private static (DeviceId Id, DeviceIdentity Identity, DeviceProfile Profile)? Known(JobState job)
    {
        if (DeviceIdentity.Find(job.Request.Device) is not { } identity)
            return null;
        DeviceRef named = job.Request.Device!;
        return (DeviceId.Derive(job.Tenant, identity), identity,
            new DeviceProfile(KindOf(identity, job.Request.Bench), named.Brand, named.Model, null, null, null));
    }

    private static string KindOf(DeviceIdentity identity, string? bench)
    {
        if (identity.Imei is not null)
            return "phone";
        return bench == "camera" ? "camera" : DeviceIdentity.LooksLikeImei(identity.Serial) ? "phone" : "other";
    }
}
