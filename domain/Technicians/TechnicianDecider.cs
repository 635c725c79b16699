using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Technicians.Patches;

namespace Dispatch.Domain.Technicians;

using Decision = Decision<TechnicianEvent>;

/// <summary>
/// The ledger of one technician's time, parts and tools. It alone may say that a time is free: two jobs never hold overlapping work, and
/// parts are never promised twice. Pure: the same arguments give the same answer.
/// </summary>
public static class TechnicianDecider
{
    public static Decision Decide(TechnicianState? state, TechnicianCommand command, DateTimeOffset now, JobRules rules)
    {
        if (command is RegisterTechnician register)
            return state is null ? Registered(register) : Taken(state, register.Profile);
        if (state is not { } technician)
            return Refusal.Of("technician.unknown", RefusalKind.Unknown);
        return command switch
        {
            SetDuty c => c.OnDuty == technician.OnDuty ? Decision.Nothing : new DutyChanged(c.OnDuty),
            ReserveSlot c => Reserved(technician, c, now),
            ConfirmSlot c => Confirmed(technician, c, now),
            ReleaseSlot c => IsReleased(technician, c.Job, c.UpTo) ? Decision.Nothing : new SlotReleased(c.Job, c.UpTo, c.Reason, now),
            RecordProgress c => Progressed(technician, c),
            FinishSlot c => Finished(technician, c),
            ParkPatch c => PatchDecider.Parked(technician, c, now),
            SettlePatch c => PatchDecider.Settled(technician, c, now),
            OrderDepotCall c => DepotOrdered(technician, c),
            CancelDepotCall c => technician.DepotCall is { Status: DepotCallStatus.Ordered } call && call.Number == c.Number ? new DepotCallCancelled(c.Number) : Decision.Nothing,
            DepartToDepot c => DepotDeparted(technician, c, now, rules),
            CompleteDepotCall c => DepotCompleted(technician, c, now, rules),
            _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}"),
        };
    }

    /// <summary>The work of two commitments overlaps: they share more than an end.</summary>
    public static bool Overlap(Visit a, Visit b) => a.StartAt < b.FinishAt && b.StartAt < a.FinishAt;

    /// <summary>The id of the record follows from the external id, where there is one, else from the operation.</summary>
    private static Refusal Taken(TechnicianState state, TechnicianProfile profile) =>
        profile.ExternalId is { } external ? TechnicianRefusals.ExternalIdTaken(state, external) : TechnicianRefusals.IdTaken(state.Id);

    private static Decision Registered(RegisterTechnician c) =>
        c.Profile.Shift.To <= c.Profile.Shift.From ? TechnicianRefusals.ShiftReversed(c.Profile.Shift) : new TechnicianRegistered(c.Id, c.Tenant, c.Profile);

    private static Decision Reserved(TechnicianState t, ReserveSlot c, DateTimeOffset now)
    {
        if (!t.OnDuty)
            return TechnicianRefusals.OffDuty(t);
        if (IsReleased(t, c.Job, c.Epoch))
            return TechnicianRefusals.EpochStale(t, c.Job, c.Epoch);
        if (t.CommitmentOf(c.Job) is { } held)
        {
            if (held.Epoch > c.Epoch)
                return TechnicianRefusals.EpochStale(t, c.Job, c.Epoch);
            if (held.Epoch == c.Epoch && !held.HasLapsed(now) && held.Visit == c.Visit)
                return Decision.Nothing;
            // What somebody has said yes to stays; of two proposals under one epoch the later one counts until then.
            if (held.Epoch == c.Epoch && held.Status != CommitmentStatus.Reserved)
                return TechnicianRefusals.EpochStale(t, c.Job, c.Epoch);
        }
        Commitment[] others = [.. LedgerRoom.Held(t, now).Where(other => other.Job != c.Job)];
        if ((LedgerRoom.NoTime(t, c.Visit, c.Needs, others) ?? LedgerRoom.NoGoods(t, [c.Needs], others)) is { } refusal)
            return refusal;
        return new SlotReserved(new Commitment(
            c.Job, c.Epoch, CommitmentStatus.Reserved, c.Visit, c.Place, c.Needs.Parts, c.Needs.Service, c.WindowOpens, c.ExpiresAt, null));
    }

    private static Decision Confirmed(TechnicianState t, ConfirmSlot c, DateTimeOffset now)
    {
        if (IsReleased(t, c.Job, c.Epoch))
            return TechnicianRefusals.EpochStale(t, c.Job, c.Epoch);
        if (t.CommitmentOf(c.Job) is not { } held || held.Epoch != c.Epoch || held.HasLapsed(now))
            return TechnicianRefusals.ReservationGone(t, c.Job);
        if (held.Status <= CommitmentStatus.Confirmed && held.Visit != c.Visit)
            return TechnicianRefusals.ReservationGone(t, c.Job);
        return held.Status == CommitmentStatus.Reserved ? new SlotConfirmed(c.Job, c.Epoch) : Decision.Nothing;
    }

    /// <summary>Whether it tells of work on a job that this ledger neither holds nor remembers to have let go: as if it was not there when the time was confirmed.</summary>
    public static bool IsUnheardOf(TechnicianState t, TechnicianCommand command) => command switch
    {
        RecordProgress c => t.CommitmentOf(c.Job) is null && !IsReleased(t, c.Job, c.Epoch),
        FinishSlot c => t.CommitmentOf(c.Job) is null && !IsReleased(t, c.Job, c.Epoch),
        _ => false,
    };

    private static Decision Progressed(TechnicianState t, RecordProgress c) =>
        t.CommitmentOf(c.Job) is { } held && held.Epoch == c.Epoch && held.Status >= CommitmentStatus.Confirmed && held.Status < c.Status
            ? new SlotProgressed(c.Job, c.Epoch, c.Status, c.At)
            : Decision.Nothing;

    private static Decision Finished(TechnicianState t, FinishSlot c) =>
        t.CommitmentOf(c.Job) is { } held && held.Epoch == c.Epoch
            ? new SlotFinished(c.Job, c.Epoch, c.At, held.Place, c.PartsUsed)
            : Decision.Nothing;

    private static Decision DepotOrdered(TechnicianState t, OrderDepotCall c)
    {
        if (!t.OnDuty)
            return TechnicianRefusals.OffDuty(t);
        if (t.DepotVisited || t.DepotCall is { Status: DepotCallStatus.UnderWay })
            return TechnicianRefusals.DepotCallDone(t);
        if (t.DepotCall is { } call && call.Depot == c.Depot && call.DepartAt == c.DepartAt)
            return Decision.Nothing;
        return new DepotCallOrdered(new DepotCall(t.DepotCalls + 1, c.Depot, c.Place, c.DepartAt, DepotCallStatus.Ordered, null));
    }

    private static Decision DepotDeparted(TechnicianState t, DepartToDepot c, DateTimeOffset now, JobRules rules)
    {
        if (t.DepotCall is not { } call || call.Number != c.Number)
            return TechnicianRefusals.DepotCallUnknown(t, c.Number);
        if (c.OccurredAt > now + rules.DeviceClockAhead)
            return TechnicianRefusals.TimeInFuture(c.OccurredAt, now);
        return call.Status == DepotCallStatus.UnderWay ? Decision.Nothing : new DepotDeparted(c.Number, c.OccurredAt);
    }

    private static Decision DepotCompleted(TechnicianState t, CompleteDepotCall c, DateTimeOffset now, JobRules rules)
    {
        if (t.DepotVisited && c.Number == t.DepotCalls)
            return Decision.Nothing;
        if (t.DepotCall is not { Status: DepotCallStatus.UnderWay } call || call.Number != c.Number)
            return TechnicianRefusals.DepotCallUnknown(t, c.Number);
        if (c.OccurredAt > now + rules.DeviceClockAhead)
            return TechnicianRefusals.TimeInFuture(c.OccurredAt, now);
        return new DepotCallCompleted(c.Number, call.Place, c.OccurredAt);
    }

    /// <summary>Whether everything of this job up to this epoch was let go.</summary>
    internal static bool IsReleased(TechnicianState t, JobId job, Epoch epoch)
    {
        foreach (ReleasedEpoch released in t.Released)
            if (released.Job == job)
                return epoch.Value <= released.UpTo.Value;
        return false;
    }
}
