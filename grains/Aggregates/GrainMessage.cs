using System.Text.Json.Serialization;
using Dispatch.Domain;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;

namespace Dispatch.Grains.Aggregates;

/// <summary>Something an outbox tells another grain, after the feeds have the event.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.grainMessage")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(TellTechnician), "technician")]
[JsonDerivedType(typeof(TellPoint), "point")]
public abstract record GrainMessage;

/// <summary>A command for a technician's ledger, idempotent by job and epoch, so that it may be sent again.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.tellTechnician")]
public sealed record TellTechnician([property: Id(0)] TechnicianId To, [property: Id(1)] TechnicianCommand Command) : GrainMessage;

/// <summary>A command for a service point's ledger, idempotent by job and epoch. What it answers goes to <c>Answered</c> of the grain that sent it.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.tellPoint")]
public sealed record TellPoint([property: Id(0)] ServicePointId To, [property: Id(1)] ServicePointCommand Command) : GrainMessage;
