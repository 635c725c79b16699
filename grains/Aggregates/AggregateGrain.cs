using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Messages;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.ServiceDesk.Cases;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Storage;
using Microsoft.Extensions.Logging;

namespace Dispatch.Grains.Aggregates;

/// <summary>What <see cref="AggregateGrain{TState,TEvent,TReply}"/> needs from its host.</summary>
/// <param name="Clock">Business time, by which commands are decided.</param>
/// <param name="Process">Process time: retention of operations and the grace of the outbox.</param>
public sealed record AggregateServices(BusinessClock Clock, TimeProvider Process, IFeedStore Feeds, AggregateOptions Options, ILoggerFactory Logs);

/// <summary>
/// The one shape of every stored grain: a repeated operation gets its first answer; otherwise decide, write once, answer, publish. One write holds
/// state, version, operations and outbox. The outbox is drained beside the turns (docs/decisions/0007): feeds first, then messages to other grains,
/// each at least once and in order, what can wait last; a drained entry leaves the record with the next write.
/// </summary>
public abstract partial class AggregateGrain<TState, TEvent, TReply>(
    IGrainContext context,
    IPersistentState<GrainRecord<TState, TReply, GrainMessage>> record, AggregateServices services) : Grain(context)
    where TState : class
    where TEvent : class
{
    private readonly ILogger log = services.Logs.CreateLogger("Dispatch.Grains." + typeof(TState).Name);
    private TState? durable;
    private long durableVersion;
    private ImmutableArray<OutboxEntry<GrainMessage>> outbox = [];
    private long drainedUpTo;
    private bool draining;
    private bool ended;
    private IGrainTimer? drain;
    private IGrainTimer? settle;
    private IGrainTimer? follow;

    /// <summary>Business time.</summary>
    protected BusinessClock Clock => services.Clock;

    protected TimeProvider Process => services.Process;

    protected IFeedStore Feeds => services.Feeds;

    /// <summary>The state as last written; null before the first command.</summary>
    protected TState? Current => durable;

    /// <summary>The number of the newest event.</summary>
    protected long Version => durableVersion;

    protected TenantId Tenant => GrainKeys.Tenant(this.GetPrimaryKeyString());

    protected string Id => GrainKeys.Id(this.GetPrimaryKeyString());

    /// <summary>The state's name, unique over all grains.</summary>
    protected abstract string StateName { get; }

    protected abstract TState Apply(TState? state, TEvent fact, DateTimeOffset now);

    /// <summary>The streams an event belongs to; <paramref name="before"/> is the state without it.</summary>
    protected abstract ImmutableArray<string> StreamsOf(TState? before, TState after, TEvent fact);

    /// <summary>What other grains must learn of an event.</summary>
    protected virtual ImmutableArray<GrainMessage> MessagesOf(TState? before, TState after, TEvent fact) => [];

    /// <summary>The row of the read model for the state as it now is.</summary>
    protected abstract ViewRow ViewOf(TState state, long version);

    /// <summary>The event as JSON for the streams.</summary>
    protected abstract FeedEntry EntryOf(TState after, TEvent fact, long number, DateTimeOffset at, ImmutableArray<string> streams);

    /// <summary>When, in business time, the state itself wants to be woken; null for never.</summary>
    protected virtual DateTimeOffset? DueOf(TState state) => null;

    protected abstract TReply ReplyOf(Refusal? refusal, TState? state, long version);

    /// <summary>Tells the zone or whoever plans with this state. Called after the feeds have it; may be called again.</summary>
    protected virtual Task Announce(TState state, long version) => Task.CompletedTask;

    /// <summary>Whether the state is about to be written again anyway, so that a drained outbox leaves with that write and not with one of its own.</summary>
    protected virtual bool IsWrittenSoon(TState state) => false;

    /// <summary>A service point has answered what the outbox told it. In a turn of its own, with commands before and after it; may be called again.</summary>
    protected virtual Task Answered(TellPoint told, Refusal? refusal) => Task.CompletedTask;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        TakeDurable();
        if (outbox.Length > 0)
            StartDrain(TimeSpan.Zero);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (!ended && drainedUpTo > 0 && !outbox.IsEmpty && outbox[^1].Event.Number <= drainedUpTo)
            await Settle();
    }

    /// <summary>
    /// The one path of a command: a repeated operation gets its first answer, anything else is decided and written. Nothing is kept of a thing that does not exist, not even the
    /// activation.
    /// </summary>
    protected async Task<TReply> Answer(Operation? operation, Func<DateTimeOffset, Task<Decision<TEvent>>> decide)
    {
        EnsureSound();
        if (Repeated(operation, out TReply first))
            return first;
        DateTimeOffset now = Clock.GetUtcNow();
        Decision<TEvent> decision = await decide(now);
        if (durable is not null || !decision.Events.IsEmpty)
            return await Commit(decision, operation, now);
        DeactivateOnIdle();
        return ReplyOf(decision.Refusal, null, 0);
    }

    /// <summary>The same where deciding asks nobody.</summary>
    protected Task<TReply> Answer(Operation? operation, Func<DateTimeOffset, Decision<TEvent>> decide) => Answer(operation, now => Task.FromResult(decide(now)));

    /// <summary>The recorded answer of this operation, a refusal if its key was used for something else, or null if it is new.</summary>
    private bool Repeated(Operation? operation, out TReply reply)
    {
        reply = default!;
        if (operation is null)
            return false;
        foreach (RecordedOperation<TReply> known in record.State.Operations)
        {
            if (!string.Equals(known.Id, operation.Id.Value, StringComparison.Ordinal))
                continue;
            reply = string.Equals(known.Digest, operation.Digest, StringComparison.Ordinal)
                ? known.Reply
                : ReplyOf(Operation.KeyReused(operation.Id), durable, durableVersion);
            return true;
        }
        return false;
    }

    /// <summary>Applies and writes what was decided, then starts to publish it. The answer is given after the write is durable.</summary>
    protected async Task<TReply> Commit(Decision<TEvent> decision, Operation? operation, DateTimeOffset now)
    {
        TState? state = durable;
        long version = durableVersion;
        ImmutableArray<OutboxEntry<GrainMessage>>.Builder entries = ImmutableArray.CreateBuilder<OutboxEntry<GrainMessage>>();
        foreach (OutboxEntry<GrainMessage> entry in outbox)
            if (entry.Event.Number > drainedUpTo)
                entries.Add(entry);
        foreach (TEvent fact in decision.Events)
        {
            TState? before = state;
            state = Apply(before, fact, now);
            version++;
            entries.Add(new OutboxEntry<GrainMessage>(EntryOf(state, fact, version, now, StreamsOf(before, state, fact)), MessagesOf(before, state, fact)));
        }
        TReply reply = ReplyOf(decision.Refusal, state, version);
        bool remembers = operation is not null && state is not null;
        if (decision.Events.IsEmpty && !remembers)
            return reply;
        await Write(new GrainRecord<TState, TReply, GrainMessage>
        {
            Schema = record.State.Schema,
            State = state,
            Version = version,
            Operations = remembers ? Remember(new RecordedOperation<TReply>(operation!.Id.Value, operation.Digest, Process.GetUtcNow(), reply)) : record.State.Operations,
            Outbox = entries.DrainToImmutable(),
            Unknown = record.State.Unknown,
        });
        if (!decision.Events.IsEmpty)
            StartDrain(TimeSpan.Zero);
        return reply;
    }

    /// <summary>Throws if this activation no longer knows what is durable; the caller's operation may be repeated and meets a fresh one.</summary>
    protected void EnsureSound()
    {
        if (ended)
            throw new OutcomeUnknownException($"{StateName} {this.GetPrimaryKeyString()}: a write failed; this activation has ended");
    }

    /// <summary>Drains what is left, if anything is.</summary>
    protected void Sweep()
    {
        EnsureSound();
        if (!outbox.IsEmpty && outbox[^1].Event.Number > drainedUpTo)
            StartDrain(TimeSpan.Zero);
    }

    /// <summary>
    /// What woke this grain is its stored record. If nothing this activation knows of is due, another one has written since, and this one would believe in what it knows for as long as
    /// it lives, because it never writes: it ends, and the next call reads what is there. One that drains what a killed host left behind was woken before it is due.
    /// </summary>
    protected void EndIfOutdated()
    {
        if (!draining && !IsPast(record.State.DueAt, Clock.GetUtcNow()) && !IsPast(record.State.DrainAt, Process.GetUtcNow()))
            DeactivateOnIdle();

        static bool IsPast(long? due, DateTimeOffset now) => due <= now.ToUnixTimeMilliseconds();
    }

    /// <summary>
    /// A command speaks of something this activation has never heard of, and would come to nothing. Either that is long past and forgotten, or another activation has written since. Writing
    /// what is known tells which: the store refuses whoever is behind, and whoever asked does so again and meets a fresh one.
    /// </summary>
    protected Task ProveCurrent()
    {
        EnsureSound();
        return durable is null ? Task.CompletedTask : Rewrite(Pending());
    }

    private ImmutableArray<RecordedOperation<TReply>> Remember(RecordedOperation<TReply> operation)
    {
        ImmutableArray<RecordedOperation<TReply>> all = record.State.Operations;
        int drop = 0;
        while (all.Length - drop >= services.Options.RememberCount && all[drop].At < operation.At - services.Options.RememberFor)
            drop++;
        return all.RemoveRange(0, drop).Add(operation);
    }

    private async Task Write(GrainRecord<TState, TReply, GrainMessage> next)
    {
        next.DueAt = next.State is { } state ? DueOf(state)?.ToUnixTimeMilliseconds() : null;
        next.DrainAt = next.Outbox.IsEmpty ? null : (Process.GetUtcNow() + services.Options.OutboxGrace).ToUnixTimeMilliseconds();
        record.State = next;
        try
        {
            await record.WriteStateAsync();
        }
        catch (Exception failure)
        {
            // What is in memory may or may not be durable: nobody may act on it.
            ended = true;
            DeactivateOnIdle();
            if (failure is OrleansException)
                throw;
            // A driver's own exception may mean nothing to the caller's process, and its words may say how things look inside.
            LogWriteFailed(log, failure, StateName, this.GetPrimaryKeyString());
            throw new StorageUnavailableException($"{StateName} {this.GetPrimaryKeyString()}: the record could not be written ({failure.GetType().Name})");
        }
        TakeDurable();
    }

    private void TakeDurable()
    {
        durable = record.State.State;
        durableVersion = record.State.Version;
        outbox = record.State.Outbox;
    }

    private void StartDrain(TimeSpan after)
    {
        if (draining || ended)
            return;
        draining = true;
        if (drain is null)
            drain = this.RegisterGrainTimer(Drain, new GrainTimerCreationOptions(after, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
        else
            drain.Change(after, Timeout.InfiniteTimeSpan);
    }

    private async Task Drain(CancellationToken cancellation)
    {
        try
        {
            while (!ended && !cancellation.IsCancellationRequested && Pending() is { IsEmpty: false } pending)
            {
                ImmutableArray<PointAnswer> answers = await Publish(pending, durable!, durableVersion, cancellation);
                if (!answers.IsEmpty)
                {
                    // A drain that called its own grain would wait for itself wherever the grain is about to end: it ends here, and goes on after that turn.
                    StartFollowing(answers, pending[^1].Event.Number);
                    return;
                }
                drainedUpTo = pending[^1].Event.Number;
            }
            draining = false;
            ScheduleSettle();
        }
        catch (Exception failure)
        {
            DrainAgain(failure);
        }
    }

    private void DrainAgain(Exception failure)
    {
        draining = false;
        LogDrainFailed(log, failure, StateName, this.GetPrimaryKeyString());
        StartDrain(services.Options.RetryAfter);
    }

    /// <summary>Has what points answered taken in, in a turn of its own. Until then the entries count as not drained; if this activation ends before, the next one tells again.</summary>
    private void StartFollowing(ImmutableArray<PointAnswer> answers, long upTo)
    {
        follow?.Dispose();
        follow = this.RegisterGrainTimer(_ => Follow(answers, upTo), new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { KeepAlive = true });
    }

    private async Task Follow(ImmutableArray<PointAnswer> answers, long upTo)
    {
        try
        {
            foreach (PointAnswer answer in answers)
                await Answered(answer.Told, answer.Refusal);
            drainedUpTo = upTo;
            draining = false;
            StartDrain(TimeSpan.Zero);
        }
        catch (Exception failure)
        {
            DrainAgain(failure);
        }
    }

    private ImmutableArray<OutboxEntry<GrainMessage>> Pending() => outbox.RemoveAll(entry => entry.Event.Number <= drainedUpTo);

    private readonly record struct PointAnswer(TellPoint Told, Refusal? Refusal);

    /// <returns>What service points said to what they were told.</returns>
    private async Task<ImmutableArray<PointAnswer>> Publish(ImmutableArray<OutboxEntry<GrainMessage>> pending, TState state, long version, CancellationToken cancellation)
    {
        ImmutableArray<PointAnswer>.Builder answers = ImmutableArray.CreateBuilder<PointAnswer>();
        FeedAppend append = new(Tenant, $"{StateName}:{this.GetPrimaryKeyString()}", [.. pending.Select(e => e.Event)], ViewOf(state, version));
        ImmutableArray<SequencedEvent> events = await services.Feeds.Append(append, cancellation);
        foreach (IGrouping<string, SequencedEvent> stream in events.GroupBy(e => e.Stream, StringComparer.Ordinal))
            await GrainFactory.GetGrain<IFeedGrain>(GrainKeys.Of(Tenant, stream.Key)).Publish([.. stream]);
        foreach (OutboxEntry<GrainMessage> entry in pending)
            foreach (GrainMessage message in entry.Messages)
                if (!message.CanWait && await Deliver(message, entry.Event.Number) is { } answer)
                    answers.Add(answer);
        await Announce(state, version);
        (GrainMessage Message, long Number)[] rest =
            [.. pending.SelectMany(entry => entry.Messages.Where(m => m.CanWait).Select(m => (m, entry.Event.Number)))];
        await Task.WhenAll(rest.Where(r => r.Message is not TellDevice)
            .Select(r => Deliver(r.Message, r.Number)).Append(InOrder(rest.Where(r => r.Message is TellDevice))));
        return answers.DrainToImmutable();
    }

    /// <summary>What leaves the record of a device must not overtake what entered it.</summary>
    private async Task<PointAnswer?> InOrder(IEnumerable<(GrainMessage Message, long Number)> messages)
    {
        foreach ((GrainMessage message, long number) in messages)
            await Deliver(message, number);
        return null;
    }

    private async Task<PointAnswer?> Deliver(GrainMessage message, long number)
    {
        switch (message)
        {
            case TellPoint tell:
                Refusal? refusal = (await GrainFactory.GetGrain<Contracts.ServicePoints.IServicePointGrain>(GrainKeys.Of(Tenant, tell.To.Value)).Execute(tell.Command, null)).Refusal;
                return tell.WantsAnswer ? new PointAnswer(tell, refusal) : null;
            case TellTechnician tell:
                await GrainFactory.GetGrain<Contracts.Technicians.ITechnicianGrain>(GrainKeys.Of(Tenant, tell.To.Value)).Execute(tell.Command, null);
                return null;
            case TellJob tell:
                await GrainFactory.GetGrain<Contracts.Jobs.IJobGrain>(GrainKeys.Of(Tenant, tell.To.Value)).Execute(tell.Command, null);
                return null;
            case TellProgramme tell:
                await GrainFactory.GetGrain<Contracts.Programmes.IProgrammeGrain>(GrainKeys.Of(Tenant, tell.To.Value)).Execute(tell.Command);
                return null;
            case TellDevice tell:
                await GrainFactory.GetGrain<Contracts.Devices.IDeviceGrain>(GrainKeys.Of(Tenant, tell.To.Value)).Execute(tell.Command, null);
                return null;
            case TellCallBack tell:
                await GrainFactory.GetGrain<Contracts.ServiceDesk.ICallBackGrain>(GrainKeys.Of(Tenant, tell.To.Value)).Execute(tell.Command, null);
                return null;
            case TellCase tell:
                await Complain(tell.Command);
                return null;
            case TellMessage tell:
                MessageId id = MessageId.Of(tell.Job, number, tell.Template);
                await GrainFactory.GetGrain<Contracts.Messages.IMessageGrain>(GrainKeys.Of(Tenant, id.Value)).Execute(new QueueMessage(id, Tenant, tell.Job, tell.Zone, tell.Template, tell.Facts), null);
                return null;
            default:
                throw new InvalidOperationException($"No way to deliver {message.GetType().Name}");
        }
    }

    /// <summary>Tells the job's complaints in turn, until one is not over or has been told before.</summary>
    private async Task Complain(OpenCase complaint)
    {
        string? refused = CaseRefusals.Over;
        for (int n = 1; refused == CaseRefusals.Over; n++)
        {
            OpenCase told = complaint.AsNumber(n);
            refused = (await GrainFactory.GetGrain<Contracts.ServiceDesk.ICaseGrain>(GrainKeys.Of(Tenant, told.Id.Value)).Execute(told, null)).Refusal?.Code;
        }
    }

    private void ScheduleSettle()
    {
        if (ended)
            return;
        if (settle is null)
            settle = this.RegisterGrainTimer(_ => Settle(), new GrainTimerCreationOptions(services.Options.SettleAfter, Timeout.InfiniteTimeSpan));
        else
            settle.Change(services.Options.SettleAfter, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Removes drained entries for good. A turn of its own, so that it never meets a command's write.</summary>
    private async Task Settle()
    {
        if (ended || outbox.IsEmpty || outbox[^1].Event.Number > drainedUpTo || IsWrittenSoon(durable!))
            return;
        await Rewrite([]);
    }

    private Task Rewrite(ImmutableArray<OutboxEntry<GrainMessage>> left)
    {
        GrainRecord<TState, TReply, GrainMessage> now = record.State;
        return Write(new GrainRecord<TState, TReply, GrainMessage>
        {
            Schema = now.Schema, State = now.State, Version = now.Version, Operations = now.Operations, Outbox = left, Unknown = now.Unknown,
        });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{State} {Key}: the record could not be written; the activation ends")]
    private static partial void LogWriteFailed(ILogger log, Exception failure, string state, string key);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Outbox of {State} {Key} not drained; trying again")]
    private static partial void LogDrainFailed(ILogger log, Exception failure, string state, string key);
}
