namespace Dispatch.Domain.ServiceDesk.Cases;

using Decision = Decision<CaseEvent>;

/// <summary>Says what a command does to a case: facts or a refusal. Pure. First the table, then what the step itself asks.</summary>
public static class CaseDecider
{
    public static Decision Decide(CaseState? state, CaseId id, CaseCommand command, DateTimeOffset now, CaseRule rule)
    {
        if (command is OpenCase open)
            return Opened(state, open, now);
        if (state is not { } known)
            return CaseRefusals.Unknown(id);
        (CaseStep step, CaseParty party, DeskText? text) = StepOf(command);
        if (CaseSteps.Find(step, known.Status) is not { } row)
            return CaseRefusals.WrongStatus(known, step);
        if (!CaseSteps.May(row, known, party))
            return CaseRefusals.NotYours(known, step);
        if (known.Entries.Length >= CaseState.MostEntries)
            return CaseRefusals.TooLong(known);
        CaseEntry entry = new(step, party, now, text);
        return command switch
        {
            TakeCase c => Taken(known, c, entry, now, rule),
            NoteInCase => new CaseNoted(entry),
            StateInCase => new CaseStated(entry),
            ProposeRemedy c => Proposed(known, c, entry, now, rule),
            AnswerProposal c when c.Number != known.Proposals.Length => CaseRefusals.ProposalOutdated(known, c.Number),
            AnswerProposal c => c.Accepts ? new ProposalAccepted(c.Number, entry) : new ProposalRefused(c.Number, entry),
            ReferCase => new CaseReferred(entry),
            SettleCase c => new CaseSettled(c.Settlement, entry),
            CloseCase c => new CaseClosed(c.Ending, entry),
            WithdrawCase => new CaseClosed(CaseEnding.Withdrawn, entry),
            _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}"),
        };
    }

    /// <summary>A call-back may tell its complaint again, and joins one that is under way; anybody else who complains anew is told that there is one. Whichever is over says so to all.</summary>
    private static Decision Opened(CaseState? state, OpenCase c, DateTimeOffset now)
    {
        CaseEntry entry = new(CaseStep.Open, c.Party, now, c.Text);
        if (state is null)
            return new CaseOpened(c.Id, c.Tenant, c.Job, c.CallBack, c.Contact, c.Reason, c.Wish, entry);
        if (c.CallBack is not null && c.CallBack == state.CallBack)
            return Decision.Nothing;
        if (state.IsEnded)
            return CaseRefusals.WrongStatus(state, CaseStep.Open);
        // However long the case is: a job is rated once, and that is not lost.
        return c.CallBack is { } callBack ? new RatingJoined(callBack, entry) : CaseRefusals.AlreadyOpen(state.Id);
    }

    private static (CaseStep, CaseParty, DeskText?) StepOf(CaseCommand command) => command switch
    {
        TakeCase c => (CaseStep.Take, c.Party, null),
        NoteInCase c => (CaseStep.Note, c.Party, c.Text),
        StateInCase c => (CaseStep.State, c.Party, c.Text),
        ProposeRemedy c => (CaseStep.Propose, c.Party, c.Text),
        AnswerProposal c => (c.Accepts ? CaseStep.Accept : CaseStep.Refuse, c.Party, c.Text),
        ReferCase c => (CaseStep.Refer, c.Party, c.Text),
        SettleCase c => (CaseStep.Settle, c.Party, c.Text),
        CloseCase c => (CaseStep.Close, c.Party, c.Text),
        WithdrawCase c => (CaseStep.Withdraw, c.Party, c.Text),
        _ => throw new InvalidOperationException($"No step for {command.GetType().Name}"),
    };

    private static Decision Taken(CaseState state, TakeCase c, CaseEntry entry, DateTimeOffset now, CaseRule rule)
    {
        DateTimeOffset due = c.DueAt ?? (state.Responsible == c.Responsible ? state.DueAt : null) ?? now.AddDays(rule.DueDays);
        if (state.Responsible == c.Responsible && state.DueAt == due)
            return Decision.Nothing;
        return c.DueAt is { } named && named <= now ? CaseRefusals.DueInPast(state, named) : new CaseTaken(c.Responsible, due, entry);
    }

    private static Decision Proposed(CaseState state, ProposeRemedy c, CaseEntry entry, DateTimeOffset now, CaseRule rule)
    {
        if (state.Proposals.Length >= rule.MostProposals)
            return CaseRefusals.ProposalsUsedUp(state, rule.MostProposals);
        if ((c.Remedy == CaseRemedy.Refund) != c.Amount is not null)
            return CaseRefusals.AmountBelongsToRefund(state, c.Remedy);
        if (c.Amount is { } amount && (amount < 1 || amount > rule.MostRefund))
            return CaseRefusals.AmountOutOfRange(state, amount, rule.MostRefund);
        if (c.Remedy == CaseRemedy.Refusal && c.Text is null)
            return CaseRefusals.ReasonMissing(state);
        return new RemedyProposed(new CaseProposal(state.Proposals.Length + 1, c.Remedy, c.Amount, c.Amount is null ? null : rule.Currency, c.Text, now, null), entry);
    }
}
