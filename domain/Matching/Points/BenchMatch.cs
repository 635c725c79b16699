using System.Collections.Immutable;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.ServicePoints;

namespace Dispatch.Domain.Matching.Points;

/// <summary>A job that waits for a bench at a service point.</summary>
public sealed record MailInJob(JobId Id, ZoneId Zone, Place Place, string Bench, string? Brand, ServiceNeeds Needs, DateTimeOffset RequestedAt)
{
    /// <summary>The part of a job that decides about its bench; null where it takes none, and before anybody knows what it needs.</summary>
    public static MailInJob? Of(JobState job) => job is { Needs: { } needs, Request.Bench: { } bench } && job.Mode.TakesBench()
        ? new(job.Id, job.Zone, job.Request.Place, bench, job.Request.Device?.Brand, needs, job.RequestedAt)
        : null;
}

/// <summary>A place on a bench for a job, and what it costs.</summary>
/// <param name="Freight">Both ways, minor units of money.</param>
/// <param name="Wait">The customer's days without the device, minor units of money.</param>
/// <param name="Load">For a bench that fills up, minor units of money.</param>
[GenerateSerializer, Immutable, Alias("dispatch.benchOption")]
public sealed record BenchOption(
    [property: Id(0)] ServicePointId Point,
    [property: Id(1)] DateOnly Day,
    [property: Id(2)] DateTimeOffset PromisedAt,
    [property: Id(3)] long Freight,
    [property: Id(4)] long Wait,
    [property: Id(5)] long Load)
{
    public long Cost => Freight + Wait + Load;
}

/// <summary>Why a service point cannot take a job, or what it would cost more than the one that was chosen.</summary>
/// <param name="Violation">The first constraint that stops it; null where it could, and then <paramref name="Option"/> says at what cost.</param>
[GenerateSerializer, Immutable, Alias("dispatch.pointVerdict")]
public sealed record PointVerdict([property: Id(0)] ServicePointId Point, [property: Id(1)] Violation? Violation, [property: Id(2)] BenchOption? Option);

/// <summary>What the matching says of one job: where it goes, or that no point can take it, with a verdict for each point.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.benchMatch")]
public sealed record BenchMatch([property: Id(0)] JobId Job, [property: Id(1)] BenchOption? Chosen, [property: Id(2)] ImmutableArray<PointVerdict> Verdicts);
