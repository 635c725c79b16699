using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Offers;

using Decision = Decision<ProgrammeEvent>;

/// <summary>
/// The ledger of one programme in one region. It alone may say that a visit is still within quota and budget. Pure: the same arguments give the same answer.
/// </summary>
public static class ProgrammeDecider
{
    public static Decision Decide(ProgrammeState? state, ProgrammeCommand command, DateTimeOffset now) => command switch
    {
        GrantVisit c => Granted(state, c, now),
        ConfirmVisit c => Confirmed(state, c),
        ForgoVisit c => state?.VisitOf(c.Job) is { ExpiresAt: not null } ? new VisitForgone(c.Job) : Decision.Nothing,
        ReleaseVisit c => state is null || state.Over.Contains(c.Job) ? Decision.Nothing : new VisitReleased(c.Job),
        SettleVisit c => state?.VisitOf(c.Job) is not null ? new VisitSettled(c.Job) : Decision.Nothing,
        _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}"),
    };

    private static Decision Granted(ProgrammeState? state, GrantVisit c, DateTimeOffset now)
    {
        if (state?.VisitOf(c.Job) is { } held && !held.HasLapsed(now) && held.Amount == c.Grant.Amount)
            return Decision.Nothing;
        (string code, ProgrammeGrant grant) = (c.Grant.Programme.Code, c.Grant);
        ProgrammeUse use = state?.Use(now, but: c.Job) ?? new ProgrammeUse(code, 0, 0);
        if (use.Visits >= grant.Quota)
            return OfferRefusals.ProgrammeExhausted(code, grant.Quota);
        if (use.Spent + grant.Amount > grant.Budget)
            return OfferRefusals.BudgetSpent(code, grant.Budget);
        return new VisitGranted(grant.Programme, c.Tenant, new GrantedVisit(c.Job, grant.Amount, c.ExpiresAt));
    }

    private static Decision Confirmed(ProgrammeState? state, ConfirmVisit c) => state?.VisitOf(c.Job) switch
    {
        { ExpiresAt: null } => Decision.Nothing,
        { } => new VisitConfirmed(c.Job),
        null when state?.Over.Contains(c.Job) == true => Decision.Nothing,
        null => new VisitGranted(c.Grant.Programme, c.Tenant, new GrantedVisit(c.Job, c.Grant.Amount, null)),
    };
}

/// <summary>What each fact makes of a programme's ledger. The same function serves writing and replay.</summary>
public static class ProgrammeEvolution
{
    public static ProgrammeState Apply(ProgrammeState? state, ProgrammeEvent fact, DateTimeOffset now) => (state, fact) switch
    {
        (null, VisitGranted e) => new ProgrammeState(e.Id, e.Tenant, 0, 0, [e.Visit], []),
        (null, _) => throw new InvalidOperationException($"{fact.GetType().Name} before anything was granted"),
        ({ } known, VisitGranted e) => known with { Open = [.. known.Open.Where(v => v.Job != e.Visit.Job && !v.HasLapsed(now)), e.Visit] },
        ({ } known, VisitConfirmed e) => known with { Open = [.. known.Open.Select(v => v.Job == e.Job ? v with { ExpiresAt = null } : v)] },
        ({ } known, VisitForgone e) => known with { Open = known.Open.RemoveAll(v => v.Job == e.Job) },
        ({ } known, VisitReleased e) => Without(known, e.Job),
        ({ } known, VisitSettled e) => Without(known, e.Job) with { VisitsOver = known.VisitsOver + 1, SpentOver = known.SpentOver + known.VisitOf(e.Job)!.Amount },
        _ => throw new InvalidOperationException($"No rule for {fact.GetType().Name}"),
    };

    private static ProgrammeState Without(ProgrammeState state, JobId job) =>
        state with { Open = state.Open.RemoveAll(v => v.Job == job), Over = [.. state.Over.TakeLast(ProgrammeState.Remembered - 1), job] };
}
