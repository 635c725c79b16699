namespace Dispatch.Domain.Messages;

/// <summary>What each fact makes of a message. The same function serves writing and replay.</summary>
public static class MessageEvolution
{
    public static MessageState Apply(MessageState? state, MessageEvent fact, DateTimeOffset now)
    {
        if (fact is MessageQueued q)
            return new MessageState(q.Id, q.Tenant, q.Job, q.Zone, q.Template, q.Facts, MessageStatus.Queued, 1, 0, 0, 0, null, null, q.At, null, q.At, now);
        if (state is not { } message)
            throw new InvalidOperationException($"{fact.GetType().Name} before the message was queued");
        MessageState changed = fact switch
        {
            MessageSent e => Tried(message) with
            {
                Status = MessageStatus.Sent,
                Language = e.Language,
                GatewayId = e.GatewayId,
                DueAt = e.AskAt,
                Failure = null,
                SentAt = now,
            },
            MessageTryFailed e => Tried(message) with { DueAt = e.NextAt, Failure = e.Reason },
            MessageAwaited e => message with { Asks = message.Asks + 1, DueAt = e.AskAt },
            MessageDelivered => message with { Status = MessageStatus.Delivered, DueAt = null, Failure = null },
            MessageFailed e => (e.Tried ? Tried(message) : message) with { Status = MessageStatus.Failed, DueAt = null, Failure = e.Reason },
            MessageRequeued e => message with { Status = MessageStatus.Queued, Round = e.Round, Tries = 0, Asks = 0, GatewayId = null, DueAt = e.At, Failure = null },
            _ => throw new InvalidOperationException($"No rule for {fact.GetType().Name}"),
        };
        return changed with { ChangedAt = now };
    }

    private static MessageState Tried(MessageState message) => message with { Tries = message.Tries + 1, Attempts = message.Attempts + 1 };
}
