using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Intents;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Technicians;
using Dispatch.Domain.Technicians.Patches;
using Dispatch.Domain.Technicians.Positions;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Intents;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Grains.Contracts.Technicians;
using Dispatch.Grains.Contracts.Zones;

namespace Dispatch.Grains.Technicians;

/// <inheritdoc cref="ITechnicianGrain"/>
public sealed class TechnicianGrain(
    IGrainContext context,
    [PersistentState("technician", "dispatch")] IPersistentState<GrainRecord<TechnicianState, TechnicianReply, GrainMessage>> record,
    AggregateServices services,
    JobRules rules)
    : AggregateGrain<TechnicianState, TechnicianEvent, TechnicianReply>(context, record, services), ITechnicianGrain
{
    private readonly PositionRules positionRules = PositionRules.Standard with { ClockAhead = rules.DeviceClockAhead };
    private PositionTrail trail = PositionTrail.None;

    protected override string StateName => "technician";

    public async Task<TechnicianReply> Execute(TechnicianCommand command, Operation? operation)
    {
        if (Current is { } technician && TechnicianDecider.IsUnheardOf(technician, command))
            await ProveCurrent();
        TechnicianReply reply = await Answer(operation, now => Decide(command, now));
        // This activation may be behind what is durable; the next call meets one that is not.
        if (command is SettlePatch && reply.Refusal is not null)
            DeactivateOnIdle();
        return reply;
    }

    /// <summary>Whoever needs room finds out first what became of a change of plan whose time is over.</summary>
    private async Task<Decision<TechnicianEvent>> Decide(TechnicianCommand command, DateTimeOffset now)
    {
        if (Current is not { Parked: { } parked } || now < parked.DecideBy || !(command is ReserveSlot || (command is ParkPatch park && park.Intent != parked.Intent)))
            return TechnicianDecider.Decide(Current, command, now, rules);
        Decision<TechnicianEvent> settled = await Resolve(parked, now);
        TechnicianState free = settled.Events.Aggregate(Current, (state, fact) => TechnicianEvolution.Apply(state, fact, now));
        Decision<TechnicianEvent> asked = TechnicianDecider.Decide(free, command, now, rules);
        return new Decision<TechnicianEvent>([.. settled.Events, .. asked.Events], asked.Refusal);
    }

    /// <summary>Has the change of plan decided now: withdrawn, unless it is committed already.</summary>
    /// <exception cref="OutcomeUnknownException">It does not answer for good; the same command may be repeated.</exception>
    private async Task<Decision<TechnicianEvent>> Resolve(ParkedPatch parked, DateTimeOffset now)
    {
        IntentReply reply = await GrainFactory.GetGrain<IIntentGrain>(GrainKeys.Of(Tenant, parked.Intent.Value)).Execute(new DecideIntent(Id), null);
        return reply.Intent is { State.Status: IntentStatus.Committed or IntentStatus.Withdrawn } decided
            ? TechnicianDecider.Decide(Current, new SettlePatch(parked.Intent, decided.State.Status == IntentStatus.Committed, null), now, rules)
            : throw new OutcomeUnknownException($"{parked.Intent} says neither yes nor no to {Id}: {reply.Refusal?.Code}");
    }

    public Task<VersionedTechnician?> Get() => Task.FromResult(Current is { } technician ? new VersionedTechnician(technician, Version) : null);

    public async Task<Refusal?> Report(ImmutableArray<Position> positions)
    {
        PositionsReply reply = await ReportEach(positions);
        return reply.Refusal ?? (reply.Refused.Length == positions.Length ? reply.Refused.FirstOrDefault()?.Refusal : null);
    }

    public async Task<PositionsReply> ReportEach(ImmutableArray<Position> positions)
    {
        if (Current is not { } technician)
            return new PositionsReply(TechnicianRefusals.Unknown(new TechnicianId(Id)), []);
        if (!technician.OnDuty)
            return new PositionsReply(TechnicianRefusals.OffDuty(technician), []);
        PositionReport? before = trail.Newest;
        (trail, var refused) = trail.Take(
            [.. positions.Select(p => new PositionReport(p.Place, p.At, p.AccuracyMetres, p.Heading))], Clock.GetUtcNow(), positionRules);
        if (trail.Newest is { } newest && newest != before)
            await GrainFactory.GetGrain<IFeedGrain>(GrainKeys.Of(Tenant, Streams.Zone(technician.Profile.Zone)))
                .Move([new Position(technician.Id, newest.Place, newest.At, newest.Heading, newest.AccuracyMetres)]);
        return new PositionsReply(null, [.. refused.Select(r => new RefusedPosition(r.Index, r.Refusal))]);
    }

    public async Task Wake()
    {
        Sweep();
        EndIfOutdated();
        if (Current is { Parked: { } parked } && Clock.GetUtcNow() >= parked.DecideBy)
            await Answer(null, now => Resolve(parked, now));
    }

    protected override TechnicianState Apply(TechnicianState? state, TechnicianEvent fact, DateTimeOffset now) => TechnicianEvolution.Apply(state, fact, now);

    protected override ImmutableArray<string> StreamsOf(TechnicianState? before, TechnicianState after, TechnicianEvent fact) =>
        [Streams.Technician(after.Id), Streams.Zone(after.Profile.Zone)];

    protected override DateTimeOffset? DueOf(TechnicianState state) => state.Parked?.DecideBy + Clock.Stretch(IntentRules.AskAfter);

    protected override TechnicianReply ReplyOf(Refusal? refusal, TechnicianState? state, long version) => new(refusal, version);

    protected override ViewRow ViewOf(TechnicianState state, long version) => new(
        "technician", state.Id.Value, state.Profile.Zone.Value, state.OnDuty ? "onDuty" : "offDuty", true, state.Id.Value,
        state.Profile.Shift.From, version, JsonSerializer.Serialize(state, StorageJson.Options), state.Id.Value,
        Keys: state.Profile.ExternalId is { } external ? [ViewRow.ExternalKey("technician", external)] : []);

    protected override FeedEntry EntryOf(TechnicianState after, TechnicianEvent fact, long number, DateTimeOffset at, ImmutableArray<string> streams)
    {
        (string type, string data) = EventJson.Write(fact, ("technicianId", after.Id.Value), ("version", number));
        return new FeedEntry(number, type, at, data, streams);
    }

    protected override Task Announce(TechnicianState state, long version) => GrainFactory
        .GetGrain<IZoneGrain>(GrainKeys.Of(Tenant, state.Profile.Zone.Value))
        .Notify(new ZoneNotice(null, new VersionedTechnician(state, version)));
}
