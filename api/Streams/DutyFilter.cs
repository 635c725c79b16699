using System.Collections.Immutable;
using Dispatch.Api.Reading;
using Dispatch.Domain;
using Dispatch.Grains.Contracts.Technicians;

namespace Dispatch.Api.Streams;

/// <summary>Where somebody was when they went off duty is nobody's business any more, although the feed still remembers it.</summary>
internal sealed class DutyFilter(ViewReader views)
{
    public async Task<ImmutableArray<Position>> OnDuty(TenantId tenant, ImmutableArray<Position> positions, CancellationToken cancellation)
    {
        List<StoredView> technicians = await views.FindMany(tenant, ChangeToken.Technician, [.. positions.Select(p => p.Technician.Value)], cancellation);
        HashSet<string> working = [.. technicians.Where(row => row.ToTechnician().OnDuty).Select(row => row.Id)];
        return positions.RemoveAll(p => !working.Contains(p.Technician.Value));
    }
}
