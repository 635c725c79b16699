using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Offers;
using Dispatch.Domain.Refusals;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Programmes;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Grains.Programmes;

/// <inheritdoc cref="IProgrammeGrain"/>
public sealed class ProgrammeGrain(
    IGrainContext context,
    [PersistentState("programme", "dispatch")] IPersistentState<GrainRecord<ProgrammeState, ProgrammeReply, GrainMessage>> record,
    AggregateServices services)
    : AggregateGrain<ProgrammeState, ProgrammeEvent, ProgrammeReply>(context, record, services), IProgrammeGrain
{
    protected override string StateName => "programme";

    public Task<ProgrammeReply> Execute(ProgrammeCommand command) => Answer(null, now => ProgrammeDecider.Decide(Current, command, now));

    public Task<ProgrammeUse?> Use()
    {
        if (Current is null)
            DeactivateOnIdle();
        return Task.FromResult(Current?.Use(Clock.GetUtcNow()));
    }

    public Task Wake()
    {
        Sweep();
        EndIfOutdated();
        return Task.CompletedTask;
    }

    protected override ProgrammeState Apply(ProgrammeState? state, ProgrammeEvent fact, DateTimeOffset now) => ProgrammeEvolution.Apply(state, fact, now);

    protected override ImmutableArray<string> StreamsOf(ProgrammeState? before, ProgrammeState after, ProgrammeEvent fact) => [Streams.Programme(after.Id)];

    protected override ProgrammeReply ReplyOf(Refusal? refusal, ProgrammeState? state, long version) => new(refusal, version);

    protected override ViewRow ViewOf(ProgrammeState state, long version) => new(
        "programme", state.Id.Value, state.Id.Region, "active", false, null, DateTimeOffset.UnixEpoch, version, JsonSerializer.Serialize(state, StorageJson.Options), state.Id.Code.ToLowerInvariant());

    protected override FeedEntry EntryOf(ProgrammeState after, ProgrammeEvent fact, long number, DateTimeOffset at, ImmutableArray<string> streams)
    {
        (string type, string data) = EventJson.Write(fact, ("programmeId", after.Id.Value), ("version", number));
        return new FeedEntry(number, type, at, data, streams);
    }
}
