using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Technicians.Patches;

namespace Dispatch.Domain.Technicians;

/// <summary>What somebody wants of a technician's time. Every one may be repeated, delayed or reordered.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.technicianCommand")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(RegisterTechnician), "registerTechnician")]
[JsonDerivedType(typeof(SetDuty), "setDuty")]
[JsonDerivedType(typeof(ReserveSlot), "reserveSlot")]
[JsonDerivedType(typeof(ConfirmSlot), "confirmSlot")]
[JsonDerivedType(typeof(ReleaseSlot), "releaseSlot")]
[JsonDerivedType(typeof(RecordProgress), "recordProgress")]
[JsonDerivedType(typeof(FinishSlot), "finishSlot")]
[JsonDerivedType(typeof(ParkPatch), "parkPatch")]
[JsonDerivedType(typeof(SettlePatch), "settlePatch")]
[JsonDerivedType(typeof(OrderDepotCall), "orderDepotCall")]
[JsonDerivedType(typeof(CancelDepotCall), "cancelDepotCall")]
[JsonDerivedType(typeof(DepartToDepot), "departToDepot")]
[JsonDerivedType(typeof(CompleteDepotCall), "completeDepotCall")]
public abstract record TechnicianCommand;

[GenerateSerializer, Immutable, Alias("dispatch.technician.register")]
public sealed record RegisterTechnician([property: Id(0)] TechnicianId Id, [property: Id(1)] TenantId Tenant, [property: Id(2)] TechnicianProfile Profile) : TechnicianCommand;

[GenerateSerializer, Immutable, Alias("dispatch.technician.setDuty")]
public sealed record SetDuty([property: Id(0)] bool OnDuty) : TechnicianCommand;

/// <summary>Keep this time and these parts free for an offer until it expires.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.technician.reserve")]
public sealed record ReserveSlot(
    [property: Id(0)] JobId Job,
    [property: Id(1)] Epoch Epoch,
    [property: Id(2)] Visit Visit,
    [property: Id(3)] Place Place,
    [property: Id(4)] ServiceNeeds Needs,
    [property: Id(5)] DateTimeOffset WindowOpens,
    [property: Id(6)] DateTimeOffset ExpiresAt) : TechnicianCommand;

/// <summary>
/// The technician says yes: the reservation of this epoch no longer lapses. It has to be for the very visit that was offered: of two proposals under one epoch only one was written, and a
/// ledger that kept the time of the other must not be taken for it.
/// </summary>
[GenerateSerializer, Immutable, Alias("dispatch.technician.confirm")]
public sealed record ConfirmSlot([property: Id(0)] JobId Job, [property: Id(1)] Epoch Epoch, [property: Id(2)] Visit Visit) : TechnicianCommand;

/// <summary>The job let go of this technician; everything held for it up to this epoch is free.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.technician.release")]
public sealed record ReleaseSlot([property: Id(0)] JobId Job, [property: Id(1)] Epoch UpTo, [property: Id(2)] string Reason) : TechnicianCommand;

/// <summary>What the technician has reported about a job of theirs.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.technician.progress")]
public sealed record RecordProgress([property: Id(0)] JobId Job, [property: Id(1)] Epoch Epoch, [property: Id(2)] CommitmentStatus Status, [property: Id(3)] DateTimeOffset At) : TechnicianCommand;

/// <summary>The work on a job is over: the time is free and the parts are gone.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.technician.finish")]
public sealed record FinishSlot([property: Id(0)] JobId Job, [property: Id(1)] Epoch Epoch, [property: Id(2)] DateTimeOffset At, [property: Id(3)] ImmutableArray<PartQuantity> PartsUsed) : TechnicianCommand;

/// <summary>Call at the depot next. Refused while the one call of the day is done or another is under way.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.technician.orderDepot")]
public sealed record OrderDepotCall([property: Id(0)] DepotId Depot, [property: Id(1)] Place Place, [property: Id(2)] DateTimeOffset DepartAt) : TechnicianCommand;

/// <summary>The plan no longer needs the call; harmless once under way.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.technician.cancelDepot")]
public sealed record CancelDepotCall([property: Id(0)] int Number) : TechnicianCommand;

[GenerateSerializer, Immutable, Alias("dispatch.technician.departDepot")]
public sealed record DepartToDepot([property: Id(0)] int Number, [property: Id(1)] DateTimeOffset OccurredAt) : TechnicianCommand;

[GenerateSerializer, Immutable, Alias("dispatch.technician.completeDepot")]
public sealed record CompleteDepotCall([property: Id(0)] int Number, [property: Id(1)] DateTimeOffset OccurredAt) : TechnicianCommand;
