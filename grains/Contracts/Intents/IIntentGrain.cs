using Dispatch.Domain.Intents;
using Dispatch.Domain.Refusals;

namespace Dispatch.Grains.Contracts.Intents;

/// <summary>A change of plan with the number of its newest event.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.versionedIntent")]
public sealed record VersionedIntent([property: Id(0)] IntentState State, [property: Id(1)] long Version);

/// <summary>Either a refusal, with the present state where there is one, or the state after the command.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.intentReply")]
public sealed record IntentReply([property: Id(0)] Refusal? Refusal, [property: Id(1)] VersionedIntent? Intent);

/// <summary>
/// One change of plan that touches several technicians, applied whole or not at all (docs/decisions/0011). Its record is the only place where that is decided.
/// Key: tenant/intent id.
/// </summary>
[Alias("dispatch.IIntentGrain")]
public interface IIntentGrain : IGrainWithStringKey
{
    /// <summary>
    /// Opens the change and sees it through: every job and technician concerned stands still for it, then it is committed; or it is withdrawn with what refused. At the reply
    /// it is decided for good, unless it could not be opened; whoever is concerned hears of it right after. The same operation again goes on with what is open and answers the
    /// same. Refusals are data: <c>Refusal</c> where it was not opened, <c>Why</c> of a withdrawn state. Interleaves, because jobs and technicians it waits for may ask
    /// <see cref="Execute"/> meanwhile. A caller that gets no answer in time
    /// (the silo of the change is gone, or a grain concerned is slow) repeats it.
    /// </summary>
    [Alias("Apply"), AlwaysInterleave, ResponseTimeout("00:00:25")]
    Task<IntentReply> Apply(OpenIntent intent, Operation? operation);

    /// <summary>
    /// Decide, write, then answer: at the reply the effect is durable. Asks no other grain, so whoever stands still for the change may call it while the change waits for them.
    /// </summary>
    [Alias("Execute")]
    Task<IntentReply> Execute(IntentCommand command, Operation? operation);

    /// <summary>The present state, or null if there is no such change.</summary>
    [Alias("Get")]
    Task<VersionedIntent?> Get();

    /// <summary>Withdraws a change past its time; drains an outbox not drained. Harmless at any time.</summary>
    [Alias("Wake")]
    Task Wake();
}
