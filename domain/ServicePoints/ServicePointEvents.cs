using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Jobs;

namespace Dispatch.Domain.ServicePoints;

/// <summary>Something that has happened to a service point. The discriminator is the public event type.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.servicePointEvent")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(PointDefined), "point.defined")]
[JsonDerivedType(typeof(BenchReserved), "point.reserved")]
[JsonDerivedType(typeof(BenchConfirmed), "point.confirmed")]
[JsonDerivedType(typeof(BenchReleased), "point.released")]
[JsonDerivedType(typeof(BenchSlotFinished), "point.finished")]
public abstract record ServicePointEvent;

[GenerateSerializer, Immutable, Alias("dispatch.point.defined")]
public sealed record PointDefined(
    [property: Id(0)] ServicePointId Id, [property: Id(1)] TenantId Tenant, [property: Id(2)] ServicePointProfile Profile, [property: Id(3)] ImmutableArray<PartQuantity> Stock) : ServicePointEvent;

[GenerateSerializer, Immutable, Alias("dispatch.point.reserved")]
public sealed record BenchReserved([property: Id(0)] BenchSlot Slot) : ServicePointEvent;

[GenerateSerializer, Immutable, Alias("dispatch.point.confirmed")]
public sealed record BenchConfirmed([property: Id(0), JsonPropertyName("jobId")] JobId Job, [property: Id(1)] Epoch Epoch) : ServicePointEvent;

[GenerateSerializer, Immutable, Alias("dispatch.point.released")]
public sealed record BenchReleased([property: Id(0), JsonPropertyName("jobId")] JobId Job, [property: Id(1)] Epoch UpTo, [property: Id(2)] string Reason, [property: Id(3)] DateTimeOffset At) : ServicePointEvent;

[GenerateSerializer, Immutable, Alias("dispatch.point.finished")]
public sealed record BenchSlotFinished(
    [property: Id(0), JsonPropertyName("jobId")] JobId Job, [property: Id(1)] Epoch Epoch, [property: Id(2)] DateTimeOffset At, [property: Id(3)] ImmutableArray<PartQuantity> PartsUsed) : ServicePointEvent;
