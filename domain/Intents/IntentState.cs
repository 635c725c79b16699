using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Intents;

/// <summary>Where a change of plan stands. From <see cref="Open"/> it goes to exactly one of the others, once.</summary>
[GenerateSerializer, Alias("dispatch.intentStatus")]
public enum IntentStatus { Open, Committed, Withdrawn }

/// <summary>One job goes from whoever has it to somebody else, or to another time with the same technician.</summary>
/// <param name="Epoch">The job's, as the planner knows it; under any other the whole change is refused.</param>
/// <param name="From">Who has it; null for a job that waits.</param>
/// <param name="To">Who is to get it; null to put it back into the queue.</param>
/// <param name="Visit">Planned for <paramref name="To"/>; null where that is.</param>
[GenerateSerializer, Immutable, Alias("dispatch.jobMove")]
public sealed record JobMove(
    [property: Id(0), JsonPropertyName("jobId")] JobId Job,
    [property: Id(1)] Epoch Epoch,
    [property: Id(2)] TechnicianId? From,
    [property: Id(3)] TechnicianId? To,
    [property: Id(4)] Visit? Visit);

/// <summary>A change of plan that is applied whole or not at all: what it wants, until when it may be decided, and what became of it.</summary>
/// <param name="Overrules">A person asked for it, who may overrule that a job is kept for one technician.</param>
/// <param name="Why">What withdrew it; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("dispatch.intentState")]
public sealed record IntentState(
    [property: Id(0)] IntentId Id,
    [property: Id(1)] TenantId Tenant,
    [property: Id(2)] ZoneId Zone,
    [property: Id(3)] ImmutableArray<JobMove> Moves,
    [property: Id(4)] string Reason,
    [property: Id(5)] bool Overrules,
    [property: Id(6)] IntentStatus Status,
    [property: Id(7)] DateTimeOffset OpenedAt,
    [property: Id(8)] DateTimeOffset DecideBy,
    [property: Id(9)] DateTimeOffset? DecidedAt,
    [property: Id(10)] Refusal? Why);
