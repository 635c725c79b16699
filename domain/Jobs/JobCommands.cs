using System.Collections.Immutable;

namespace Dispatch.Domain.Jobs;

/// <summary>What somebody wants of a job. Every one may be repeated, delayed or reordered.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.jobCommand")]
public abstract record JobCommand;

/// <summary>A customer asks for a repair. With needs known it is triaged and queued at once.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.request")]
public sealed record RequestJob([property: Id(0)] JobId Id, [property: Id(1)] TenantId Tenant, [property: Id(2)] ZoneId Zone, [property: Id(3)] JobRequest Request, [property: Id(4)] ServiceNeeds? Needs) : JobCommand;

/// <summary>A person or a rule says what the job needs.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.triage")]
public sealed record TriageJob([property: Id(0)] ServiceNeeds Needs) : JobCommand;

/// <summary>
/// Offer to one or several technicians; the first to accept has it. With <see cref="Direct"/> and one candidate it is assigned without asking.
/// <see cref="Expected"/> is the epoch the proposer planned on.
/// </summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.offer")]
public sealed record OfferJob([property: Id(0)] Epoch Expected, [property: Id(1)] ImmutableArray<Candidate> Candidates, [property: Id(2)] DateTimeOffset ExpiresAt, [property: Id(3)] bool Direct) : JobCommand;

[GenerateSerializer, Immutable, Alias("dispatch.job.accept")]
public sealed record AcceptOffer([property: Id(0)] TechnicianId Technician, [property: Id(1)] Epoch Epoch) : JobCommand;

[GenerateSerializer, Immutable, Alias("dispatch.job.decline")]
public sealed record DeclineOffer([property: Id(0)] TechnicianId Technician, [property: Id(1)] Epoch Epoch, [property: Id(2)] string Reason) : JobCommand;

/// <summary>Time has passed; an offer past its expiry ends. Asked by the sweep, harmless at any time.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.expire")]
public sealed record ExpireOffer : JobCommand;

/// <summary>A step of the technician on the way, told with the time of the technician's own device.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.depart")]
public sealed record Depart([property: Id(0)] TechnicianId Technician, [property: Id(1)] Epoch Epoch, [property: Id(2)] DateTimeOffset OccurredAt) : JobCommand;

/// <inheritdoc cref="Depart"/>
[GenerateSerializer, Immutable, Alias("dispatch.job.arrive")]
public sealed record Arrive([property: Id(0)] TechnicianId Technician, [property: Id(1)] Epoch Epoch, [property: Id(2)] DateTimeOffset OccurredAt) : JobCommand;

/// <summary>The work on site is over, with what was used and how it ended; a swap names the number of the unit that was given.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.repair")]
public sealed record CompleteRepair(
    [property: Id(0)] TechnicianId Technician,
    [property: Id(1)] Epoch Epoch,
    [property: Id(2)] DateTimeOffset OccurredAt,
    [property: Id(3)] RepairOutcome Outcome,
    [property: Id(4)] ImmutableArray<PartQuantity>? PartsUsed,
    [property: Id(5)] string? Work,
    [property: Id(6)] string? NewSerial = null) : JobCommand;

/// <summary>The customer signed for the work. Only a digest of the name is kept with the job.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.sign")]
public sealed record SignAcceptance([property: Id(0)] TechnicianId Technician, [property: Id(1)] Epoch Epoch, [property: Id(2)] DateTimeOffset OccurredAt, [property: Id(3)] string SignatureDigest) : JobCommand;

[GenerateSerializer, Immutable, Alias("dispatch.job.close")]
public sealed record CloseJob([property: Id(0)] TechnicianId? Technician, [property: Id(1)] Epoch Epoch, [property: Id(2)] DateTimeOffset OccurredAt) : JobCommand;

/// <summary>Staff have read the number off the device, or the customer has found it: at any time, after the job has closed too.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.correctDevice")]
public sealed record CorrectDevice([property: Id(0)] DeviceRef Device) : JobCommand;

[GenerateSerializer, Immutable, Alias("dispatch.job.cancel")]
public sealed record CancelJob([property: Id(0)] string Reason) : JobCommand;

/// <summary>Other windows. Whoever has the job is asked anew, because their route was planned for the old ones.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.reschedule")]
public sealed record RescheduleJob([property: Id(0)] ImmutableArray<TimeWindow> Windows, [property: Id(1)] long? ExpectedVersion) : JobCommand;

/// <summary>Take the job from whoever has it; with <see cref="To"/> it may only be planned on that technician.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.reassign")]
public sealed record ReassignJob([property: Id(0)] TechnicianId? To, [property: Id(1)] string Reason, [property: Id(2)] long? ExpectedVersion) : JobCommand;

/// <summary>The planner could not place the job, and why; recorded only when the reasons differ from those known.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.unplaced")]
public sealed record RecordUnplaced([property: Id(0)] Epoch Expected, [property: Id(1)] ImmutableArray<UnplacedCount> Reasons) : JobCommand;
