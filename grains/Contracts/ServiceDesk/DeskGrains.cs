using Dispatch.Domain.Refusals;
using Dispatch.Domain.ServiceDesk.CallBacks;
using Dispatch.Domain.ServiceDesk.Cases;
using Dispatch.Domain.ServiceDesk.Contacts;
using Dispatch.Domain.ServiceDesk.Escalations;

namespace Dispatch.Grains.Contracts.ServiceDesk;

/// <summary>What every thing of the service desk answers: a refusal or nothing, and where it stands. Small, because it is kept with each operation.</summary>
/// <param name="Status">As the streams spell it; null if there is no such thing.</param>
/// <param name="Version">The number of its newest event.</param>
[GenerateSerializer, Immutable, Alias("dispatch.deskReply")]
public sealed record DeskReply([property: Id(0)] Refusal? Refusal, [property: Id(1)] string? Status, [property: Id(2)] long Version);

/// <summary>A thing of the service desk with the number of its newest event.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.versionedDesk`1")]
public sealed record VersionedDesk<TState>([property: Id(0)] TState State, [property: Id(1)] long Version) where TState : class;

/// <summary>One conversation of a customer with the house. Key: tenant/contact id.</summary>
[Alias("dispatch.IContactGrain")]
public interface IContactGrain : IGrainWithStringKey
{
    /// <summary>Decide, write, then answer: at the reply the effect is durable. Of several agents who claim it at once exactly one is not refused. Calls no other grain before it answers.</summary>
    [Alias("Execute")]
    Task<DeskReply> Execute(ContactCommand command, Operation? operation);

    /// <summary>The present state, or null if nobody has opened it.</summary>
    [Alias("Get")]
    Task<VersionedDesk<ContactState>?> Get();

    /// <summary>Looks at what is due: an outbox not drained. Harmless at any time.</summary>
    [Alias("Wake")]
    Task Wake();
}

/// <summary>One question to the second line. Key: tenant/escalation id.</summary>
[Alias("dispatch.IEscalationGrain")]
public interface IEscalationGrain : IGrainWithStringKey
{
    /// <summary>Decide, write, then answer: at the reply the effect is durable. Of several experts who take it at once exactly one is not refused. Calls no other grain before it answers.</summary>
    [Alias("Execute")]
    Task<DeskReply> Execute(EscalationCommand command, Operation? operation);

    /// <summary>The present state, or null if nobody has asked it.</summary>
    [Alias("Get")]
    Task<VersionedDesk<EscalationState>?> Get();

    /// <summary>Looks at what is due: an outbox not drained. Harmless at any time.</summary>
    [Alias("Wake")]
    Task Wake();
}

/// <summary>The call after one job. Key: tenant/call-back id, which follows from the job.</summary>
[Alias("dispatch.ICallBackGrain")]
public interface ICallBackGrain : IGrainWithStringKey
{
    /// <summary>
    /// Decide, write, then answer: at the reply the effect is durable. Planning is idempotent without an operation, so that a job that has ended may tell it as often as it likes. A complaint
    /// that comes of a rating is told to its case by outbox.
    /// </summary>
    [Alias("Execute")]
    Task<DeskReply> Execute(CallBackCommand command, Operation? operation);

    /// <summary>The present state, or null if the job has not ended.</summary>
    [Alias("Get")]
    Task<VersionedDesk<CallBackState>?> Get();

    /// <summary>Looks at what is due: an outbox not drained. Harmless at any time.</summary>
    [Alias("Wake")]
    Task Wake();
}

/// <summary>One complaint, and the dispute it may become. Key: tenant/case id.</summary>
[Alias("dispatch.ICaseGrain")]
public interface ICaseGrain : IGrainWithStringKey
{
    /// <summary>Decide, write, then answer: at the reply the effect is durable. Opening is idempotent without an operation. Calls no other grain before it answers.</summary>
    [Alias("Execute")]
    Task<DeskReply> Execute(CaseCommand command, Operation? operation);

    /// <summary>The present state, or null if nobody has complained.</summary>
    [Alias("Get")]
    Task<VersionedDesk<CaseState>?> Get();

    /// <summary>Looks at what is due: an outbox not drained. Harmless at any time.</summary>
    [Alias("Wake")]
    Task Wake();
}
