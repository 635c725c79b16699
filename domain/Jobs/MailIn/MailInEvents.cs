using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Devices;

namespace Dispatch.Domain.Jobs;

/// <summary>A place on a bench, or a unit to be given, is the job's; the waybill of the parcel to the point is made with it where there is one.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.booked")]
public sealed record BenchBooked([property: Id(0)] Epoch Epoch, [property: Id(1)] Booking Booking, [property: Id(2)] Waybill? Waybill, [property: Id(3)] DateTimeOffset At) : JobEvent;

[GenerateSerializer, Immutable, Alias("dispatch.job.bookingConfirmed")]
public sealed record BookingConfirmed([property: Id(0)] Epoch Epoch, [property: Id(1), JsonPropertyName("pointId")] ServicePointId Point) : JobEvent;

/// <summary>The place went to somebody else before it was confirmed.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.bookingLost")]
public sealed record BookingLost([property: Id(0)] Epoch Epoch, [property: Id(1), JsonPropertyName("pointId")] ServicePointId Point, [property: Id(2)] string Reason) : JobEvent;

/// <summary>A dispatcher took the job from its service point.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.bookingWithdrawn")]
public sealed record BookingWithdrawn([property: Id(0)] Epoch Epoch, [property: Id(1), JsonPropertyName("pointId")] ServicePointId Point, [property: Id(2)] string Reason) : JobEvent;

[GenerateSerializer, Immutable, Alias("dispatch.job.parcelMoved")]
public sealed record ParcelMoved(
    [property: Id(0)] ParcelDirection Direction,
    [property: Id(1)] Waybill Waybill,
    [property: Id(2), JsonPropertyName("parcelStatus")] ParcelStatus Status,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] string? Text) : JobEvent;

[GenerateSerializer, Immutable, Alias("dispatch.job.received")]
public sealed record DeviceReceived([property: Id(0), JsonPropertyName("pointId")] ServicePointId Point, [property: Id(1)] DateTimeOffset At) : JobEvent;

[GenerateSerializer, Immutable, Alias("dispatch.job.inspected")]
public sealed record DeviceInspected([property: Id(0), JsonPropertyName("pointId")] ServicePointId Point, [property: Id(1)] DateTimeOffset At, [property: Id(2)] string Findings) : JobEvent;

[GenerateSerializer, Immutable, Alias("dispatch.job.benchStarted")]
public sealed record BenchStarted([property: Id(0), JsonPropertyName("pointId")] ServicePointId Point, [property: Id(1)] DateTimeOffset At) : JobEvent;

[GenerateSerializer, Immutable, Alias("dispatch.job.benchFinished")]
public sealed record BenchFinished(
    [property: Id(0), JsonPropertyName("pointId")] ServicePointId Point,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] RepairOutcome Outcome,
    [property: Id(3)] ImmutableArray<PartQuantity> PartsUsed,
    [property: Id(4)] string? Work,
    [property: Id(5)] DeviceIdentity? NewUnit = null) : JobEvent;

[GenerateSerializer, Immutable, Alias("dispatch.job.checked")]
public sealed record RepairChecked(
    [property: Id(0), JsonPropertyName("pointId")] ServicePointId Point, [property: Id(1)] DateTimeOffset At, [property: Id(2)] bool Passed, [property: Id(3)] string? Note) : JobEvent;

/// <summary>Packed for the way back, under this waybill.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.packed")]
public sealed record DevicePacked([property: Id(0), JsonPropertyName("pointId")] ServicePointId Point, [property: Id(1)] DateTimeOffset At, [property: Id(2)] Waybill Waybill) : JobEvent;

[GenerateSerializer, Immutable, Alias("dispatch.job.shipped")]
public sealed record DeviceShipped([property: Id(0), JsonPropertyName("pointId")] ServicePointId Point, [property: Id(1)] DateTimeOffset At) : JobEvent;

[GenerateSerializer, Immutable, Alias("dispatch.job.delivered")]
public sealed record DeviceDelivered([property: Id(0)] DateTimeOffset At) : JobEvent;

/// <summary>The customer took it at the counter.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.handedOver")]
public sealed record DeviceHandedOver([property: Id(0), JsonPropertyName("pointId")] ServicePointId Point, [property: Id(1)] DateTimeOffset At) : JobEvent;
