namespace Dispatch.Domain.ServiceDesk.Contacts;

/// <summary>What somebody wants of a contact. <c>By</c> is a subject id, never a name.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.contactCommand")]
public abstract record ContactCommand;

/// <param name="First">What the customer wrote or said to begin with.</param>
[GenerateSerializer, Immutable, Alias("dispatch.contact.open")]
public sealed record OpenContact(
    [property: Id(0)] ContactId Id, [property: Id(1)] TenantId Tenant, [property: Id(2)] ContactKind Kind, [property: Id(3)] ContactChannel Channel,
    [property: Id(4)] ContactTopic Topic, [property: Id(5)] DeskText? First) : ContactCommand;

/// <summary>An agent takes the contact. Of several at once exactly one gets it.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.contact.claim")]
public sealed record ClaimContact([property: Id(0)] string By) : ContactCommand;

/// <summary>Somebody says something. A customer may while they wait; agents and notes only by whoever has the contact.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.contact.say")]
public sealed record SayInContact([property: Id(0)] ContactVoice Voice, [property: Id(1)] string By, [property: Id(2)] DeskText Text) : ContactCommand;

/// <summary>The agent gives the contact back to the queue.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.contact.return")]
public sealed record ReturnContact([property: Id(0)] string By) : ContactCommand;

/// <summary>The agent ends it.</summary>
/// <param name="Job">With <see cref="ContactOutcome.JobFiled"/>, and only with it.</param>
[GenerateSerializer, Immutable, Alias("dispatch.contact.end")]
public sealed record EndContact([property: Id(0)] string By, [property: Id(1)] ContactOutcome Outcome, [property: Id(2)] JobId? Job) : ContactCommand;

/// <summary>The customer leaves.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.contact.leave")]
public sealed record LeaveContact : ContactCommand;
