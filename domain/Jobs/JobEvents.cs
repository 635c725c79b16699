using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Jobs.Links;
using Dispatch.Domain.Jobs.Moves;
using Dispatch.Domain.Jobs.Quotes;

namespace Dispatch.Domain.Jobs;

/// <summary>Something that has happened to a job. Absolute, in the past tense, never taken back. The discriminator is the public event type.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.jobEvent")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(JobRequested), "job.requested")]
[JsonDerivedType(typeof(JobTriaged), "job.triaged")]
[JsonDerivedType(typeof(JobQueued), "job.queued")]
[JsonDerivedType(typeof(JobOffered), "job.offered")]
[JsonDerivedType(typeof(JobAccepted), "job.accepted")]
[JsonDerivedType(typeof(OfferDeclined), "job.declined")]
[JsonDerivedType(typeof(OfferExpired), "job.expired")]
[JsonDerivedType(typeof(JobWithdrawn), "job.withdrawn")]
[JsonDerivedType(typeof(JobParked), "job.parked")]
[JsonDerivedType(typeof(JobUnparked), "job.unparked")]
[JsonDerivedType(typeof(JobMoved), "job.moved")]
[JsonDerivedType(typeof(TechnicianDeparted), "job.departed")]
[JsonDerivedType(typeof(TechnicianArrived), "job.arrived")]
[JsonDerivedType(typeof(RepairCompleted), "job.repaired")]
[JsonDerivedType(typeof(AcceptanceSigned), "job.signed")]
[JsonDerivedType(typeof(BenchBooked), "job.booked")]
[JsonDerivedType(typeof(BookingConfirmed), "job.bookingConfirmed")]
[JsonDerivedType(typeof(BookingLost), "job.bookingLost")]
[JsonDerivedType(typeof(BookingWithdrawn), "job.bookingWithdrawn")]
[JsonDerivedType(typeof(ParcelMoved), "job.parcelMoved")]
[JsonDerivedType(typeof(DeviceReceived), "job.received")]
[JsonDerivedType(typeof(DeviceInspected), "job.inspected")]
[JsonDerivedType(typeof(BenchStarted), "job.benchStarted")]
[JsonDerivedType(typeof(BenchFinished), "job.benchFinished")]
[JsonDerivedType(typeof(RepairChecked), "job.checked")]
[JsonDerivedType(typeof(DevicePacked), "job.packed")]
[JsonDerivedType(typeof(DeviceShipped), "job.shipped")]
[JsonDerivedType(typeof(DeviceDelivered), "job.delivered")]
[JsonDerivedType(typeof(QuoteGiven), "job.quoted")]
[JsonDerivedType(typeof(QuoteApproved), "job.quoteApproved")]
[JsonDerivedType(typeof(QuoteRefused), "job.quoteRefused")]
[JsonDerivedType(typeof(QuoteLapsed), "job.quoteLapsed")]
[JsonDerivedType(typeof(DeviceHandedOver), "job.handedOver")]
[JsonDerivedType(typeof(DeviceCorrected), "job.deviceCorrected")]
[JsonDerivedType(typeof(JobClosed), "job.closed")]
[JsonDerivedType(typeof(JobCancelled), "job.cancelled")]
[JsonDerivedType(typeof(JobRescheduled), "job.rescheduled")]
[JsonDerivedType(typeof(JobUnplaced), "job.unplaced")]
[JsonDerivedType(typeof(StaleWorkReported), "job.staleWork")]
[JsonDerivedType(typeof(LinkRenewed), "job.linkRenewed")]
[JsonDerivedType(typeof(LinkWithdrawn), "job.linkWithdrawn")]
public abstract record JobEvent;

/// <param name="Terms">What was agreed, where it was booked and not only asked for.</param>
[GenerateSerializer, Immutable, Alias("dispatch.job.requested")]
public sealed record JobRequested(
    [property: Id(0)] JobId Id, [property: Id(1)] TenantId Tenant, [property: Id(2)] ZoneId Zone, [property: Id(3)] JobRequest Request, [property: Id(4)] DateTimeOffset At,
    [property: Id(5)] AgreedTerms? Terms = null) : JobEvent;

[GenerateSerializer, Immutable, Alias("dispatch.job.triaged")]
public sealed record JobTriaged([property: Id(0)] ServiceNeeds Needs) : JobEvent;

/// <summary>The job waits for a planner; <see cref="Reason"/> says how it came to wait.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.queued")]
public sealed record JobQueued([property: Id(0)] string Reason) : JobEvent;

