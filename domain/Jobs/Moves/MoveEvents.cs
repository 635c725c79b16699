using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Dispatch.Domain.Jobs.Moves;

/// <summary>A change of plan holds the job until it is decided; who has it stays who has it.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.parked")]
public sealed record JobParked([property: Id(0), JsonPropertyName("planChangeId")] IntentId Intent, [property: Id(1)] DateTimeOffset DecideBy, [property: Id(2)] Candidate? To) : JobEvent;

/// <summary>The change of plan was withdrawn: the job is as it was, under the same epoch.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.unparked")]
public sealed record JobUnparked([property: Id(0), JsonPropertyName("planChangeId")] IntentId Intent) : JobEvent;

/// <summary>
/// A committed change of plan took the job from <see cref="From"/> (nobody, where it waited) to the one candidate, who has it under the new epoch. <see cref="JobAccepted"/>
/// follows, as after any direct assignment.
/// </summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.moved")]
public sealed record JobMoved(
    [property: Id(0)] Epoch Epoch,
    [property: Id(1)] ImmutableArray<TechnicianId> From,
    [property: Id(2)] ImmutableArray<Candidate> Candidates,
    [property: Id(3), JsonPropertyName("planChangeId")] IntentId Intent) : JobEvent;
