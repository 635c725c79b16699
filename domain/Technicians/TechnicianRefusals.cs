using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Technicians;

/// <summary>Every no a technician's ledger can give. Each code is a row of docs/refusals.md.</summary>
public static class TechnicianRefusals
{
    /// <summary>Says that the job has moved on; nothing about the technician.</summary>
    internal const string StaleCode = "technician.epoch_stale";

    public static Refusal Unknown(TechnicianId id) => Refusal.Of("technician.unknown", RefusalKind.Unknown, ("technicianId", id));
    public static Refusal OffDuty(TechnicianState t) => Refusal.Of("technician.off_duty", RefusalKind.Conflict, ("technicianId", t.Id));
    public static Refusal SlotTaken(TechnicianState t, JobId by) => Refusal.Of("technician.slot_taken", RefusalKind.Conflict, ("technicianId", t.Id), ("jobId", by));
    public static Refusal PartMissing(TechnicianState t, string part, int wanted, int left) => Refusal.Of("technician.part_missing", RefusalKind.Conflict, ("technicianId", t.Id), ("part", part), ("wanted", wanted), ("left", left));
    public static Refusal ToolMissing(TechnicianState t, string tool) => Refusal.Of("technician.tool_missing", RefusalKind.Conflict, ("technicianId", t.Id), ("tool", tool));
    public static Refusal SkillMissing(TechnicianState t, SkillLevel skill) => Refusal.Of("technician.skill_missing", RefusalKind.Conflict, ("technicianId", t.Id), ("skill", skill.Code), ("level", skill.Level));
    public static Refusal OutsideShift(TechnicianState t) => Refusal.Of("technician.outside_shift", RefusalKind.Conflict, ("technicianId", t.Id), ("from", t.Profile.Shift.From.ToString("O")), ("to", t.Profile.Shift.To.ToString("O")));
    public static Refusal ReservationGone(TechnicianState t, JobId job) => Refusal.Of("technician.reservation_gone", RefusalKind.Conflict, ("technicianId", t.Id), ("jobId", job));
    public static Refusal EpochStale(TechnicianState t, JobId job, Epoch given) => Refusal.Of(StaleCode, RefusalKind.Conflict, ("technicianId", t.Id), ("jobId", job), ("given", given));
    public static Refusal DepotCallUnknown(TechnicianState t, int number) => Refusal.Of("technician.depot_call_unknown", RefusalKind.Conflict, ("technicianId", t.Id), ("number", number));
    public static Refusal DepotCallDone(TechnicianState t) => Refusal.Of("technician.depot_call_done", RefusalKind.Conflict, ("technicianId", t.Id));
    public static Refusal TimeInFuture(DateTimeOffset at, DateTimeOffset now) => Refusal.Of("technician.time_in_future", RefusalKind.Unprocessable, ("occurredAt", at.ToString("O")), ("now", now.ToString("O")));
    public static Refusal PlanUnderWay(TechnicianState t) => Refusal.Of("technician.plan_under_way", RefusalKind.Conflict, ("technicianId", t.Id), ("planChangeId", t.Parked?.Intent));
    public static Refusal PatchUnknown(TechnicianState t, IntentId intent) => Refusal.Of("technician.patch_unknown", RefusalKind.Conflict, ("technicianId", t.Id), ("planChangeId", intent));
    public static Refusal ShiftReversed(TimeWindow shift) => Refusal.Of("technician.shift_reversed", RefusalKind.Unprocessable, ("from", shift.From.ToString("O")), ("to", shift.To.ToString("O")));
    public static Refusal ExternalIdTaken(TechnicianState t, string externalId) =>
        Refusal.Of("technician.external_id_taken", RefusalKind.Conflict, ("externalId", externalId), ("technicianId", t.Id));
    public static Refusal IdTaken(TechnicianId id) => Refusal.Of("operation.key_reused", RefusalKind.Unprocessable, ("technicianId", id));
}
