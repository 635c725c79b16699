namespace Dispatch.Domain.ServiceDesk.Escalations;

/// <summary>What somebody wants of an escalation. <c>By</c> is a subject id, never a name.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.escalationCommand")]
public abstract record EscalationCommand;

/// <summary>Ask the second line. About a job, a contact, or both.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.escalation.open")]
public sealed record OpenEscalation(
    [property: Id(0)] EscalationId Id, [property: Id(1)] TenantId Tenant, [property: Id(2)] JobId? Job, [property: Id(3)] ContactId? Contact,
    [property: Id(4)] string By, [property: Id(5)] DeskText Question) : EscalationCommand;

/// <summary>An expert takes it. Of several at once exactly one gets it.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.escalation.take")]
public sealed record TakeEscalation([property: Id(0)] string By) : EscalationCommand;

/// <summary>The expert lets another expert have it.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.escalation.return")]
public sealed record ReturnEscalation([property: Id(0)] string By) : EscalationCommand;

[GenerateSerializer, Immutable, Alias("dispatch.escalation.answer")]
public sealed record AnswerEscalation([property: Id(0)] string By, [property: Id(1)] DeskText Text) : EscalationCommand;

/// <summary>The expert gives it back to whoever asked, with the reason.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.escalation.giveBack")]
public sealed record GiveBackEscalation([property: Id(0)] string By, [property: Id(1)] DeskText Reason) : EscalationCommand;

/// <summary>Whoever asked has found it out.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.escalation.withdraw")]
public sealed record WithdrawEscalation([property: Id(0)] string By) : EscalationCommand;
