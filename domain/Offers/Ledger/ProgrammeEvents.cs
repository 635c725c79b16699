using System.Text.Json.Serialization;
using Dispatch.Domain.Jobs;

namespace Dispatch.Domain.Offers;

/// <summary>Something that has happened to a programme's ledger. The discriminator is the public event type.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.programmeEvent")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(VisitGranted), "programme.granted")]
[JsonDerivedType(typeof(VisitConfirmed), "programme.confirmed")]
[JsonDerivedType(typeof(VisitForgone), "programme.forgone")]
[JsonDerivedType(typeof(VisitReleased), "programme.released")]
[JsonDerivedType(typeof(VisitSettled), "programme.settled")]
public abstract record ProgrammeEvent;

[GenerateSerializer, Immutable, Alias("dispatch.programme.granted")]
public sealed record VisitGranted([property: Id(0)] ProgrammeId Id, [property: Id(1)] TenantId Tenant, [property: Id(2)] GrantedVisit Visit) : ProgrammeEvent;

[GenerateSerializer, Immutable, Alias("dispatch.programme.confirmed")]
public sealed record VisitConfirmed([property: Id(0), JsonPropertyName("jobId")] JobId Job) : ProgrammeEvent;

[GenerateSerializer, Immutable, Alias("dispatch.programme.forgone")]
public sealed record VisitForgone([property: Id(0), JsonPropertyName("jobId")] JobId Job) : ProgrammeEvent;

[GenerateSerializer, Immutable, Alias("dispatch.programme.released")]
public sealed record VisitReleased([property: Id(0), JsonPropertyName("jobId")] JobId Job) : ProgrammeEvent;

[GenerateSerializer, Immutable, Alias("dispatch.programme.settled")]
public sealed record VisitSettled([property: Id(0), JsonPropertyName("jobId")] JobId Job) : ProgrammeEvent;
