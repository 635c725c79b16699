using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.ServiceDesk.CallBacks;
using Dispatch.Domain.ServiceDesk.Cases;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.ServiceDesk;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Grains.ServiceDesk;

/// <inheritdoc cref="ICallBackGrain"/>
public sealed class CallBackGrain(
    IGrainContext context,
    [PersistentState("callback", "dispatch")] IPersistentState<GrainRecord<CallBackState, DeskReply, GrainMessage>> record,
    AggregateServices services,
    DeskRules rules)
    : DeskGrain<CallBackState, CallBackEvent>(context, record, services), ICallBackGrain
{
    protected override string StateName => "callback";

    protected override string IdName => "callBackId";

    public Task<DeskReply> Execute(CallBackCommand command, Operation? operation) =>
        Answer(operation, now => CallBackDecider.Decide(Current, new CallBackId(Id), command, now, rules.At(now), rules.Clock));

    protected override CallBackState Apply(CallBackState? state, CallBackEvent fact, DateTimeOffset now) => CallBackEvolution.Apply(state, fact);

    protected override string StatusOf(CallBackState state) => EventJson.Word(state.Status);

    protected override ImmutableArray<string> StreamsOf(CallBackState? before, CallBackState after, CallBackEvent fact) => [Streams.Desk];

    /// <summary>The complaint names the call-back, so that telling it again opens no second one.</summary>
    protected override ImmutableArray<GrainMessage> MessagesOf(CallBackState? before, CallBackState after, CallBackEvent fact) =>
        fact is ServiceRated { Complaint: true } rated ? [new TellCase(OpenCase.From(after, rated))] : [];

    protected override ViewRow ViewOf(CallBackState state, long version) => new(
        "callback", state.Id.Value, "", StatusOf(state), state.IsOpen, state.Agent, state.ClosedAt, version, JsonSerializer.Serialize(state, StorageJson.Options),
        string.Join(' ', state.Id.Value, state.Job.Value).ToLowerInvariant());
}
