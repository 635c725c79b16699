using System.Collections.Immutable;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Jobs.Quotes;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Jobs;

/// <summary>Which unit a swap gives to the customer, and what it takes out of stock. Pure.</summary>
internal static class Swaps
{
    /// <summary>The unit that was given, read from its number; a refusal where the work cannot have ended like this. Nothing of both where nothing was given.</summary>
    public static (DeviceIdentity? Unit, Refusal? Refusal) UnitGiven(JobState job, RepairOutcome outcome, string? newSerial)
    {
        if (outcome != RepairOutcome.Swapped)
            return (null, job.Mode == ServiceMode.SwapByPost ? JobRefusals.OutcomeNotOfMode(job, outcome) : null);
        if (!job.Mode.IsSwap() || DeviceIdentity.Find(job.Request.Device) is not { } old)
            return (null, JobRefusals.OutcomeNotOfMode(job, outcome));
        if (newSerial is null)
            return (null, JobRefusals.NewSerialMissing(job));
        (DeviceIdentity? unit, Refusal? wrong) = old.Another(newSerial);
        return wrong is not null ? (null, wrong) : unit == old ? (null, DeviceRefusals.SameUnit(DeviceId.Derive(job.Tenant, old))) : (unit, null);
    }

    /// <summary>What the work took where nobody says: what was brought for it, but no unit that was not given.</summary>
    public static ImmutableArray<PartQuantity> UsualParts(JobState job, RepairOutcome outcome) => job.Mode.IsSwap() && outcome != RepairOutcome.Swapped ? [] : QuoteDecider.PartsOf(job);
}
