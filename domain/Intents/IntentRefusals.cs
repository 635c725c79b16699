using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Intents;

/// <summary>Every no of a change of plan itself. Each code is a row of docs/refusals.md.</summary>
public static class IntentRefusals
{
    public static Refusal Unknown(IntentId id) => Refusal.Of("intent.unknown", RefusalKind.Unknown, ("planChangeId", id));
    public static Refusal NoMoves() => Refusal.Of("intent.no_moves", RefusalKind.Invalid);
    public static Refusal TooManyMoves(int given) => Refusal.Of("intent.too_many_moves", RefusalKind.Unprocessable, ("given", given), ("most", IntentRules.MostMoves));
    public static Refusal JobTwice(JobId job) => Refusal.Of("intent.job_twice", RefusalKind.Invalid, ("jobId", job));
    public static Refusal NoMove(JobId job) => Refusal.Of("intent.no_move", RefusalKind.Invalid, ("jobId", job));
    public static Refusal OtherZone(JobId job, ZoneId zone) => Refusal.Of("intent.other_zone", RefusalKind.Unprocessable, ("jobId", job), ("zone", zone));
    public static Refusal VisitReversed(JobId job) => Refusal.Of("intent.visit_reversed", RefusalKind.Unprocessable, ("jobId", job));
    public static Refusal Expired(IntentId id, DateTimeOffset by) => Refusal.Of("intent.expired", RefusalKind.Conflict, ("planChangeId", id), ("decideBy", by.ToString("O")));
    public static Refusal Overtaken(IntentId id, string by) => Refusal.Of("intent.overtaken", RefusalKind.Conflict, ("planChangeId", id), ("by", by));
    public static Refusal NoAnswer(IntentId id, string from) => Refusal.Of("intent.no_answer", RefusalKind.Conflict, ("planChangeId", id), ("from", from));
    public static Refusal AlreadyWithdrawn(IntentId id) => Refusal.Of("intent.already_withdrawn", RefusalKind.Conflict, ("planChangeId", id));
    public static Refusal AlreadyCommitted(IntentId id) => Refusal.Of("intent.already_committed", RefusalKind.Conflict, ("planChangeId", id));
    public static Refusal IdTaken(IntentId id) => Refusal.Of("operation.key_reused", RefusalKind.Unprocessable, ("planChangeId", id));
}
