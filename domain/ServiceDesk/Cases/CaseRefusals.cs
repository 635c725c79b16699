using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.ServiceDesk.Cases;

/// <summary>Every no a case can give. Each code is a row of docs/refusals.md.</summary>
public static class CaseRefusals
{
    public static Refusal Unknown(CaseId id) => Refusal.Of("case.unknown", RefusalKind.Unknown, ("caseId", id));
    /// <summary>What a case that is over answers to a new complaint, as to every other step.</summary>
    public const string Over = "case.wrong_status";

    public static Refusal WrongStatus(CaseState state, CaseStep step) => Refusal.Of(Over, RefusalKind.Conflict, ("caseId", state.Id), ("status", state.Status), ("step", step));
    public static Refusal NotYours(CaseState state, CaseStep step) => Refusal.Of("case.not_yours", RefusalKind.Forbidden, ("caseId", state.Id), ("step", step));
    public static Refusal TooLong(CaseState state) => Refusal.Of("case.too_long", RefusalKind.Unprocessable, ("caseId", state.Id), ("most", CaseState.MostEntries));
    public static Refusal DueInPast(CaseState state, DateTimeOffset due) => Refusal.Of("case.due_in_past", RefusalKind.Unprocessable, ("caseId", state.Id), ("dueAt", due.ToString("O")));
    public static Refusal ProposalOutdated(CaseState state, int number) => Refusal.Of("case.proposal_outdated", RefusalKind.Outdated, ("caseId", state.Id), ("number", number), ("present", state.Proposals.Length));
    public static Refusal ProposalsUsedUp(CaseState state, int most) => Refusal.Of("case.proposals_used_up", RefusalKind.Conflict, ("caseId", state.Id), ("most", most));
    public static Refusal AmountBelongsToRefund(CaseState state, CaseRemedy remedy) => Refusal.Of("case.amount_belongs_to_refund", RefusalKind.Unprocessable, ("caseId", state.Id), ("remedy", remedy));
    public static Refusal AmountOutOfRange(CaseState state, long amount, long most) => Refusal.Of("case.amount_out_of_range", RefusalKind.Unprocessable, ("caseId", state.Id), ("amount", amount), ("most", most));
    public static Refusal ReasonMissing(CaseState state) => Refusal.Of("case.reason_missing", RefusalKind.Unprocessable, ("caseId", state.Id));

    /// <summary>The customer has one that is not over.</summary>
    public static Refusal AlreadyOpen(CaseId id) => Refusal.Of("case.already_open", RefusalKind.Conflict, ("caseId", id));
}
