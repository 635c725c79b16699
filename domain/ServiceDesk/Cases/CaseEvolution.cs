namespace Dispatch.Domain.ServiceDesk.Cases;

/// <summary>What each fact makes of a case. The same function serves writing and replay.</summary>
public static class CaseEvolution
{
    public static CaseState Apply(CaseState? state, CaseEvent fact)
    {
        if (fact is CaseOpened o)
            return new CaseState(o.Id, o.Tenant, o.Job, o.CallBack, o.Contact, o.Reason, o.Wish, CaseStatus.Open, o.Entry.At, null, null, [], [o.Entry], null, null, null);
        if (state is not { } known)
            throw new InvalidOperationException($"{fact.GetType().Name} before the case was opened");
        return fact switch
        {
            RatingJoined e => Next(known, e.Entry) with { CallBack = e.CallBack },
            CaseTaken e => Next(known, e.Entry) with { Responsible = e.Responsible, DueAt = e.DueAt },
            CaseNoted e => Next(known, e.Entry),
            CaseStated e => Next(known, e.Entry),
            RemedyProposed e => Next(known, e.Entry) with { Proposals = known.Proposals.Add(e.Proposal) },
            ProposalAccepted e => Next(known, e.Entry) with { Proposals = Answered(known, e.Number, true) },
            ProposalRefused e => Next(known, e.Entry) with { Proposals = Answered(known, e.Number, false) },
            CaseReferred e => Next(known, e.Entry),
            CaseSettled e => Next(known, e.Entry) with { Settlement = e.Settlement, EndedAt = e.Entry.At },
            CaseClosed e => Next(known, e.Entry) with { Ending = e.Ending, EndedAt = e.Entry.At },
            _ => throw new InvalidOperationException($"No rule for {fact.GetType().Name}"),
        };
    }

    /// <summary>Where the table leads.</summary>
    private static CaseState Next(CaseState state, CaseEntry entry) =>
        state with { Status = CaseSteps.Find(entry.Step, state.Status)?.To ?? state.Status, Entries = state.Entries.Add(entry) };

    private static System.Collections.Immutable.ImmutableArray<CaseProposal> Answered(CaseState state, int number, bool accepted) =>
        state.Proposals.SetItem(number - 1, state.Proposals[number - 1] with { Accepted = accepted });
}
