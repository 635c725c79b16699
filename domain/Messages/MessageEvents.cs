using System.Text.Json.Serialization;

namespace Dispatch.Domain.Messages;

/// <summary>Something that has happened to a message. Holds nothing personal. The discriminator is the event's type.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.messageEvent")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(MessageQueued), "message.queued")]
[JsonDerivedType(typeof(MessageSent), "message.sent")]
[JsonDerivedType(typeof(MessageTryFailed), "message.tryFailed")]
[JsonDerivedType(typeof(MessageAwaited), "message.awaited")]
[JsonDerivedType(typeof(MessageDelivered), "message.delivered")]
[JsonDerivedType(typeof(MessageFailed), "message.failed")]
[JsonDerivedType(typeof(MessageRequeued), "message.requeued")]
public abstract record MessageEvent;

[GenerateSerializer, Immutable, Alias("dispatch.message.queued")]
public sealed record MessageQueued(
    [property: Id(0)] MessageId Id,
    [property: Id(1)] TenantId Tenant,
    [property: Id(2), JsonPropertyName("jobId")] JobId Job,
    [property: Id(3)] ZoneId Zone,
    [property: Id(4)] MessageTemplate Template,
    [property: Id(5)] MessageFacts Facts,
    [property: Id(6)] DateTimeOffset At) : MessageEvent;

/// <summary><see cref="AskAt"/>: when to ask the gateway, should it not have said by itself.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.message.sent")]
public sealed record MessageSent([property: Id(0)] int Round, [property: Id(1)] string Language, [property: Id(2)] string GatewayId, [property: Id(3)] DateTimeOffset AskAt) : MessageEvent;

[GenerateSerializer, Immutable, Alias("dispatch.message.tryFailed")]
public sealed record MessageTryFailed([property: Id(0)] int Round, [property: Id(1)] string Reason, [property: Id(2)] DateTimeOffset NextAt) : MessageEvent;

/// <summary><see cref="AskAt"/> is null once asking has been given up: the message stays as sent.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.message.awaited")]
public sealed record MessageAwaited([property: Id(0)] int Round, [property: Id(1)] DateTimeOffset? AskAt) : MessageEvent;

[GenerateSerializer, Immutable, Alias("dispatch.message.delivered")]
public sealed record MessageDelivered([property: Id(0)] int Round) : MessageEvent;

/// <summary><see cref="Tried"/>: whether a try of its own ended it, rather than a report or the lack of a recipient.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.message.failed")]
public sealed record MessageFailed([property: Id(0)] int Round, [property: Id(1)] string Reason, [property: Id(2)] bool Tried) : MessageEvent;

[GenerateSerializer, Immutable, Alias("dispatch.message.requeued")]
public sealed record MessageRequeued([property: Id(0)] int Round, [property: Id(1)] DateTimeOffset At) : MessageEvent;