[GenerateSerializer, Immutable, Alias("dispatch.job.offered")]
public sealed record JobOffered([property: Id(0)] Epoch Epoch, [property: Id(1)] ImmutableArray<Candidate> Candidates, [property: Id(2)] DateTimeOffset ExpiresAt) : JobEvent;

/// <summary><see cref="Released"/>: the other candidates, who no longer have to keep the time free.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.accepted")]
public sealed record JobAccepted([property: Id(0)] Epoch Epoch, [property: Id(1), JsonPropertyName("technicianId")] TechnicianId Technician, [property: Id(2)] ImmutableArray<TechnicianId> Released) : JobEvent;

[GenerateSerializer, Immutable, Alias("dispatch.job.declined")]
public sealed record OfferDeclined([property: Id(0)] Epoch Epoch, [property: Id(1), JsonPropertyName("technicianId")] TechnicianId Technician, [property: Id(2)] string Reason, [property: Id(3)] DateTimeOffset At) : JobEvent;

[GenerateSerializer, Immutable, Alias("dispatch.job.expired")]
public sealed record OfferExpired([property: Id(0)] Epoch Epoch, [property: Id(1)] ImmutableArray<TechnicianId> Technicians, [property: Id(2)] DateTimeOffset At) : JobEvent;

/// <summary>Taken back from everyone who was asked or had it. <see cref="Epoch"/> is the new one, which fences them off.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.withdrawn")]
public sealed record JobWithdrawn([property: Id(0)] Epoch Epoch, [property: Id(1)] ImmutableArray<TechnicianId> From, [property: Id(2)] TechnicianId? LockedTo, [property: Id(3)] string Reason) : JobEvent;

[GenerateSerializer, Immutable, Alias("dispatch.job.departed")]
public sealed record TechnicianDeparted([property: Id(0)] Epoch Epoch, [property: Id(1), JsonPropertyName("technicianId")] TechnicianId Technician, [property: Id(2)] DateTimeOffset At) : JobEvent;

[GenerateSerializer, Immutable, Alias("dispatch.job.arrived")]
public sealed record TechnicianArrived([property: Id(0)] Epoch Epoch, [property: Id(1), JsonPropertyName("technicianId")] TechnicianId Technician, [property: Id(2)] DateTimeOffset At) : JobEvent;

[GenerateSerializer, Immutable, Alias("dispatch.job.repaired")]
public sealed record RepairCompleted(
    [property: Id(0)] Epoch Epoch,
    [property: Id(1), JsonPropertyName("technicianId")] TechnicianId Technician,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] RepairOutcome Outcome,
    [property: Id(4)] ImmutableArray<PartQuantity> PartsUsed,
    [property: Id(5)] string? Work,
    [property: Id(6)] DeviceIdentity? NewUnit = null) : JobEvent;

[GenerateSerializer, Immutable, Alias("dispatch.job.signed")]
public sealed record AcceptanceSigned([property: Id(0)] Epoch Epoch, [property: Id(1), JsonPropertyName("technicianId")] TechnicianId Technician, [property: Id(2)] DateTimeOffset At, [property: Id(3)] string SignatureDigest) : JobEvent;

[GenerateSerializer, Immutable, Alias("dispatch.job.closed")]
public sealed record JobClosed([property: Id(0)] Epoch Epoch, [property: Id(1), JsonPropertyName("technicianId")] TechnicianId? Technician, [property: Id(2)] DateTimeOffset At) : JobEvent;

/// <summary>The device is another one than the job named up to now, or one with a number where it had none.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.deviceCorrected")]
public sealed record DeviceCorrected([property: Id(0)] DeviceRef Device) : JobEvent;

[GenerateSerializer, Immutable, Alias("dispatch.job.cancelled")]
public sealed record JobCancelled([property: Id(0)] Epoch Epoch, [property: Id(1)] string Reason, [property: Id(2)] ImmutableArray<TechnicianId> From) : JobEvent;

[GenerateSerializer, Immutable, Alias("dispatch.job.rescheduled")]
public sealed record JobRescheduled([property: Id(0)] ImmutableArray<TimeWindow> Windows) : JobEvent;

[GenerateSerializer, Immutable, Alias("dispatch.job.unplacedRecorded")]
public sealed record JobUnplaced([property: Id(0)] ImmutableArray<UnplacedCount> Reasons) : JobEvent;

/// <summary>
/// Somebody who no longer had the job says the work is done. It may well be true (an offline phone), so it is kept as a fact for a person
/// to settle; the job itself does not move.
/// </summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.staleWork")]
public sealed record StaleWorkReported([property: Id(0)] Epoch Epoch, [property: Id(1), JsonPropertyName("technicianId")] TechnicianId Technician, [property: Id(2)] DateTimeOffset At, [property: Id(3)] string What) : JobEvent;
