using Dispatch.Domain.Messages;
using Dispatch.Domain.Refusals;

namespace Dispatch.Grains.Contracts.Messages;

/// <summary>A message with the number of its newest event.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.versionedMessage")]
public sealed record VersionedMessage([property: Id(0)] MessageState State, [property: Id(1)] long Version);

/// <summary>Either a refusal, with the present state where there is one, or the state after the command.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.messageReply")]
public sealed record MessageReply([property: Id(0)] Refusal? Refusal, [property: Id(1)] VersionedMessage? Message);

/// <summary>
/// One message to one customer, from the event that asks for it to the phone. Keeps template and facts, nothing personal: whom it goes to and what it says is looked up
/// when it is sent. Key: tenant/message id.
/// </summary>
[Alias("dispatch.IMessageGrain")]
public interface IMessageGrain : IGrainWithStringKey
{
    /// <summary>
    /// Decide, write, then answer: at the reply the effect is durable. Never waits for the gateway: what is to be sent is sent in a turn of its own. Every command but a resend
    /// is idempotent without an operation.
    /// </summary>
    [Alias("Execute")]
    Task<MessageReply> Execute(MessageCommand command, Operation? operation);

    /// <summary>The present state, or null if there is no such message.</summary>
    [Alias("Get")]
    Task<VersionedMessage?> Get();

    /// <summary>
    /// Begins what is due: a try, a question to the gateway, an outbox not drained. Harmless at any time. Does not wait for it, and interleaves, so that a gateway
    /// that hangs holds up no sweep.
    /// </summary>
    [Alias("Wake"), AlwaysInterleave]
    Task Wake();
}
