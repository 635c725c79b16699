using System.Text.Json.Serialization;

namespace Dispatch.Domain.ServiceDesk.Contacts;

/// <summary>Something that has happened to a contact. Holds nothing personal. The discriminator is the public event type.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.contactEvent")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(ContactOpened), "contact.opened")]
[JsonDerivedType(typeof(ContactClaimed), "contact.claimed")]
[JsonDerivedType(typeof(ContactSaid), "contact.said")]
[JsonDerivedType(typeof(ContactReturned), "contact.returned")]
[JsonDerivedType(typeof(ContactEnded), "contact.ended")]
public abstract record ContactEvent;

[GenerateSerializer, Immutable, Alias("dispatch.contact.opened")]
public sealed record ContactOpened(
    [property: Id(0)] ContactId Id, [property: Id(1)] TenantId Tenant, [property: Id(2)] ContactKind Kind, [property: Id(3)] ContactChannel Channel,
    [property: Id(4)] ContactTopic Topic, [property: Id(5)] DateTimeOffset At, [property: Id(6)] DateTimeOffset AnswerBy) : ContactEvent;

[GenerateSerializer, Immutable, Alias("dispatch.contact.claimed")]
public sealed record ContactClaimed([property: Id(0)] string By, [property: Id(1)] DateTimeOffset At) : ContactEvent;

[GenerateSerializer, Immutable, Alias("dispatch.contact.said")]
public sealed record ContactSaid([property: Id(0)] ContactWord Word) : ContactEvent;

[GenerateSerializer, Immutable, Alias("dispatch.contact.returned")]
public sealed record ContactReturned([property: Id(0)] string By, [property: Id(1)] DateTimeOffset At) : ContactEvent;

[GenerateSerializer, Immutable, Alias("dispatch.contact.ended")]
public sealed record ContactEnded(
    [property: Id(0)] string By, [property: Id(1)] ContactOutcome Outcome, [property: Id(2), JsonPropertyName("jobId")] JobId? Job, [property: Id(3)] DateTimeOffset At) : ContactEvent;
