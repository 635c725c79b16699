using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.ServiceDesk.Escalations;

using Decision = Decision<EscalationEvent>;

/// <summary>Says what a command does to an escalation: facts or a refusal. Pure.</summary>
public static class EscalationDecider
{
    public static Decision Decide(EscalationState? state, EscalationId id, EscalationCommand command, DateTimeOffset now)
    {
        if (command is OpenEscalation open)
            return state is null ? Opened(open, now) : Decision.Nothing;
        if (state is not { } escalation)
            return EscalationRefusals.Unknown(id);
        return command switch
        {
            TakeEscalation c => Taken(escalation, c, now),
            ReturnEscalation c => Held(escalation, c.By, new EscalationReturned(c.By, now)),
            AnswerEscalation c => Held(escalation, c.By, new EscalationAnswered(c.By, c.Text, now)),
            GiveBackEscalation c => Held(escalation, c.By, new EscalationGivenBack(c.By, c.Reason, now)),
            WithdrawEscalation c => Withdrawn(escalation, c, now),
            _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}"),
        };
    }

    private static Decision Opened(OpenEscalation c, DateTimeOffset now) => c.Job is null && c.Contact is null
        ? EscalationRefusals.AboutNothing(c.Id)
        : new EscalationOpened(c.Id, c.Tenant, c.Job, c.Contact, c.By, c.Question, now);

    private static Decision Taken(EscalationState escalation, TakeEscalation c, DateTimeOffset now) => escalation.Status switch
    {
        EscalationStatus.Waiting => new EscalationTaken(c.By, now),
        EscalationStatus.Taken when escalation.Expert == c.By => Decision.Nothing,
        EscalationStatus.Taken => EscalationRefusals.AlreadyTaken(escalation),
        _ => EscalationRefusals.Ended(escalation),
    };

    private static Decision Held(EscalationState escalation, string by, EscalationEvent fact) => escalation.Status switch
    {
        EscalationStatus.Taken when escalation.Expert == by => fact,
        EscalationStatus.Taken => EscalationRefusals.AlreadyTaken(escalation),
        EscalationStatus.Waiting => EscalationRefusals.NotTaken(escalation),
        _ => EscalationRefusals.Ended(escalation),
    };

    private static Decision Withdrawn(EscalationState escalation, WithdrawEscalation c, DateTimeOffset now)
    {
        if (escalation.Status == EscalationStatus.Withdrawn)
            return Decision.Nothing;
        if (escalation.IsEnded)
            return EscalationRefusals.Ended(escalation);
        return escalation.AskedBy == c.By ? new EscalationWithdrawn(c.By, now) : EscalationRefusals.NotTheAsker(escalation);
    }
}

/// <summary>What each fact makes of an escalation. The same function serves writing and replay.</summary>
public static class EscalationEvolution
{
    public static EscalationState Apply(EscalationState? state, EscalationEvent fact)
    {
        if (fact is EscalationOpened o)
            return new EscalationState(o.Id, o.Tenant, o.Job, o.Contact, EscalationStatus.Waiting, o.By, o.At, o.Question, null, null, null, null);
        if (state is not { } escalation)
            throw new InvalidOperationException($"{fact.GetType().Name} before the escalation was opened");
        return fact switch
        {
            EscalationTaken e => escalation with { Status = EscalationStatus.Taken, Expert = e.By, TakenAt = e.At },
            EscalationReturned => escalation with { Status = EscalationStatus.Waiting, Expert = null, TakenAt = null },
            EscalationAnswered e => escalation with { Status = EscalationStatus.Answered, Reply = e.Text, EndedAt = e.At },
            EscalationGivenBack e => escalation with { Status = EscalationStatus.GivenBack, Reply = e.Reason, EndedAt = e.At },
            EscalationWithdrawn e => escalation with { Status = EscalationStatus.Withdrawn, EndedAt = e.At },
            _ => throw new InvalidOperationException($"No rule for {fact.GetType().Name}"),
        };
    }
}

/// <summary>Every no an escalation can give. Each code is a row of docs/refusals.md.</summary>
public static class EscalationRefusals
{
    public static Refusal Unknown(EscalationId id) => Refusal.Of("escalation.unknown", RefusalKind.Unknown, ("escalationId", id));
    public static Refusal AboutNothing(EscalationId id) => Refusal.Of("escalation.about_nothing", RefusalKind.Unprocessable, ("escalationId", id));
    public static Refusal AlreadyTaken(EscalationState e) => Refusal.Of("escalation.already_taken", RefusalKind.Conflict, ("escalationId", e.Id), ("expert", e.Expert));
    public static Refusal NotTaken(EscalationState e) => Refusal.Of("escalation.not_taken", RefusalKind.Conflict, ("escalationId", e.Id));
    public static Refusal Ended(EscalationState e) => Refusal.Of("escalation.ended_before", RefusalKind.Conflict, ("escalationId", e.Id), ("status", e.Status));
    public static Refusal NotTheAsker(EscalationState e) => Refusal.Of("escalation.not_the_asker", RefusalKind.Forbidden, ("escalationId", e.Id));
}
