using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Entitlement.Exchange;

namespace Dispatch.Domain.Devices;

/// <summary>What somebody wants of the register about one device. Every one may be repeated, delayed or reordered.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.deviceCommand")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(RegisterDevice), "registerDevice")]
[JsonDerivedType(typeof(RecordService), "recordService")]
[JsonDerivedType(typeof(WithdrawService), "withdrawService")]
[JsonDerivedType(typeof(RecordAccessory), "recordAccessory")]
[JsonDerivedType(typeof(RecordPart), "recordPart")]
[JsonDerivedType(typeof(ChangeOwner), "changeOwner")]
[JsonDerivedType(typeof(SwapDevice), "swapDevice")]
[JsonDerivedType(typeof(BeginAsReplacement), "beginAsReplacement")]
[JsonDerivedType(typeof(OpenExchange), "openExchange")]
[JsonDerivedType(typeof(CompleteExchangeStep), "completeExchangeStep")]
[JsonDerivedType(typeof(RefuseExchange), "refuseExchange")]
public abstract record DeviceCommand;

/// <summary>Enter the device, or say better what it is. What is null in the profile stays as it is known.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.device.register")]
public sealed record RegisterDevice(
    [property: Id(0)] DeviceId Id, [property: Id(1)] TenantId Tenant, [property: Id(2)] DeviceIdentity Identity, [property: Id(3)] DeviceProfile Profile) : DeviceCommand;

/// <summary>
/// A job on it has ended. Enters the device where nobody has: the register begins with the first service. Once per job, unless the job's
/// device was corrected since.
/// </summary>
[GenerateSerializer, Immutable, Alias("dispatch.device.service")]
public sealed record RecordService(
    [property: Id(0)] DeviceId Id, [property: Id(1)] TenantId Tenant, [property: Id(2)] DeviceIdentity Identity, [property: Id(3)] DeviceProfile Profile, [property: Id(4)] DeviceService Service) : DeviceCommand;

/// <summary>The job was on another device, as a correction says. Once per job and correction.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.device.withdrawService")]
public sealed record WithdrawService([property: Id(0)] JobId Job, [property: Id(1)] int Revision) : DeviceCommand;

/// <summary>An accessory was replaced; once per accessory and moment.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.device.accessory")]
public sealed record RecordAccessory([property: Id(0)] AccessoryReplacement Replacement) : DeviceCommand;

/// <summary>A part with a serial of its own was built in; once per part and serial.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.device.part")]
public sealed record RecordPart([property: Id(0)] FittedPart Fitted) : DeviceCommand;

[GenerateSerializer, Immutable, Alias("dispatch.device.changeOwner")]
public sealed record ChangeOwner([property: Id(0)] string Owner, [property: Id(1)] DateTimeOffset At) : DeviceCommand;

/// <summary>A job gave the customer another unit for it. Enters it where nobody has; once per device.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.device.swap")]
public sealed record SwapDevice(
    [property: Id(0)] DeviceId Id, [property: Id(1)] TenantId Tenant, [property: Id(2)] DeviceIdentity Identity, [property: Id(3)] DeviceProfile Profile,
    [property: Id(4)] DeviceIdentity NewUnit, [property: Id(5)] DateTimeOffset At) : DeviceCommand;

/// <summary>This device was given for another one. Enters it where nobody has.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.device.beginAsReplacement")]
public sealed record BeginAsReplacement(
    [property: Id(0)] DeviceId Id, [property: Id(1)] TenantId Tenant, [property: Id(2)] DeviceIdentity Identity, [property: Id(3)] DeviceProfile Profile,
    [property: Id(4)] DeviceId Replaces, [property: Id(5)] DateTimeOffset At) : DeviceCommand;

/// <summary>The customer has chosen a refund or an exchange that is owed.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.device.openExchange")]
public sealed record OpenExchange([property: Id(0)] ExchangeCase Case) : DeviceCommand;

/// <summary>A desk has done its step.</summary>
/// <param name="By">Subject id, never a name.</param>
[GenerateSerializer, Immutable, Alias("dispatch.device.completeExchangeStep")]
public sealed record CompleteExchangeStep(
    [property: Id(0)] ExchangeStep Step, [property: Id(1)] ExchangeDesk Desk, [property: Id(2)] string By, [property: Id(3)] ImmutableArray<ExchangeNote> Notes) : DeviceCommand;

/// <summary>The desk whose turn it is says no.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.device.refuseExchange")]
public sealed record RefuseExchange([property: Id(0)] ExchangeDesk Desk, [property: Id(1)] string By, [property: Id(2)] string Reason) : DeviceCommand;
