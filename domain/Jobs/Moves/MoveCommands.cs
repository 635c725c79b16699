namespace Dispatch.Domain.Jobs.Moves;

/// <summary>
/// A change of plan asks the job to stand still until it is decided. Only a job that waits or is accepted can, and only as the change knows it:
/// under <see cref="Expected"/>, with <see cref="From"/> having it, or nobody. Idempotent by intent.
/// </summary>
/// <param name="To">Who is to get it; null to put it back into the queue.</param>
/// <param name="Overrules">A person moves it, who may overrule that the job is kept for one technician; a planner may not.</param>
[GenerateSerializer, Immutable, Alias("dispatch.job.park")]
public sealed record ParkJob(
    [property: Id(0)] IntentId Intent,
    [property: Id(1)] DateTimeOffset DecideBy,
    [property: Id(2)] Epoch Expected,
    [property: Id(3)] TechnicianId? From,
    [property: Id(4)] Candidate? To,
    [property: Id(5)] bool Overrules) : JobCommand;

/// <summary>
/// The change of plan is decided. Idempotent by intent, and nothing to a job that does not wait for it. Where it is committed, the ledger of whoever gets the job
/// holds the time before the job says so.
/// </summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.settleMove")]
public sealed record SettleMove([property: Id(0)] IntentId Intent, [property: Id(1)] bool Committed) : JobCommand;
