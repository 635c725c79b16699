namespace Dispatch.Domain.Messages;

using Decision = Decision<MessageEvent>;

/// <summary>Says what a command does to a message: facts or a refusal. Pure. News about another round than the present one is no news.</summary>
public static class MessageDecider
{
    public static Decision Decide(MessageState? state, MessageId id, MessageCommand command, DateTimeOffset now, MessageRules rules)
    {
        if (command is QueueMessage queue)
            return state is null ? new MessageQueued(queue.Id, queue.Tenant, queue.Job, queue.Zone, queue.Template, queue.Facts, now) : Decision.Nothing;
        if (state is not { } message)
            return MessageRefusals.Unknown(id);
        return command switch
        {
            RecordSent c => Sent(message, c, now, rules),
            RecordTryFailed c => TryFailed(message, c, now, rules),
            AbandonMessage c => c.Round == message.Round && message.Status == MessageStatus.Queued ? new MessageFailed(c.Round, c.Reason, Tried: false) : Decision.Nothing,
            RecordDelivery c => Reported(message, c),
            RecordAwaited c => Awaited(message, c, now, rules),
            ResendMessage => message.Status == MessageStatus.Failed ? new MessageRequeued(message.Round + 1, now) : MessageRefusals.NotFailed(message),
            _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}"),
        };
    }

    /// <summary>Also while sent: a gateway that had forgotten the round was given it again.</summary>
    private static Decision Sent(MessageState message, RecordSent c, DateTimeOffset now, MessageRules rules) =>
        c.Round == message.Round && message.Status is (MessageStatus.Queued or MessageStatus.Sent)
            ? new MessageSent(c.Round, c.Language, c.GatewayId, now + rules.PauseAfterAsk(message.Asks))
            : Decision.Nothing;

    private static Decision TryFailed(MessageState message, RecordTryFailed c, DateTimeOffset now, MessageRules rules)
    {
        if (c.Round != message.Round || message.Status != MessageStatus.Queued)
            return Decision.Nothing;
        int tries = message.Tries + 1;
        return c.ForGood || tries >= rules.MostTries
            ? new MessageFailed(c.Round, c.Reason, Tried: true)
            : new MessageTryFailed(c.Round, c.Reason, now + rules.PauseAfterTry(tries));
    }

    /// <summary>
    /// A report may overtake the answer to the sending, so a queued message takes it too. One that was given up because the gateway kept silent may turn out
    /// to have arrived after all.
    /// </summary>
    private static Decision Reported(MessageState message, RecordDelivery c)
    {
        if (c.Round != message.Round || message.Status == MessageStatus.Delivered)
            return Decision.Nothing;
        if (c.Delivered)
            return new MessageDelivered(c.Round);
        return message.Status == MessageStatus.Failed ? Decision.Nothing : new MessageFailed(c.Round, c.Reason ?? MessageRefusals.Undeliverable, Tried: false);
    }

    private static Decision Awaited(MessageState message, RecordAwaited c, DateTimeOffset now, MessageRules rules)
    {
        if (c.Round != message.Round || message.Status != MessageStatus.Sent)
            return Decision.Nothing;
        int asks = message.Asks + 1;
        return new MessageAwaited(c.Round, asks < rules.MostAsks ? now + rules.PauseAfterAsk(asks) : null);
    }
}
