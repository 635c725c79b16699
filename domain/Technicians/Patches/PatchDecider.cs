using System.Collections.Immutable;
using Dispatch.Domain.Intents;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Technicians.Patches;

using Decision = Decision<TechnicianEvent>;

/// <summary>
/// What a change of plan does to a technician's ledger. Pure. One patch at a time: it is parked where the day that would follow is possible, and nothing that comes between can make it
/// impossible, because what it adds is kept free and what it releases stays held.
/// </summary>
internal static class PatchDecider
{
    public static Decision Parked(TechnicianState t, ParkPatch c, DateTimeOffset now)
    {
        if (t.Parked is { } parked)
            return parked.Intent == c.Intent ? Decision.Nothing : TechnicianRefusals.PlanUnderWay(t);
        if (now >= c.DecideBy)
            return IntentRefusals.Expired(c.Intent, c.DecideBy);
        foreach (SlotRef release in c.Releases)
            if (t.CommitmentOf(release.Job) is not { Status: CommitmentStatus.Confirmed } held || held.Epoch != release.Epoch)
                return TechnicianRefusals.ReservationGone(t, release.Job);
        return NoRoom(t, c, now) is { } refusal ? refusal : new PatchParked(new ParkedPatch(c.Intent, c.DecideBy, c.Releases, [.. c.Additions.Select(CommitmentOf)]));
    }

    public static Decision Settled(TechnicianState t, SettlePatch c, DateTimeOffset now)
    {
        if (t.Parked is { } patch && patch.Intent == c.Intent)
            return new PatchSettled(patch, c.Committed, now);
        return c is { Committed: true, Holds: { } slot } && !TechnicianDecider.IsReleased(t, slot.Job, slot.Epoch) && (t.CommitmentOf(slot.Job) is not { } held || held.Epoch < slot.Epoch)
            ? TechnicianRefusals.PatchUnknown(t, c.Intent)
            : Decision.Nothing;
    }

    private static Refusal? NoRoom(TechnicianState t, ParkPatch c, DateTimeOffset now)
    {
        if (c.Additions.IsEmpty)
            return null;
        if (!t.OnDuty)
            return TechnicianRefusals.OffDuty(t);
        foreach (SlotAddition addition in c.Additions)
            if (TechnicianDecider.IsReleased(t, addition.Job, addition.Epoch) || (t.CommitmentOf(addition.Job) is { } known && known.Epoch.Value >= addition.Epoch.Value && !known.HasLapsed(now)))
                return TechnicianRefusals.EpochStale(t, addition.Job, addition.Epoch);
        // An older reservation for a job that is added makes room too: the addition takes its place.
        Commitment[] kept = [.. LedgerRoom.Held(t, now).Where(held => !c.Releases.Any(r => r.Job == held.Job) && !c.Additions.Any(a => a.Job == held.Job))];
        List<Commitment> day = [.. kept];
        foreach (SlotAddition addition in c.Additions)
        {
            if (LedgerRoom.NoTime(t, addition.Visit, addition.Needs, day) is { } refusal)
                return refusal;
            day.Add(CommitmentOf(addition));
        }
        return LedgerRoom.NoGoods(t, [.. c.Additions.Select(a => a.Needs)], kept);
    }

    private static Commitment CommitmentOf(SlotAddition a) =>
        new(a.Job, a.Epoch, CommitmentStatus.Confirmed, a.Visit, a.Place, a.Needs.Parts, a.Needs.Service, a.WindowOpens, null, null);
}
