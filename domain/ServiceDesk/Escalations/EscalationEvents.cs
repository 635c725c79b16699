using System.Text.Json.Serialization;
using Dispatch.Domain.ServiceDesk.Contacts;

namespace Dispatch.Domain.ServiceDesk.Escalations;

/// <summary>Something that has happened to an escalation. The discriminator is the public event type.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.escalationEvent")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(EscalationOpened), "escalation.opened")]
[JsonDerivedType(typeof(EscalationTaken), "escalation.taken")]
[JsonDerivedType(typeof(EscalationReturned), "escalation.returned")]
[JsonDerivedType(typeof(EscalationAnswered), "escalation.answered")]
[JsonDerivedType(typeof(EscalationGivenBack), "escalation.givenBack")]
[JsonDerivedType(typeof(EscalationWithdrawn), "escalation.withdrawn")]
public abstract record EscalationEvent;

[GenerateSerializer, Immutable, Alias("dispatch.escalation.opened")]
public sealed record EscalationOpened(
    [property: Id(0)] EscalationId Id, [property: Id(1)] TenantId Tenant, [property: Id(2), JsonPropertyName("jobId")] JobId? Job, [property: Id(3), JsonPropertyName("contactId")] ContactId? Contact,
    [property: Id(4)] string By, [property: Id(5)] DeskText Question, [property: Id(6)] DateTimeOffset At) : EscalationEvent;

[GenerateSerializer, Immutable, Alias("dispatch.escalation.taken")]
public sealed record EscalationTaken([property: Id(0)] string By, [property: Id(1)] DateTimeOffset At) : EscalationEvent;

[GenerateSerializer, Immutable, Alias("dispatch.escalation.returned")]
public sealed record EscalationReturned([property: Id(0)] string By, [property: Id(1)] DateTimeOffset At) : EscalationEvent;

[GenerateSerializer, Immutable, Alias("dispatch.escalation.answered")]
public sealed record EscalationAnswered([property: Id(0)] string By, [property: Id(1)] DeskText Text, [property: Id(2)] DateTimeOffset At) : EscalationEvent;

[GenerateSerializer, Immutable, Alias("dispatch.escalation.givenBack")]
public sealed record EscalationGivenBack([property: Id(0)] string By, [property: Id(1)] DeskText Reason, [property: Id(2)] DateTimeOffset At) : EscalationEvent;

[GenerateSerializer, Immutable, Alias("dispatch.escalation.withdrawn")]
public sealed record EscalationWithdrawn([property: Id(0)] string By, [property: Id(1)] DateTimeOffset At) : EscalationEvent;
