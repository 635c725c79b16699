using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;

namespace Dispatch.Domain.Technicians.Patches;

/// <summary>What a ledger holds for a job under this epoch.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.slotRef")]
public readonly record struct SlotRef([property: Id(0), JsonPropertyName("jobId")] JobId Job, [property: Id(1)] Epoch Epoch);

/// <summary>A job that comes to a technician, with what it takes. <see cref="Epoch"/> is the one under which it will be theirs.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.slotAddition")]
public sealed record SlotAddition(
    [property: Id(0)] JobId Job,
    [property: Id(1)] Epoch Epoch,
    [property: Id(2)] Visit Visit,
    [property: Id(3)] Place Place,
    [property: Id(4)] ServiceNeeds Needs,
    [property: Id(5)] DateTimeOffset WindowOpens);

/// <summary>
/// What a change of plan does to one technician's day if it is committed. Until that is known the additions keep their time and parts from everybody else, and what is
/// released stays held.
/// </summary>
/// <param name="DecideBy">From then on the change can only be withdrawn, and whoever needs the room may ask.</param>
[GenerateSerializer, Immutable, Alias("dispatch.parkedPatch")]
public sealed record ParkedPatch(
    [property: Id(0), JsonPropertyName("planChangeId")] IntentId Intent,
    [property: Id(1)] DateTimeOffset DecideBy,
    [property: Id(2)] ImmutableArray<SlotRef> Releases,
    [property: Id(3)] ImmutableArray<Commitment> Additions);

/// <summary>Validate this patch against the day as it is, the releases counting as room, and keep it until the change is decided. Idempotent by intent.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.technician.parkPatch")]
public sealed record ParkPatch(
    [property: Id(0)] IntentId Intent,
    [property: Id(1)] DateTimeOffset DecideBy,
    [property: Id(2)] ImmutableArray<SlotRef> Releases,
    [property: Id(3)] ImmutableArray<SlotAddition> Additions) : TechnicianCommand;

/// <summary>
/// The change of plan is decided: apply the patch whole, or drop it. Idempotent by intent. <see cref="Holds"/> names something that the ledger must hold, or have held, once a
/// committed patch is applied, so that a ledger that never saw the patch cannot say yes.
/// </summary>
[GenerateSerializer, Immutable, Alias("dispatch.technician.settlePatch")]
public sealed record SettlePatch([property: Id(0)] IntentId Intent, [property: Id(1)] bool Committed, [property: Id(2)] SlotRef? Holds) : TechnicianCommand;

[GenerateSerializer, Immutable, Alias("dispatch.technician.patchParked")]
public sealed record PatchParked([property: Id(0)] ParkedPatch Patch) : TechnicianEvent;

/// <summary>With <see cref="Committed"/> the releases are free and the additions firm, at once; otherwise the day is as it was.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.technician.patchSettled")]
public sealed record PatchSettled([property: Id(0)] ParkedPatch Patch, [property: Id(1)] bool Committed, [property: Id(2)] DateTimeOffset At) : TechnicianEvent;
