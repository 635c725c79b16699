using Dispatch.Domain.Messages;

namespace Dispatch.Domain.Tests.Messages;

public class MessageDeciderTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly MessageRules Rules = new(3, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(45), TimeSpan.FromMinutes(2), 2);
    private static readonly JobId Job = new("job_1");
    private static readonly MessageId Id = MessageId.Of(Job, 4, MessageTemplate.Accepted);
    private static readonly QueueMessage Queue = new(Id, new TenantId("main"), Job, new ZoneId("zone_n"), MessageTemplate.Accepted, MessageFacts.None);

    private static MessageState Queued => Then(null, Queue);
    private static MessageState Sent => Then(Queued, new RecordSent(1, "en", "g1"));
    private static MessageState Delivered => Then(Sent, new RecordDelivery(1, true, null));
    private static MessageState Failed => Then(Sent, new RecordDelivery(1, false, MessageRefusals.Undeliverable));

    [Fact]
    public void Id_IsMadeOfJobEventAndTemplate()
    {
        Assert.Equal("msg_1-4-accepted", Id.Value);
        Assert.StartsWith(MessageId.PrefixOf(Job), Id.Value);
        Assert.False(MessageId.Of(new JobId("job_12"), 4, MessageTemplate.Accepted).Value.StartsWith(MessageId.PrefixOf(Job), StringComparison.Ordinal));
    }

    /// <summary>Rows: what is said to it. Columns: queued, sent, delivered, failed. <c>=</c>: nothing changes.</summary>
    [Theory]
    [InlineData("queue", "=", "=", "=", "=")]
    [InlineData("sent", "sent", "sent", "=", "=")]
    [InlineData("tryFailed", "queued", "=", "=", "=")]
    [InlineData("rejected", "failed", "=", "=", "=")]
    [InlineData("abandon", "failed", "=", "=", "=")]
    [InlineData("delivered", "delivered", "delivered", "=", "delivered")]
    [InlineData("undelivered", "failed", "failed", "=", "=")]
    [InlineData("awaited", "=", "sent", "=", "=")]
    [InlineData("resend", "message.not_failed", "message.not_failed", "message.not_failed", "queued")]
    public void EveryCommand_InEveryStatus(string said, params string[] expected)
    {
        MessageCommand command = said switch
        {
            "queue" => Queue,
            "sent" => new RecordSent(1, "en", "g2"),
            "tryFailed" => new RecordTryFailed(1, MessageRefusals.GatewayUnavailable, false),
            "rejected" => new RecordTryFailed(1, MessageRefusals.Rejected, true),
            "abandon" => new AbandonMessage(1, MessageRefusals.NoContact),
            "delivered" => new RecordDelivery(1, true, null),
            "undelivered" => new RecordDelivery(1, false, null),
            "awaited" => new RecordAwaited(1),
            _ => new ResendMessage(),
        };
        foreach ((MessageState state, string want) in new[] { Queued, Sent, Delivered, Failed }.Zip(expected))
        {
            Decision<MessageEvent> decision = Decide(state, command);
            if (want.Contains('.'))
                Assert.Equal(want, decision.Refusal?.Code);
            else if (want == "=")
                Assert.Equal((true, true), (decision.Refusal is null, decision.Events.IsEmpty));
            else
                Assert.Equal(want, Then(state, command).Status.ToString(), ignoreCase: true);
        }
    }

    [Fact]
    public void WhatIsSaidOfAnotherRound_IsNoNews()
    {
        MessageState again = Then(Failed, new ResendMessage());
        Assert.Equal((MessageStatus.Queued, 2, null), (again.Status, again.Round, again.Failure));
        foreach (MessageCommand late in new MessageCommand[] { new RecordSent(1, "en", "g"), new RecordTryFailed(1, "x", true), new AbandonMessage(1, "x"), new RecordDelivery(1, true, null), new RecordAwaited(1) })
            Assert.Empty(Decide(again, late).Events);
        Assert.NotEqual(Failed.Reference, again.Reference);
    }

    [Fact]
    public void FailedTries_PauseLongerEachTime_ThenEndIt_AndAResendBeginsAnew()
    {
        RecordTryFailed failed = new(1, MessageRefusals.GatewayUnavailable, false);
        MessageState one = Then(Queued, failed), two = Then(one, failed), three = Then(two, failed);
        Assert.Equal((Noon.AddSeconds(30), Noon.AddSeconds(45)), (one.DueAt, two.DueAt));
        Assert.Equal((MessageStatus.Failed, null, MessageRefusals.GatewayUnavailable, 3), (three.Status, three.DueAt, three.Failure, three.Attempts));
        MessageState again = Then(Then(three, new ResendMessage()), failed with { Round = 2 });
        Assert.Equal((MessageStatus.Queued, 1, 4), (again.Status, again.Tries, again.Attempts));
    }

    [Fact]
    public void ASilentGateway_IsAskedLessAndLessOften_AndThenNoMore()
    {
        MessageState sent = Sent, asked = Then(sent, new RecordAwaited(1)), last = Then(asked, new RecordAwaited(1));
        Assert.Equal((Noon.AddMinutes(2), Noon.AddMinutes(4), null), (sent.DueAt, asked.DueAt, last.DueAt));
        Assert.Equal(MessageStatus.Sent, last.Status);
    }

    [Fact]
    public void NobodyToSendTo_CountsAsNoAttempt() => Assert.Equal(0, Then(Queued, new AbandonMessage(1, MessageRefusals.NoContact)).Attempts);

    [Fact]
    public void AMessageThatDoesNotExist_IsUnknown() => Assert.Equal("message.unknown", Decide(null, new ResendMessage()).Refusal?.Code);

    private static Decision<MessageEvent> Decide(MessageState? state, MessageCommand command) => MessageDecider.Decide(state, Id, command, Noon, Rules);

    private static MessageState Then(MessageState? state, MessageCommand command)
    {
        Decision<MessageEvent> decision = Decide(state, command);
        Assert.Null(decision.Refusal);
        foreach (MessageEvent fact in decision.Events)
            state = MessageEvolution.Apply(state, fact, Noon);
        return state!;
    }
}
