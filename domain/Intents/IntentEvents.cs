using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Intents;

/// <summary>Something that has happened to a change of plan. The discriminator is the public event type.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.intentEvent")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(IntentOpened), "intent.opened")]
[JsonDerivedType(typeof(IntentCommitted), "intent.committed")]
[JsonDerivedType(typeof(IntentWithdrawn), "intent.withdrawn")]
public abstract record IntentEvent;

[GenerateSerializer, Immutable, Alias("dispatch.intent.opened")]
public sealed record IntentOpened(
    [property: Id(0)] IntentId Id,
    [property: Id(1)] TenantId Tenant,
    [property: Id(2)] ZoneId Zone,
    [property: Id(3)] ImmutableArray<JobMove> Moves,
    [property: Id(4)] string Reason,
    [property: Id(5)] bool Overrules,
    [property: Id(6)] DateTimeOffset At,
    [property: Id(7)] DateTimeOffset DecideBy) : IntentEvent;

/// <summary>From here on it is true, whatever becomes of whoever still has to be told.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.intent.committed")]
public sealed record IntentCommitted([property: Id(0)] DateTimeOffset At) : IntentEvent;

[GenerateSerializer, Immutable, Alias("dispatch.intent.withdrawn")]
public sealed record IntentWithdrawn([property: Id(0)] Refusal Why, [property: Id(1)] DateTimeOffset At) : IntentEvent;
