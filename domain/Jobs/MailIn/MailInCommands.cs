using System.Collections.Immutable;

namespace Dispatch.Domain.Jobs;

/// <summary>
/// Give the job this place on a bench. <see cref="Expected"/> is the epoch the proposer planned on. The ledger of the point is asked first and keeps the place until
/// <see cref="HeldUntil"/>. Where it has no place on the day, it chooses the first of <see cref="Later"/> that has one.
/// </summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.book")]
public sealed record BookBench(
    [property: Id(0)] Epoch Expected,
    [property: Id(1)] ServicePointId Point,
    [property: Id(2)] DateOnly BenchDay,
    [property: Id(3)] DateTimeOffset PromisedAt,
    [property: Id(4)] DateTimeOffset HeldUntil,
    [property: Id(5)] ImmutableArray<LaterDay> Later = default) : JobCommand
{
    public ImmutableArray<DateOnly> LaterDays => LaterDay.DaysOf(Later);

    /// <summary>The booking on the day that the point has kept.</summary>
    public BookBench OnDay(DateOnly day) =>
        LaterDay.On(day, BenchDay, Later) is { } later ? this with { BenchDay = day, PromisedAt = later.Until } : this;
}

/// <summary>The point's ledger holds the place of this epoch for good.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.confirmBooking")]
public sealed record ConfirmBooking([property: Id(0)] Epoch Epoch) : JobCommand;

/// <summary>The point's ledger gave the place of this epoch to somebody else before it was confirmed.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.loseBooking")]
public sealed record LoseBooking([property: Id(0)] Epoch Epoch, [property: Id(1)] string Reason) : JobCommand;

/// <summary>A carrier's report. May be repeated and come in any order.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.parcel")]
public sealed record RecordParcel([property: Id(0)] Waybill Waybill, [property: Id(1)] ParcelStatus Status, [property: Id(2)] DateTimeOffset At, [property: Id(3)] string? Text) : JobCommand;

/// <summary>
/// A step at a service point. <see cref="Point"/> is where the person who reports it works; null for a dispatcher, who may report for any.
/// </summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.pointStep")]
public abstract record PointStep([property: Id(0)] ServicePointId? Point, [property: Id(1)] DateTimeOffset OccurredAt) : JobCommand;

/// <summary>The device lies on the counter, from a parcel or from its owner's hands.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.receive")]
public sealed record ReceiveDevice(ServicePointId? Point, DateTimeOffset OccurredAt) : PointStep(Point, OccurredAt);

/// <summary>It was opened and looked at.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.inspect")]
public sealed record InspectDevice(ServicePointId? Point, DateTimeOffset OccurredAt, [property: Id(0)] string Findings) : PointStep(Point, OccurredAt);

/// <summary>Somebody works on it.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.startBench")]
public sealed record StartBench(ServicePointId? Point, DateTimeOffset OccurredAt) : PointStep(Point, OccurredAt);

/// <summary>The work is over; a swap names the number of the unit that is given.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.finishBench")]
public sealed record FinishBench(
    ServicePointId? Point, DateTimeOffset OccurredAt, [property: Id(0)] RepairOutcome Outcome, [property: Id(1)] ImmutableArray<PartQuantity>? PartsUsed, [property: Id(2)] string? Work,
    [property: Id(3)] string? NewSerial = null)
    : PointStep(Point, OccurredAt);

/// <summary>Somebody else has looked at the work; not passed, it goes back on the bench.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.checkRepair")]
public sealed record CheckRepair(ServicePointId? Point, DateTimeOffset OccurredAt, [property: Id(0)] bool Passed, [property: Id(1)] string? Note) : PointStep(Point, OccurredAt);

/// <summary>It is in its box, and the box wants a label.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.pack")]
public sealed record PackDevice(ServicePointId? Point, DateTimeOffset OccurredAt) : PointStep(Point, OccurredAt);

/// <summary>The carrier has taken it.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.ship")]
public sealed record ShipDevice(ServicePointId? Point, DateTimeOffset OccurredAt) : PointStep(Point, OccurredAt);

/// <summary>The customer has the device, or the unit given for it, in their hands; closes the job.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.handOver")]
public sealed record HandOverDevice(ServicePointId? Point, DateTimeOffset OccurredAt) : PointStep(Point, OccurredAt);

/// <summary>The customer says that the device is back; closes the job.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.confirmReturn")]
public sealed record ConfirmReturn : JobCommand;

/// <summary>Time has passed; a delivered job nobody complained of is closed. Asked by the sweep, harmless at any time.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.closeDelivered")]
public sealed record CloseDelivered : JobCommand;
