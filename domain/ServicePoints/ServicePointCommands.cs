using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Jobs;

namespace Dispatch.Domain.ServicePoints;

/// <summary>What somebody wants of a service point's benches. Every one may be repeated, delayed or reordered.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.servicePointCommand")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(DefineServicePoint), "definePoint")]
[JsonDerivedType(typeof(ReserveBench), "reserveBench")]
[JsonDerivedType(typeof(ConfirmBench), "confirmBench")]
[JsonDerivedType(typeof(ReleaseBench), "releaseBench")]
[JsonDerivedType(typeof(FinishBenchSlot), "finishBench")]
public abstract record ServicePointCommand;

/// <summary>Create the point or give it another definition. The stock is counted anew; what jobs hold of it they keep.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.point.define")]
public sealed record DefineServicePoint(
    [property: Id(0)] ServicePointId Id, [property: Id(1)] TenantId Tenant, [property: Id(2)] ServicePointProfile Profile, [property: Id(3)] ImmutableArray<PartQuantity> Stock) : ServicePointCommand;

/// <summary>Keep a place on that day's bench and these parts until it is confirmed or expires.</summary>
/// <param name="Category">Kind of bench; <see cref="Booking.NoBench"/> where only the parts are kept, for example a unit to be given.</param>
/// <param name="Brand">Of the device; null where the customer did not say.</param>
/// <param name="Later">Days to be taken, the first that can be, where <paramref name="Day"/> cannot.</param>
[GenerateSerializer, Immutable, Alias("dispatch.point.reserve")]
public sealed record ReserveBench(
    [property: Id(0)] JobId Job,
    [property: Id(1)] Epoch Epoch,
    [property: Id(2)] DateOnly Day,
    [property: Id(3)] string Category,
    [property: Id(4)] string? Brand,
    [property: Id(5)] ServiceNeeds Needs,
    [property: Id(6)] DateTimeOffset ExpiresAt,
    [property: Id(7)] ImmutableArray<DateOnly> Later = default) : ServicePointCommand
{
    /// <summary>All days that will do, in the order in which they are wanted.</summary>
    public IEnumerable<DateOnly> Days => Later.IsDefault ? [Day] : [Day, .. Later];
}

/// <summary>The job has it: the place of this epoch no longer lapses.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.point.confirm")]
public sealed record ConfirmBench([property: Id(0)] JobId Job, [property: Id(1)] Epoch Epoch) : ServicePointCommand;

/// <summary>The job let go of this point; everything held for it up to this epoch is free.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.point.release")]
public sealed record ReleaseBench([property: Id(0)] JobId Job, [property: Id(1)] Epoch UpTo, [property: Id(2)] string Reason) : ServicePointCommand;

/// <summary>The repair is over: the parts are gone, and a place of a later day is free again.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.point.finish")]
public sealed record FinishBenchSlot([property: Id(0)] JobId Job, [property: Id(1)] Epoch Epoch, [property: Id(2)] DateTimeOffset At, [property: Id(3)] ImmutableArray<PartQuantity> PartsUsed) : ServicePointCommand;
