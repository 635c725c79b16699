using System.Collections.Immutable;

namespace Dispatch.Domain.Matching.Divided;

/// <summary>Some technicians of a zone and the jobs that are theirs or wait near them, as indices into the snapshot.</summary>
internal sealed record ZonePart(int[] Technicians, int[] Jobs)
{
    /// <summary>The part as a snapshot of its own.</summary>
    public PlanningSnapshot Of(PlanningSnapshot zone) => zone with
    {
        Technicians = [.. Technicians.Select(t => zone.Technicians[t])],
        Jobs = [.. Jobs.Select(j => zone.Jobs[j])],
    };
}

/// <summary>What became of a part: its technicians' routes, and the jobs, as indices into the zone's snapshot, that are in none of them.</summary>
internal sealed record PartPlan(ZonePart Part, ImmutableArray<PlannedRoute> Routes, ImmutableArray<int> Unserved, long Iterations, long Improvements);
