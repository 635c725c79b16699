namespace Dispatch.Domain.Jobs.Moves;

/// <summary>Where a change of plan takes a job if it is committed. The job keeps everything as it is until it knows.</summary>
/// <param name="DecideBy">From then on the change can only be withdrawn, and whoever needs the job may ask.</param>
/// <param name="To">Who gets it, with the visit planned for them; null to put it back into the queue.</param>
[GenerateSerializer, Immutable, Alias("dispatch.parkedMove")]
public sealed record ParkedMove([property: Id(0)] IntentId Intent, [property: Id(1)] DateTimeOffset DecideBy, [property: Id(2)] Candidate? To);
