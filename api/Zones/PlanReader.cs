using Dispatch.Domain;
using Dispatch.Domain.Matching;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Zones;

namespace Dispatch.Api.Zones;

/// <summary>Asks zones for their newest plan.</summary>
internal sealed class PlanReader(IGrainFactory grains)
{
    public Task<ZonePlanView?> Find(TenantId tenant, ZoneId zone) => grains.GetGrain<IZoneGrain>(GrainKeys.Of(tenant, zone.Value)).GetPlan();

    public async Task<ZonePlan?> Newest(TenantId tenant, ZoneId zone) => (await Find(tenant, zone))?.Plan;
}
