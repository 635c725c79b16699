using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.ServiceDesk.Contacts;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.ServiceDesk;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Grains.ServiceDesk;

/// <inheritdoc cref="IContactGrain"/>
public sealed class ContactGrain(
    IGrainContext context,
    [PersistentState("contact", "dispatch")] IPersistentState<GrainRecord<ContactState, DeskReply, GrainMessage>> record,
    AggregateServices services,
    DeskRules rules)
    : DeskGrain<ContactState, ContactEvent>(context, record, services), IContactGrain
{
    protected override string StateName => "contact";

    protected override string IdName => "contactId";

    public Task<DeskReply> Execute(ContactCommand command, Operation? operation) =>
        Answer(operation, now => ContactDecider.Decide(Current, new ContactId(Id), command, now, rules.At(now)));

    protected override ContactState Apply(ContactState? state, ContactEvent fact, DateTimeOffset now) => ContactEvolution.Apply(state, fact);

    protected override string StatusOf(ContactState state) => EventJson.Word(state.Status);

    protected override ImmutableArray<string> StreamsOf(ContactState? before, ContactState after, ContactEvent fact) => [Streams.Contact(after.Id), Streams.Desk];

    protected override ViewRow ViewOf(ContactState state, long version) => new(
        "contact", state.Id.Value, "", StatusOf(state), state.Status != ContactStatus.Ended, state.Agent, state.OpenedAt, version, JsonSerializer.Serialize(state, StorageJson.Options),
        string.Join(' ', state.Id.Value, $"kind:{state.Kind}", $"channel:{state.Channel}", state.Topic.About?.Value, state.Job?.Value, state.Topic.Category, state.Topic.Brand, state.Topic.Model).ToLowerInvariant());
}
