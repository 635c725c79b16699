using Dispatch.Domain;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Zones;

namespace Dispatch.Api.Zones;

/// <summary>Asks zones for their newest plan and their reasons.</summary>
internal sealed class PlanReader(IGrainFactory grains)
{
    public Task<ZonePlanView?> Find(TenantId tenant, ZoneId zone) => grains.GetGrain<IZoneGrain>(GrainKeys.Of(tenant, zone.Value)).GetPlan();

    public Task<JobExplanation?> Explain(TenantId tenant, ZoneId zone, JobId job) => grains.GetGrain<IZoneGrain>(GrainKeys.Of(tenant, zone.Value)).Explain(job);
}
