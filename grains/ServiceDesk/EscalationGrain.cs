using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.ServiceDesk.Escalations;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.ServiceDesk;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Grains.ServiceDesk;

/// <inheritdoc cref="IEscalationGrain"/>
public sealed class EscalationGrain(
    IGrainContext context,
    [PersistentState("escalation", "dispatch")] IPersistentState<GrainRecord<EscalationState, DeskReply, GrainMessage>> record,
    AggregateServices services)
    : DeskGrain<EscalationState, EscalationEvent>(context, record, services), IEscalationGrain
{
    protected override string StateName => "escalation";

    protected override string IdName => "escalationId";

    public Task<DeskReply> Execute(EscalationCommand command, Operation? operation) =>
        Answer(operation, now => EscalationDecider.Decide(Current, new EscalationId(Id), command, now));

    protected override EscalationState Apply(EscalationState? state, EscalationEvent fact, DateTimeOffset now) => EscalationEvolution.Apply(state, fact);

    protected override string StatusOf(EscalationState state) => EventJson.Word(state.Status);

    protected override ImmutableArray<string> StreamsOf(EscalationState? before, EscalationState after, EscalationEvent fact) => [Streams.Desk];

    protected override ViewRow ViewOf(EscalationState state, long version) => new(
        "escalation", state.Id.Value, "", StatusOf(state), !state.IsEnded, state.Expert, state.AskedAt, version, JsonSerializer.Serialize(state, StorageJson.Options),
        string.Join(' ', state.Id.Value, state.Job?.Value, state.Contact?.Value, $"by:{state.AskedBy}").ToLowerInvariant());
}
