using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.ServiceDesk.Cases;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.ServiceDesk;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Grains.ServiceDesk;

/// <inheritdoc cref="ICaseGrain"/>
public sealed class CaseGrain(
    IGrainContext context,
    [PersistentState("case", "dispatch")] IPersistentState<GrainRecord<CaseState, DeskReply, GrainMessage>> record,
    AggregateServices services,
    DeskRules rules)
    : DeskGrain<CaseState, CaseEvent>(context, record, services), ICaseGrain
{
    protected override string StateName => "case";

    protected override string IdName => "caseId";

    public Task<DeskReply> Execute(CaseCommand command, Operation? operation) =>
        Answer(operation, now => CaseDecider.Decide(Current, new CaseId(Id), command, now, rules.At(now).Complaints));

    protected override CaseState Apply(CaseState? state, CaseEvent fact, DateTimeOffset now) => CaseEvolution.Apply(state, fact);

    protected override string StatusOf(CaseState state) => EventJson.Word(state.Status);

    /// <summary>Also the job's, so that whoever follows the job, its customer above all, learns of the complaint.</summary>
    protected override ImmutableArray<string> StreamsOf(CaseState? before, CaseState after, CaseEvent fact) =>
        [Streams.Case(after.Id), Streams.Desk, Streams.Job(after.Job)];

    protected override ViewRow ViewOf(CaseState state, long version) => new(
        "case", state.Id.Value, "", StatusOf(state), !state.IsEnded, state.Responsible, state.OpenedAt, version, JsonSerializer.Serialize(state, StorageJson.Options),
        string.Join(' ', state.Id.Value, state.Job.Value, $"reason:{state.Reason}").ToLowerInvariant());
}
