using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatch.Domain;
using Dispatch.Domain.Messages;
using Dispatch.Domain.Refusals;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Messages;
using Dispatch.Grains.Contracts.Storage;
using Microsoft.Extensions.Logging;

namespace Dispatch.Grains.Messages;

/// <inheritdoc cref="IMessageGrain"/>
public sealed partial class MessageGrain(
    IGrainContext context,
    [PersistentState("message", "dispatch")] IPersistentState<GrainRecord<MessageState, MessageReply, GrainMessage>> record,
    AggregateServices services,
    MessageServices messages)
    : AggregateGrain<MessageState, MessageEvent, MessageReply>(context, record, services), IMessageGrain
{
    private readonly ILogger log = services.Logs.CreateLogger("Dispatch.Grains.MessageGrain");
    private readonly MessageRules rules = messages.Options.ToRules(services.Clock.Stretch);
    private IGrainTimer? work;
    private bool working;

    protected override string StateName => "message";

    public async Task<MessageReply> Execute(MessageCommand command, Operation? operation)
    {
        MessageReply reply = await Answer(operation, now => MessageDecider.Decide(Current, new MessageId(Id), command, now, rules));
        if (IsDue)
            StartWork();
        return reply;
    }

    public Task<VersionedMessage?> Get() => Task.FromResult(Current is { } message ? new VersionedMessage(message, Version) : null);

    public Task Wake()
    {
        Sweep();
        EndIfOutdated();
        if (IsDue)
            StartWork();
        return Task.CompletedTask;
    }

    private bool IsDue => Current is { DueAt: { } due } && due <= Clock.GetUtcNow();

    private Task<MessageReply> Decide(MessageCommand command)
    {
        DateTimeOffset now = Clock.GetUtcNow();
        return Commit(MessageDecider.Decide(Current, new MessageId(Id), command, now, rules), null, now);
    }

    /// <summary>A turn of its own, so that whoever asked for the message does not wait for a gateway. Lost with the activation; then the due time in the record has it done.</summary>
    private void StartWork()
    {
        if (working)
            return;
        if (work is null)
            work = this.RegisterGrainTimer(_ => Work(), new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        else
            work.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private async Task Work()
    {
        EnsureSound();
        if (!IsDue)
            return;
        working = true;
        try
        {
            if (Current!.Status == MessageStatus.Sent)
                await Ask(Current);
            else if (Current.Status == MessageStatus.Queued)
                await Decide(await Try(Current));
        }
        finally
        {
            working = false;
        }
    }

    /// <summary>Gives the message to the gateway; what came of it as a command.</summary>
    private async Task<MessageCommand> Try(MessageState message)
    {
        try
        {
            if (await messages.Writer.Write(message) is not { } ready)
                return new AbandonMessage(message.Round, MessageRefusals.NoContact);
            GatewayAnswer answer = await Within(cancellation => messages.Gateway.Send(ready, cancellation));
            return answer.GatewayId is { } id
                ? new RecordSent(message.Round, ready.Language, id)
                : new RecordTryFailed(message.Round, MessageRefusals.Rejected, ForGood: true);
        }
        catch (Exception failure)
        {
            // A gateway's own words may hold the number: only the kind of failure is kept.
            LogTryFailed(log, message.Reference, failure.GetType().Name);
            return new RecordTryFailed(message.Round, MessageRefusals.GatewayUnavailable, ForGood: false);
        }
    }

    private async Task Ask(MessageState message)
    {
        GatewayStatus status = GatewayStatus.Pending;
        try
        {
            status = await Within(cancellation => messages.Gateway.Ask(Tenant, message.Reference, message.GatewayId!, cancellation));
        }
        catch (Exception failure)
        {
            LogAskFailed(log, message.Reference, failure.GetType().Name);
        }
        MessageCommand command = status switch
        {
            GatewayStatus.Delivered => new RecordDelivery(message.Round, true, null),
            GatewayStatus.Failed => new RecordDelivery(message.Round, false, MessageRefusals.Undeliverable),
            // The same reference again: if the gateway has it after all, it drops this one.
            GatewayStatus.Unknown => await Try(message) is RecordSent sent ? sent : new RecordAwaited(message.Round),
            _ => new RecordAwaited(message.Round),
        };
        await Decide(command);
    }

    private async Task<T> Within<T>(Func<CancellationToken, Task<T>> call)
    {
        using CancellationTokenSource patience = new(messages.Options.GatewayPatience, Process);
        return await call(patience.Token).WaitAsync(patience.Token);
    }

    protected override MessageState Apply(MessageState? state, MessageEvent fact, DateTimeOffset now) => MessageEvolution.Apply(state, fact, now);

    /// <summary>None: a stream of a job holds what happened to the job. The read model has the message.</summary>
    protected override ImmutableArray<string> StreamsOf(MessageState? before, MessageState after, MessageEvent fact) => [];

    protected override DateTimeOffset? DueOf(MessageState state) => state.DueAt + Clock.Stretch(messages.Options.SweepGrace);

    protected override MessageReply ReplyOf(Refusal? refusal, MessageState? state, long version) => new(refusal, state is null ? null : new VersionedMessage(state, version));

    protected override ViewRow ViewOf(MessageState state, long version) => new(
        "message", state.Id.Value, state.Zone.Value, EventJson.Word(state.Status), state.Status is MessageStatus.Queued or MessageStatus.Sent, null,
        state.CreatedAt, version, JsonSerializer.Serialize(state, StorageJson.Options), "");

    protected override FeedEntry EntryOf(MessageState after, MessageEvent fact, long number, DateTimeOffset at, ImmutableArray<string> streams)
    {
        (string type, string data) = EventJson.Write(fact, ("messageId", after.Id.Value), ("jobId", after.Job.Value), ("status", (JsonNode)EventJson.Word(after.Status)), ("version", number));
        return new FeedEntry(number, type, at, data, streams);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {Reference} could not be given to the gateway ({Kind}); it is tried again")]
    private static partial void LogTryFailed(ILogger log, MessageReference reference, string kind);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The gateway could not be asked about message {Reference} ({Kind}); it is asked again")]
    private static partial void LogAskFailed(ILogger log, MessageReference reference, string kind);
}
