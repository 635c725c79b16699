using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Dispatch.Domain.Refusals;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Contracts.ServiceDesk;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Grains.ServiceDesk;

/// <summary>What the things of the service desk have in common: their answers are small, nothing of them falls due, and their events name the thing and its status.</summary>
public abstract class DeskGrain<TState, TEvent>(
    IGrainContext context, IPersistentState<GrainRecord<TState, DeskReply, GrainMessage>> record, AggregateServices services)
    : AggregateGrain<TState, TEvent, DeskReply>(context, record, services)
    where TState : class
    where TEvent : class
{
    /// <summary>How events name the thing, for example <c>contactId</c>.</summary>
    protected abstract string IdName { get; }

    protected abstract string StatusOf(TState state);

    public Task<VersionedDesk<TState>?> Get()
    {
        if (Current is { } state)
            return Task.FromResult<VersionedDesk<TState>?>(new VersionedDesk<TState>(state, Version));
        // Anybody may ask for any id; what does not exist is not kept.
        DeactivateOnIdle();
        return Task.FromResult<VersionedDesk<TState>?>(null);
    }

    public Task Wake()
    {
        Sweep();
        EndIfOutdated();
        return Task.CompletedTask;
    }

    protected override DeskReply ReplyOf(Refusal? refusal, TState? state, long version) => new(refusal, state is null ? null : StatusOf(state), version);

    protected override FeedEntry EntryOf(TState after, TEvent fact, long number, DateTimeOffset at, ImmutableArray<string> streams)
    {
        (string type, string data) = EventJson.Write(fact, (IdName, Id), ("status", (JsonNode)StatusOf(after)), ("version", number));
        return new FeedEntry(number, type, at, data, streams);
    }
}
