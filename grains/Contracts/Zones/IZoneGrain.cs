using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Points;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Zones;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.ServicePoints;
using Dispatch.Grains.Contracts.Technicians;

namespace Dispatch.Grains.Contracts.Zones;

/// <summary>Either a refusal or the version after the command.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.zoneReply")]
public sealed record ZoneReply([property: Id(0)] Refusal? Refusal, [property: Id(1)] long Version);

/// <summary>A job, technician or service point of the zone as it now is. Carries a version, so order and repetition do not matter.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.zoneNotice")]
public sealed record ZoneNotice([property: Id(0)] VersionedJob? Job, [property: Id(1)] VersionedTechnician? Technician, [property: Id(2)] VersionedPoint? Point = null);

/// <summary>The tentative routes of a zone, as of one planning run.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.zonePlanView")]
public sealed record ZonePlanView([property: Id(0)] ZoneId Zone, [property: Id(1)] DateTimeOffset PlannedAt, [property: Id(2)] ZonePlan Plan);

/// <summary>Why a job is where it is, or why it is nowhere; exactly one of placement and unplaced for a visit, the bench match for a parcel.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.jobExplanation")]
public sealed record JobExplanation(
    [property: Id(0)] DateTimeOffset PlannedAt, [property: Id(1)] Placement? Placement, [property: Id(2)] UnplacedJob? Unplaced, [property: Id(3)] BenchMatch? Bench = null);

/// <summary>
/// The planner of one territory: knows its open jobs and technicians, proposes to jobs, decides nothing alone. Its knowledge is rebuilt from the read models
/// at activation, so two activations at once do no harm: the jobs' epochs settle it. Key: tenant/zone id.
/// </summary>
[Alias("dispatch.IZoneGrain")]
public interface IZoneGrain : IGrainWithStringKey
{
    /// <summary>Define territory and depot. Durable at the reply.</summary>
    [Alias("Execute")]
    Task<ZoneReply> Execute(ZoneCommand command, Operation? operation);

    /// <summary>Something of the zone changed. In memory; interleaves because jobs tell their zone while the zone asks them.</summary>
    [Alias("Notify"), AlwaysInterleave]
    Task Notify(ZoneNotice notice);

    /// <summary>The newest plan; null before the first.</summary>
    [Alias("GetPlan"), AlwaysInterleave]
    Task<ZonePlanView?> GetPlan();

    /// <summary>
    /// Why the newest plan has the job where it is, or, once it was offered, why it was offered to that technician. Null if this activation never planned it.
    /// </summary>
    [Alias("Explain"), AlwaysInterleave]
    Task<JobExplanation?> Explain(JobId job);

    /// <summary>Starts planning if nobody has since the activation began. Harmless at any time.</summary>
    [Alias("Wake"), AlwaysInterleave]
    Task Wake();
}
