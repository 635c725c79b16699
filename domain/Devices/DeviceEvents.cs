using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Entitlement.Exchange;

namespace Dispatch.Domain.Devices;

/// <summary>Something that has happened to a device. The discriminator is the public event type.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.deviceEvent")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(DeviceRegistered), "device.registered")]
[JsonDerivedType(typeof(DeviceProfiled), "device.profiled")]
[JsonDerivedType(typeof(DeviceServed), "device.served")]
[JsonDerivedType(typeof(ServiceWithdrawn), "device.serviceWithdrawn")]
[JsonDerivedType(typeof(AccessoryReplaced), "device.accessoryReplaced")]
[JsonDerivedType(typeof(PartFitted), "device.partFitted")]
[JsonDerivedType(typeof(OwnerChanged), "device.ownerChanged")]
[JsonDerivedType(typeof(DeviceGivenFor), "device.givenFor")]
[JsonDerivedType(typeof(ExchangeOpened), "device.exchangeOpened")]
[JsonDerivedType(typeof(ExchangeStepDone), "device.exchangeStepDone")]
[JsonDerivedType(typeof(ExchangeRefused), "device.exchangeRefused")]
[JsonDerivedType(typeof(DeviceReplaced), "device.replaced")]
public abstract record DeviceEvent;

[GenerateSerializer, Immutable, Alias("dispatch.device.registered")]
public sealed record DeviceRegistered(
    [property: Id(0)] DeviceId Id, [property: Id(1)] TenantId Tenant, [property: Id(2)] DeviceIdentity Identity, [property: Id(3)] DeviceProfile Profile, [property: Id(4)] DateTimeOffset At) : DeviceEvent;

/// <summary>It is known better what the device is.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.device.profiled")]
public sealed record DeviceProfiled([property: Id(0)] DeviceProfile Profile) : DeviceEvent;

[GenerateSerializer, Immutable, Alias("dispatch.device.served")]
public sealed record DeviceServed([property: Id(0)] DeviceService Service) : DeviceEvent;

/// <summary>A service turned out to be another device's.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.device.serviceWithdrawn")]
public sealed record ServiceWithdrawn([property: Id(0)] WithdrawnService Service) : DeviceEvent;

[GenerateSerializer, Immutable, Alias("dispatch.device.accessoryReplaced")]
public sealed record AccessoryReplaced([property: Id(0)] AccessoryReplacement Replacement) : DeviceEvent;

/// <summary>A part with a serial of its own was built in.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.device.partFitted")]
public sealed record PartFitted([property: Id(0)] FittedPart Fitted) : DeviceEvent;

[GenerateSerializer, Immutable, Alias("dispatch.device.ownerChanged")]
public sealed record OwnerChanged([property: Id(0)] string Owner, [property: Id(1)] DateTimeOffset At) : DeviceEvent;

/// <summary>The device was given for another one.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.device.givenFor")]
public sealed record DeviceGivenFor([property: Id(0)] DeviceId Replaces, [property: Id(1)] DateTimeOffset At) : DeviceEvent;

[GenerateSerializer, Immutable, Alias("dispatch.device.exchangeOpened")]
public sealed record ExchangeOpened([property: Id(0)] ExchangeCase Case) : DeviceEvent;

[GenerateSerializer, Immutable, Alias("dispatch.device.exchangeStepDone")]
public sealed record ExchangeStepDone(
    [property: Id(0)] ExchangeStep Step, [property: Id(1)] ExchangeDesk Desk, [property: Id(2)] string By, [property: Id(3)] DateTimeOffset At, [property: Id(4)] ImmutableArray<ExchangeNote> Notes) : DeviceEvent;

[GenerateSerializer, Immutable, Alias("dispatch.device.exchangeRefused")]
public sealed record ExchangeRefused([property: Id(0)] ExchangeDesk Desk, [property: Id(1)] string By, [property: Id(2)] string Reason, [property: Id(3)] DateTimeOffset At) : DeviceEvent;

/// <summary>Another device was given for this one.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.device.replaced")]
public sealed record DeviceReplaced([property: Id(0)] DeviceId With, [property: Id(1)] DeviceIdentity Identity, [property: Id(2)] DateTimeOffset At) : DeviceEvent;
