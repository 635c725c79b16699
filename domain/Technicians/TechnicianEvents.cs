using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Technicians.Patches;

namespace Dispatch.Domain.Technicians;

/// <summary>Something that has happened to a technician's day. The discriminator is the public event type.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.technicianEvent")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(TechnicianRegistered), "technician.registered")]
[JsonDerivedType(typeof(DutyChanged), "technician.dutyChanged")]
[JsonDerivedType(typeof(SlotReserved), "technician.reserved")]
[JsonDerivedType(typeof(SlotConfirmed), "technician.confirmed")]
[JsonDerivedType(typeof(SlotReleased), "technician.released")]
[JsonDerivedType(typeof(SlotProgressed), "technician.progressed")]
[JsonDerivedType(typeof(SlotFinished), "technician.finished")]
[JsonDerivedType(typeof(PatchParked), "technician.patchParked")]
[JsonDerivedType(typeof(PatchSettled), "technician.patchSettled")]
[JsonDerivedType(typeof(DepotCallOrdered), "technician.depotOrdered")]
[JsonDerivedType(typeof(DepotCallCancelled), "technician.depotCancelled")]
[JsonDerivedType(typeof(DepotDeparted), "technician.depotDeparted")]
[JsonDerivedType(typeof(DepotCallCompleted), "technician.depotCompleted")]
public abstract record TechnicianEvent;

[GenerateSerializer, Immutable, Alias("dispatch.technician.registered")]
public sealed record TechnicianRegistered([property: Id(0)] TechnicianId Id, [property: Id(1)] TenantId Tenant, [property: Id(2)] TechnicianProfile Profile) : TechnicianEvent;

[GenerateSerializer, Immutable, Alias("dispatch.technician.dutyChanged")]
public sealed record DutyChanged([property: Id(0)] bool OnDuty) : TechnicianEvent;

[GenerateSerializer, Immutable, Alias("dispatch.technician.reserved")]
public sealed record SlotReserved([property: Id(0)] Commitment Commitment) : TechnicianEvent;

[GenerateSerializer, Immutable, Alias("dispatch.technician.confirmed")]
public sealed record SlotConfirmed([property: Id(0), JsonPropertyName("jobId")] JobId Job, [property: Id(1)] Epoch Epoch) : TechnicianEvent;

[GenerateSerializer, Immutable, Alias("dispatch.technician.released")]
public sealed record SlotReleased([property: Id(0), JsonPropertyName("jobId")] JobId Job, [property: Id(1)] Epoch UpTo, [property: Id(2)] string Reason, [property: Id(3)] DateTimeOffset At) : TechnicianEvent;

[GenerateSerializer, Immutable, Alias("dispatch.technician.progressed")]
public sealed record SlotProgressed([property: Id(0), JsonPropertyName("jobId")] JobId Job, [property: Id(1)] Epoch Epoch, [property: Id(2)] CommitmentStatus Status, [property: Id(3)] DateTimeOffset At) : TechnicianEvent;

[GenerateSerializer, Immutable, Alias("dispatch.technician.finished")]
public sealed record SlotFinished(
    [property: Id(0), JsonPropertyName("jobId")] JobId Job,
    [property: Id(1)] Epoch Epoch,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] Place Place,
    [property: Id(4)] ImmutableArray<PartQuantity> PartsUsed) : TechnicianEvent;

[GenerateSerializer, Immutable, Alias("dispatch.technician.depotOrdered")]
public sealed record DepotCallOrdered([property: Id(0)] DepotCall Call) : TechnicianEvent;

[GenerateSerializer, Immutable, Alias("dispatch.technician.depotCancelled")]
public sealed record DepotCallCancelled([property: Id(0)] int Number) : TechnicianEvent;

[GenerateSerializer, Immutable, Alias("dispatch.technician.depotDeparted")]
public sealed record DepotDeparted([property: Id(0)] int Number, [property: Id(1)] DateTimeOffset At) : TechnicianEvent;

[GenerateSerializer, Immutable, Alias("dispatch.technician.depotCompleted")]
public sealed record DepotCallCompleted([property: Id(0)] int Number, [property: Id(1)] Place Place, [property: Id(2)] DateTimeOffset At) : TechnicianEvent;
