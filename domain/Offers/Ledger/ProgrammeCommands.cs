using System.Text.Json.Serialization;
using Dispatch.Domain.Jobs;

namespace Dispatch.Domain.Offers;

/// <summary>What a job wants of a programme's ledger. Every one may be repeated, delayed or reordered.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.programmeCommand")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(GrantVisit), "grantVisit")]
[JsonDerivedType(typeof(ConfirmVisit), "confirmVisit")]
[JsonDerivedType(typeof(ForgoVisit), "forgoVisit")]
[JsonDerivedType(typeof(ReleaseVisit), "releaseVisit")]
[JsonDerivedType(typeof(SettleVisit), "settleVisit")]
public abstract record ProgrammeCommand;

/// <summary>Keep a visit of the quota and its money until it is confirmed or lapses.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.programme.grant")]
public sealed record GrantVisit(
    [property: Id(0)] JobId Job, [property: Id(1)] TenantId Tenant, [property: Id(2)] ProgrammeGrant Grant, [property: Id(3)] DateTimeOffset ExpiresAt) : ProgrammeCommand;

/// <summary>The job is written with its price: the visit no longer lapses. What had lapsed by then is entered again, because the customer was told that price.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.programme.confirm")]
public sealed record ConfirmVisit([property: Id(0)] JobId Job, [property: Id(1)] TenantId Tenant, [property: Id(2)] ProgrammeGrant Grant) : ProgrammeCommand;

/// <summary>Another ledger refused, so that the job will not be written now: the visit is free, unless it is confirmed by then.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.programme.forgo")]
public sealed record ForgoVisit([property: Id(0)] JobId Job) : ProgrammeCommand;

/// <summary>The job was called off: the visit is free for others, for good.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.programme.release")]
public sealed record ReleaseVisit([property: Id(0)] JobId Job) : ProgrammeCommand;

/// <summary>The job has closed: the visit is counted for good and no longer known by its job.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.programme.settle")]
public sealed record SettleVisit([property: Id(0)] JobId Job) : ProgrammeCommand;
