using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Refusals;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Devices;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Grains.Devices;

/// <inheritdoc cref="IDeviceGrain"/>
public sealed class DeviceGrain(
    IGrainContext context,
    [PersistentState("device", "dispatch")] IPersistentState<GrainRecord<DeviceState, DeviceReply, GrainMessage>> record,
    AggregateServices services)
    : AggregateGrain<DeviceState, DeviceEvent, DeviceReply>(context, record, services), IDeviceGrain
{
    protected override string StateName => "device";

    public Task<DeviceReply> Execute(DeviceCommand command, Operation? operation) => Answer(operation, now => DeviceDecider.Decide(Current, command, now));

    public Task<VersionedDevice?> Get()
    {
        if (Current is { } device)
            return Task.FromResult<VersionedDevice?>(new VersionedDevice(device, Version));
        // Anybody may ask for any number; what nobody has entered is not kept.
        DeactivateOnIdle();
        return Task.FromResult<VersionedDevice?>(null);
    }

    public Task Wake()
    {
        Sweep();
        return Task.CompletedTask;
    }

    protected override DeviceState Apply(DeviceState? state, DeviceEvent fact, DateTimeOffset now) => DeviceEvolution.Apply(state, fact);

    protected override ImmutableArray<string> StreamsOf(DeviceState? before, DeviceState after, DeviceEvent fact) => [Streams.Device(after.Id)];

    /// <summary>The device given for this one learns what it replaces, so that its time for repairs begins anew.</summary>
    protected override ImmutableArray<GrainMessage> MessagesOf(DeviceState? before, DeviceState after, DeviceEvent fact) => fact is DeviceReplaced e
        ? [new TellDevice(e.With, new BeginAsReplacement(e.With, after.Tenant, e.Identity, after.Profile with { MadeOn = null }, after.Id, e.At))]
        : [];

    protected override DeviceReply ReplyOf(Refusal? refusal, DeviceState? state, long version) => new(refusal, version);

    protected override ViewRow ViewOf(DeviceState state, long version) => new(
        "device", state.Id.Value, "", StatusOf(state), state.Exchange?.Next is not null, null, state.RegisteredAt, version,
        JsonSerializer.Serialize(state, StorageJson.Options),
        string.Join(' ', state.Identity.Imei, state.Identity.Serial, state.Profile.Kind, state.Profile.Brand, state.Profile.Model).ToLowerInvariant());

    /// <summary>The desk an exchange waits at, so that each desk finds its own; otherwise whether another device was given for it.</summary>
    private static string StatusOf(DeviceState state) =>
        state.Exchange?.Next is { } duty ? JsonNamingPolicy.CamelCase.ConvertName(duty.Desk.ToString()) : state.ReplacedBy is null ? "active" : "replaced";

    protected override FeedEntry EntryOf(DeviceState after, DeviceEvent fact, long number, DateTimeOffset at, ImmutableArray<string> streams)
    {
        (string type, string data) = EventJson.Write(fact, ("deviceId", after.Id.Value), ("version", number));
        return new FeedEntry(number, type, at, data, streams);
    }
}
