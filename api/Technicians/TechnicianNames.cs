using System.Collections.Concurrent;
using Dispatch.Api.Reading;
using Dispatch.Domain;

namespace Dispatch.Api.Technicians;

/// <summary>Names of technicians, for the customers they come to. A name does not change once registered, so it is kept.</summary>
internal sealed class TechnicianNames(ViewReader views)
{
    private readonly ConcurrentDictionary<(TenantId, TechnicianId), string> _known = new();

    /// <summary>The name, or null where the read model does not know the technician yet.</summary>
    public async ValueTask<string?> Find(TenantId tenant, TechnicianId? technician, CancellationToken cancellation)
    {
        if (technician is not { } id)
            return null;
        if (_known.TryGetValue((tenant, id), out string? known))
            return known;
        if (await views.Find(tenant, ChangeToken.Technician, id.Value, cancellation) is not { } row)
            return null;
        return _known[(tenant, id)] = row.ToTechnician().Profile.Name;
    }
}
