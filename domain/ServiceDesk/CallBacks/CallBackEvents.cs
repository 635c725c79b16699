using System.Text.Json.Serialization;

namespace Dispatch.Domain.ServiceDesk.CallBacks;

/// <summary>Something that has happened to a call-back. The discriminator is the public event type.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.callBackEvent")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(CallBackPlanned), "callback.planned")]
[JsonDerivedType(typeof(CallBackTaken), "callback.taken")]
[JsonDerivedType(typeof(CallBackReturned), "callback.returned")]
[JsonDerivedType(typeof(CustomerNotReached), "callback.notReached")]
[JsonDerivedType(typeof(CallBackGivenUp), "callback.givenUp")]
[JsonDerivedType(typeof(ServiceRated), "callback.rated")]
public abstract record CallBackEvent;

[GenerateSerializer, Immutable, Alias("dispatch.callBack.planned")]
public sealed record CallBackPlanned(
    [property: Id(0)] CallBackId Id, [property: Id(1)] TenantId Tenant, [property: Id(2), JsonPropertyName("jobId")] JobId Job, [property: Id(3)] DateTimeOffset ClosedAt,
    [property: Id(4)] DateTimeOffset DueAt) : CallBackEvent;

[GenerateSerializer, Immutable, Alias("dispatch.callBack.taken")]
public sealed record CallBackTaken([property: Id(0)] string By, [property: Id(1)] DateTimeOffset At) : CallBackEvent;

[GenerateSerializer, Immutable, Alias("dispatch.callBack.returned")]
public sealed record CallBackReturned([property: Id(0)] string By, [property: Id(1)] DateTimeOffset At) : CallBackEvent;

/// <summary>Tried again at <see cref="DueAt"/>.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.callBack.notReachedThen")]
public sealed record CustomerNotReached([property: Id(0)] string By, [property: Id(1)] DateTimeOffset At, [property: Id(2)] DateTimeOffset DueAt) : CallBackEvent;

/// <summary>The last try reached nobody either.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.callBack.givenUp")]
public sealed record CallBackGivenUp([property: Id(0)] string By, [property: Id(1)] DateTimeOffset At) : CallBackEvent;

/// <param name="Complaint">A complaint comes of it: one that is opened, or the one that is under way.</param>
[GenerateSerializer, Immutable, Alias("dispatch.callBack.rated")]
public sealed record ServiceRated(
    [property: Id(0)] string By, [property: Id(1)] Satisfaction Rating, [property: Id(2)] DeskText? Remark, [property: Id(3)] bool ByLink, [property: Id(4)] bool Complaint,
    [property: Id(5)] DateTimeOffset At) : CallBackEvent;
