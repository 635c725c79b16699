using Dispatch.Domain.Devices;
using Dispatch.Domain.Refusals;

namespace Dispatch.Grains.Contracts.Devices;

/// <summary>Either a refusal or the version after the command.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.deviceReply")]
public sealed record DeviceReply([property: Id(0)] Refusal? Refusal, [property: Id(1)] long Version);

/// <summary>A device with the number of its newest event.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.versionedDevice")]
public sealed record VersionedDevice([property: Id(0)] DeviceState State, [property: Id(1)] long Version);

/// <summary>The record of one device over all points, technicians and brands. Key: tenant/device id.</summary>
[Alias("dispatch.IDeviceGrain")]
public interface IDeviceGrain : IGrainWithStringKey
{
    /// <summary>
    /// Decide, write, then answer: at the reply the effect is durable. What jobs and other devices tell is idempotent by job or by device, so they send it without an operation.
    /// Calls no other grain before it answers.
    /// </summary>
    [Alias("Execute")]
    Task<DeviceReply> Execute(DeviceCommand command, Operation? operation);

    /// <summary>The present state, or null if nobody has entered it.</summary>
    [Alias("Get")]
    Task<VersionedDevice?> Get();

    /// <summary>Looks at what is due: an outbox not drained. Harmless at any time.</summary>
    [Alias("Wake")]
    Task Wake();
}
