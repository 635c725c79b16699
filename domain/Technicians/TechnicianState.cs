using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Technicians.Patches;

namespace Dispatch.Domain.Technicians;

/// <summary>How firmly a technician's time is spoken for.</summary>
[GenerateSerializer, Alias("dispatch.commitmentStatus")]
public enum CommitmentStatus
{
    /// <summary>Kept free for an offer; lapses by itself.</summary>
    Reserved,
    /// <summary>The job is theirs.</summary>
    Confirmed,
    /// <summary>On the way to it.</summary>
    EnRoute,
    /// <summary>At work on it.</summary>
    OnSite,
}

/// <summary>Time and parts of one technician that one job holds. <see cref="ExpiresAt"/> only while reserved.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.commitment")]
public sealed record Commitment(
    [property: Id(0), JsonPropertyName("jobId")] JobId Job,
    [property: Id(1)] Epoch Epoch,
    [property: Id(2)] CommitmentStatus Status,
    [property: Id(3)] Visit Visit,
    [property: Id(4)] Place Place,
    [property: Id(5)] ImmutableArray<PartQuantity> Parts,
    [property: Id(6)] TimeSpan Service,
    [property: Id(7)] DateTimeOffset WindowOpens,
    [property: Id(8)] DateTimeOffset? ExpiresAt,
    [property: Id(9)] DateTimeOffset? Since)
{
    public bool HasLapsed(DateTimeOffset now) => Status == CommitmentStatus.Reserved && now >= ExpiresAt;
}

/// <summary>Everything released up to this epoch stays released: a confirmation that arrives late must not bring it back.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.releasedEpoch")]
public sealed record ReleasedEpoch([property: Id(0), JsonPropertyName("jobId")] JobId Job, [property: Id(1)] Epoch UpTo, [property: Id(2)] DateTimeOffset At);

/// <summary>Where the call at the depot stands.</summary>
[GenerateSerializer, Alias("dispatch.depotCallStatus")]
public enum DepotCallStatus { Ordered, UnderWay }

/// <summary>The order to call at a depot and fetch tools and parts. Numbers rise; only the newest counts.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.depotCall")]
public sealed record DepotCall(
    [property: Id(0)] int Number,
    [property: Id(1)] DepotId Depot,
    [property: Id(2)] Place Place,
    [property: Id(3)] DateTimeOffset DepartAt,
    [property: Id(4)] DepotCallStatus Status,
    [property: Id(5)] DateTimeOffset? Since);

/// <summary>Who a technician is and what they bring, as a manager enters it.</summary>
/// <param name="MaxJobs">Jobs of one shift at most; null for no limit.</param>
/// <param name="Authorisations">Brands they may work on; null where brands set no bounds to them.</param>
/// <param name="ExternalId">Their id in another system, unique within the tenant; null where none was given.</param>
[GenerateSerializer, Immutable, Alias("dispatch.technicianProfile")]
public sealed record TechnicianProfile(
    [property: Id(0)] string Name,
    [property: Id(1)] ZoneId Zone,
    [property: Id(2)] Place Home,
    [property: Id(3)] TimeWindow Shift,
    [property: Id(4)] ImmutableArray<SkillLevel> Skills,
    [property: Id(5)] ImmutableArray<string> Tools,
    [property: Id(6)] ImmutableArray<PartQuantity> Stock,
    [property: Id(7)] int? MaxJobs = null,
    [property: Id(8)] Employment Employment = Employment.FullTime,
    [property: Id(9)] ImmutableArray<BrandAuthorisation>? Authorisations = null,
    [property: Id(10)] string? ExternalId = null);

/// <summary>A brand lets a technician begin work on its devices up to this moment.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.brandAuthorisation")]
public readonly record struct BrandAuthorisation([property: Id(0)] string Brand, [property: Id(1)] DateTimeOffset Until);

/// <summary>
/// Everything decisions about a technician's time need. <see cref="Place"/> and <see cref="FreeSince"/> are where and when the last stop ended
/// (home and the start of the shift before the first), not the live position, which is never stored.
/// </summary>
/// <param name="Parked">What a change of plan that is not decided yet, or not told yet, would do to this day.</param>
[GenerateSerializer, Immutable, Alias("dispatch.technicianState")]
public sealed record TechnicianState(
    [property: Id(0)] TechnicianId Id,
    [property: Id(1)] TenantId Tenant,
    [property: Id(2)] TechnicianProfile Profile,
    [property: Id(3)] ImmutableArray<PartQuantity> Stock,
    [property: Id(4)] bool OnDuty,
    [property: Id(5)] bool HasLeftHome,
    [property: Id(6)] Place Place,
    [property: Id(7)] DateTimeOffset FreeSince,
    [property: Id(8)] ImmutableArray<Commitment> Commitments,
    [property: Id(9)] ImmutableArray<ReleasedEpoch> Released,
    [property: Id(10)] DepotCall? DepotCall,
    [property: Id(11)] int DepotCalls,
    [property: Id(12)] bool DepotVisited,
    [property: Id(13)] int JobsDone = 0,
    [property: Id(14)] ParkedPatch? Parked = null)
{
    public Commitment? CommitmentOf(JobId job)
    {
        foreach (Commitment commitment in Commitments)
            if (commitment.Job == job)
                return commitment;
        return null;
    }

    public int StockOf(string part)
    {
        foreach (PartQuantity line in Stock)
            if (string.Equals(line.Code, part, StringComparison.Ordinal))
                return line.Quantity;
        return 0;
    }
}
