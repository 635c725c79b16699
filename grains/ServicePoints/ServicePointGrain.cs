using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.ServicePoints;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.ServicePoints;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Grains.Contracts.Zones;

namespace Dispatch.Grains.ServicePoints;

/// <inheritdoc cref="IServicePointGrain"/>
public sealed class ServicePointGrain(
    IGrainContext context,
    [PersistentState("point", "dispatch")] IPersistentState<GrainRecord<ServicePointState, ServicePointReply, GrainMessage>> record,
    AggregateServices services)
    : AggregateGrain<ServicePointState, ServicePointEvent, ServicePointReply>(context, record, services), IServicePointGrain
{
    protected override string StateName => "point";

    public async Task<ServicePointReply> Execute(ServicePointCommand command, Operation? operation)
    {
        if (Current is { } point && ServicePointDecider.IsUnheardOf(point, command))
            await ProveCurrent();
        return await Answer(operation, now => ServicePointDecider.Decide(Current, command, now));
    }

    public Task<VersionedPoint?> Get() => Task.FromResult(Current is { } point ? new VersionedPoint(point, Version) : null);

    public Task Wake()
    {
        Sweep();
        EndIfOutdated();
        return Task.CompletedTask;
    }

    protected override ServicePointState Apply(ServicePointState? state, ServicePointEvent fact, DateTimeOffset now) => ServicePointEvolution.Apply(state, fact, now);

    protected override ImmutableArray<string> StreamsOf(ServicePointState? before, ServicePointState after, ServicePointEvent fact) =>
        [Streams.Point(after.Id), Streams.Zone(after.Profile.Zone)];

    protected override ServicePointReply ReplyOf(Refusal? refusal, ServicePointState? state, long version) => new(refusal, version);

    protected override ViewRow ViewOf(ServicePointState state, long version) => new(
        "point", state.Id.Value, state.Profile.Zone.Value, "active", true, null, DateTimeOffset.UnixEpoch, version,
        JsonSerializer.Serialize(state, StorageJson.Options), state.Profile.Name.ToLowerInvariant());

    protected override FeedEntry EntryOf(ServicePointState after, ServicePointEvent fact, long number, DateTimeOffset at, ImmutableArray<string> streams)
    {
        (string type, string data) = EventJson.Write(fact, ("pointId", after.Id.Value), ("version", number));
        return new FeedEntry(number, type, at, data, streams);
    }

    /// <summary>Every zone whose parcels the point takes plans with its benches.</summary>
    protected override async Task Announce(ServicePointState state, long version)
    {
        foreach (ZoneId zone in state.Profile.Serves)
            await GrainFactory.GetGrain<IZoneGrain>(GrainKeys.Of(Tenant, zone.Value)).Notify(new ZoneNotice(null, null, new VersionedPoint(state, version)));
    }
}
