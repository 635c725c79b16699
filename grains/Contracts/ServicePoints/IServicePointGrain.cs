using Dispatch.Domain;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.ServicePoints;

namespace Dispatch.Grains.Contracts.ServicePoints;

/// <summary>Either a refusal or the version after the command.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.servicePointReply")]
public sealed record ServicePointReply([property: Id(0)] Refusal? Refusal, [property: Id(1)] long Version);

/// <summary>A service point with the number of its newest event.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.versionedPoint")]
public sealed record VersionedPoint([property: Id(0)] ServicePointState State, [property: Id(1)] long Version);

/// <summary>The ledger of one service point's benches and stock. Key: tenant/point id.</summary>
[Alias("dispatch.IServicePointGrain")]
public interface IServicePointGrain : IGrainWithStringKey
{
    /// <summary>
    /// Decide, write, then answer: at the reply the effect is durable. Every command about a place is idempotent by job and epoch, so jobs send them without an operation.
    /// Calls no other grain before it answers.
    /// </summary>
    [Alias("Execute")]
    Task<ServicePointReply> Execute(ServicePointCommand command, Operation? operation);

    /// <summary>The present state, or null if there is no such point.</summary>
    [Alias("Get")]
    Task<VersionedPoint?> Get();

    /// <summary>Looks at what is due: an outbox not drained. Harmless at any time.</summary>
    [Alias("Wake")]
    Task Wake();
}
