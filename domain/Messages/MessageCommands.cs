namespace Dispatch.Domain.Messages;

/// <summary>What somebody wants of a message, or has learned about it. Every one may be repeated, delayed or reordered.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.messageCommand")]
public abstract record MessageCommand;

/// <summary>An event of a job asks for this message. Says nothing new of a message that exists.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.message.queue")]
public sealed record QueueMessage(
    [property: Id(0)] MessageId Id,
    [property: Id(1)] TenantId Tenant,
    [property: Id(2)] JobId Job,
    [property: Id(3)] ZoneId Zone,
    [property: Id(4)] MessageTemplate Template,
    [property: Id(5)] MessageFacts Facts) : MessageCommand;

/// <summary>The gateway has taken this round.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.message.recordSent")]
public sealed record RecordSent([property: Id(0)] int Round, [property: Id(1)] string Language, [property: Id(2)] string GatewayId) : MessageCommand;

/// <summary>The gateway has not taken this round. <see cref="ForGood"/>: nor will it.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.message.recordTryFailed")]
public sealed record RecordTryFailed([property: Id(0)] int Round, [property: Id(1)] string Reason, [property: Id(2)] bool ForGood) : MessageCommand;

/// <summary>There is nobody to send it to.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.message.abandon")]
public sealed record AbandonMessage([property: Id(0)] int Round, [property: Id(1)] string Reason) : MessageCommand;

/// <summary>The gateway says what became of this round. May come before the answer to the sending itself.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.message.recordDelivery")]
public sealed record RecordDelivery([property: Id(0)] int Round, [property: Id(1)] bool Delivered, [property: Id(2)] string? Reason) : MessageCommand;

/// <summary>The gateway was asked and does not know yet, or could not be asked.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.message.recordAwaited")]
public sealed record RecordAwaited([property: Id(0)] int Round) : MessageCommand;

/// <summary>A person wants a failed message sent again.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.message.resend")]
public sealed record ResendMessage : MessageCommand;
