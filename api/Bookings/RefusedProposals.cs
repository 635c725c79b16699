using Dispatch.Api.Access;
using Dispatch.Api.Offers;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;

namespace Dispatch.Api.Bookings;

/// <summary>What ledgers have refused while one booking is under way, and what they say they have instead.</summary>
internal sealed class RefusedProposals(Ownership ownership, TenantId tenant)
{
    private readonly HashSet<Reservation> refused = [];
    private readonly HashSet<string> without = [];
    private readonly Dictionary<ServicePointId, ServicePointState> points = [];
    private readonly Dictionary<TechnicianId, TechnicianState> technicians = [];

    public BookingWish Wish(TimeWindow? window) => new(window, without, points, technicians);

    /// <summary>
    /// Looks at the ledger itself. One that refuses again what it says it has is left out: it knows a reason that comparing does not.
    /// </summary>
    public async Task Note(Reservation proposal)
    {
        if (!refused.Add(proposal with { Parts = [] }))
            without.UnionWith(new[] { proposal.Technician?.Value, proposal.Point?.Value }.OfType<string>());
        if (proposal.Point is { } point && await ownership.PointGrain(tenant, point).Get() is { State: var ledger })
            points[point] = ledger;
        if (proposal.Technician is { } technician && await ownership.TechnicianGrain(tenant, technician).Get() is { State: var day })
            technicians[technician] = day;
    }
}
