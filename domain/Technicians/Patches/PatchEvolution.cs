namespace Dispatch.Domain.Technicians.Patches;

/// <summary>What each fact of a change of plan makes of a technician's day; null for a fact that is not one of these.</summary>
internal static class PatchEvolution
{
    public static TechnicianState? Apply(TechnicianState t, TechnicianEvent fact, DateTimeOffset now) => fact switch
    {
        // What had lapsed when the patch was judged leaves with it: a clock that is behind must not find it alive again.
        PatchParked e => t with { Parked = e.Patch, Commitments = t.Commitments.RemoveAll(c => c.HasLapsed(now)) },
        PatchSettled { Committed: false } => t with { Parked = null },
        PatchSettled e => t with
        {
            Parked = null,
            Commitments =
            [
                .. t.Commitments
                    .Where(c => !e.Patch.Releases.Any(r => r.Job == c.Job && c.Epoch.Value <= r.Epoch.Value) && !e.Patch.Additions.Any(a => a.Job == c.Job))
                    .Concat(e.Patch.Additions).OrderBy(c => c.Visit.StartAt).ThenBy(c => c.Job),
            ],
            Released = e.Patch.Releases.Aggregate(t.Released, (all, r) => TechnicianEvolution.Remember(all, new ReleasedEpoch(r.Job, r.Epoch, e.At))),
        },
        _ => null,
    };
}
