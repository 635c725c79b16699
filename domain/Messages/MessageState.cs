namespace Dispatch.Domain.Messages;

/// <summary>Where a message stands. <see cref="Failed"/> ends it until somebody sends it again.</summary>
[GenerateSerializer, Alias("dispatch.messageStatus")]
public enum MessageStatus
{
    /// <summary>To be given to the gateway, for the first time or again.</summary>
    Queued,
    /// <summary>The gateway has it.</summary>
    Sent,
    /// <summary>It is on the customer's phone.</summary>
    Delivered,
    /// <summary>It will not arrive by itself; <see cref="MessageState.Failure"/> says why.</summary>
    Failed,
}

/// <summary>What a text is made of, as far as it is not personal: names, phone numbers and links are looked up when the text is made.</summary>
/// <param name="Interval">When work may begin, or when the technician is to be expected.</param>
/// <param name="PromisedAt">When a mailed-in device is back at the latest.</param>
/// <param name="Waybill">Of the parcel on its way back.</param>
/// <param name="Price">Of the quote, in all.</param>
/// <param name="ValidUntil">Until when the quote can be answered.</param>
[GenerateSerializer, Immutable, Alias("dispatch.messageFacts")]
public sealed record MessageFacts(
    [property: Id(0)] TimeWindow? Interval = null,
    [property: Id(1)] TechnicianId? Technician = null,
    [property: Id(2)] ServicePointId? Point = null,
    [property: Id(3)] DateTimeOffset? PromisedAt = null,
    [property: Id(4)] string? Waybill = null,
    [property: Id(5)] Money? Price = null,
    [property: Id(6)] DateTimeOffset? ValidUntil = null)
{
    public static MessageFacts None { get; } = new();

    /// <summary>
    /// What can be said at a moment: an interval that is over is not told, however long the message waited for a gateway.
    /// </summary>
    public MessageFacts ToldAt(DateTimeOffset now) => Interval is { } interval && interval.To <= now ? this with { Interval = null } : this;
}

/// <summary>Everything decisions about a message need, and what its text is made of.</summary>
/// <param name="Round">Which sending this is: 1, and one more each time somebody sends it again. A gateway gets each round once, however often it is tried.</param>
/// <param name="Tries">How often this round was given to the gateway.</param>
/// <param name="Attempts">How often it was given to the gateway in all.</param>
/// <param name="Asks">How often the gateway was asked what became of it, in this round.</param>
/// <param name="Language">In which it was sent; null before the first time.</param>
/// <param name="GatewayId">By which the gateway knows this round.</param>
/// <param name="DueAt">When it is to be tried, or the gateway to be asked; null if neither.</param>
/// <param name="Failure">A code of docs/refusals.md; of the last try while queued again.</param>
/// <param name="SentAt">When a gateway took it last; null before, and in records from before it was kept.</param>
[GenerateSerializer, Immutable, Alias("dispatch.messageState")]
public sealed record MessageState(
    [property: Id(0)] MessageId Id,
    [property: Id(1)] TenantId Tenant,
    [property: Id(2)] JobId Job,
    [property: Id(3)] ZoneId Zone,
    [property: Id(4)] MessageTemplate Template,
    [property: Id(5)] MessageFacts Facts,
    [property: Id(6)] MessageStatus Status,
    [property: Id(7)] int Round,
    [property: Id(8)] int Tries,
    [property: Id(9)] int Attempts,
    [property: Id(10)] int Asks,
    [property: Id(11)] string? Language,
    [property: Id(12)] string? GatewayId,
    [property: Id(13)] DateTimeOffset? DueAt,
    [property: Id(14)] string? Failure,
    [property: Id(15)] DateTimeOffset CreatedAt,
    [property: Id(16)] DateTimeOffset ChangedAt,
    [property: Id(17)] DateTimeOffset? SentAt = null)
{
    /// <summary>
    /// The moment by which it is read: while it waits to be sent that of the reading, afterwards that of the sending, so that it reads as
    /// it was sent.
    /// </summary>
    public DateTimeOffset ReadAt(DateTimeOffset now) => Status == MessageStatus.Queued ? now : SentAt ?? CreatedAt;

    /// <summary>By which a gateway tells this round from every other message and drops a repetition.</summary>
    public MessageReference Reference => new(Id, Round);
}

/// <summary>A message and its round: what is sent at most once.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.messageReference")]
public readonly record struct MessageReference([property: Id(0)] MessageId Message, [property: Id(1)] int Round)
{
    public override string ToString() => $"{Message}.{Round.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
}
