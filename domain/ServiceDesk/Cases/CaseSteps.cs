using System.Collections.Immutable;

namespace Dispatch.Domain.ServiceDesk.Cases;

/// <summary>Everything that can be done to a case.</summary>
[GenerateSerializer, Alias("dispatch.caseStep")]
public enum CaseStep
{
    Open,
    /// <summary>Somebody becomes responsible, with a day by which it is done.</summary>
    Take,
    /// <summary>A note of the investigation, which the customer does not see.</summary>
    Note,
    /// <summary>One side says how it was; both see it.</summary>
    State,
    Propose,
    Accept,
    Refuse,
    /// <summary>Referred to mediation outside.</summary>
    Refer,
    Settle,
    Close,
    /// <summary>The customer lets it go.</summary>
    Withdraw,
}

/// <summary>One row of the table.</summary>
/// <param name="By">Any of these sides.</param>
/// <param name="To">Null where the case stays where it is.</param>
public sealed record CaseStepRule(CaseStep Step, CaseStatus From, CaseSide By, CaseStatus? To);

/// <summary>Which step is possible where, who may do it and where it leads: the only place that says so.</summary>
public static class CaseSteps
{
    private static readonly CaseStatus[] Running = [CaseStatus.Open, CaseStatus.Investigating, CaseStatus.Proposed, CaseStatus.Accepted, CaseStatus.Disputed, CaseStatus.Mediation];

    public static ImmutableArray<CaseStepRule> All { get; } =
    [
        new(CaseStep.Take, CaseStatus.Open, CaseSide.Desk, CaseStatus.Investigating),
        .. Running.Where(s => s != CaseStatus.Open).Select(from => new CaseStepRule(CaseStep.Take, from, CaseSide.Desk, null)),
        .. Running.Select(from => new CaseStepRule(CaseStep.Note, from, CaseSide.Desk, null)),
        .. Running.Select(from => new CaseStepRule(CaseStep.State, from, CaseSide.Customer | CaseSide.Desk, null)),
        new(CaseStep.Propose, CaseStatus.Investigating, CaseSide.Responsible, CaseStatus.Proposed),
        new(CaseStep.Propose, CaseStatus.Disputed, CaseSide.Responsible, CaseStatus.Proposed),
        // The responsible person too: customers also answer on the phone.
        new(CaseStep.Accept, CaseStatus.Proposed, CaseSide.Customer | CaseSide.Responsible, CaseStatus.Accepted),
        new(CaseStep.Refuse, CaseStatus.Proposed, CaseSide.Customer | CaseSide.Responsible, CaseStatus.Disputed),
        new(CaseStep.Refer, CaseStatus.Disputed, CaseSide.Responsible, CaseStatus.Mediation),
        new(CaseStep.Settle, CaseStatus.Accepted, CaseSide.Responsible, CaseStatus.Settled),
        new(CaseStep.Settle, CaseStatus.Mediation, CaseSide.Responsible, CaseStatus.Settled),
        new(CaseStep.Close, CaseStatus.Open, CaseSide.Desk, CaseStatus.Closed),
        .. new[] { CaseStatus.Investigating, CaseStatus.Disputed, CaseStatus.Mediation }.Select(from => new CaseStepRule(CaseStep.Close, from, CaseSide.Responsible, CaseStatus.Closed)),
        .. Running.Where(s => s != CaseStatus.Accepted).Select(from => new CaseStepRule(CaseStep.Withdraw, from, CaseSide.Customer, CaseStatus.Closed)),
    ];

    /// <summary>The row, or null if the step is not possible there.</summary>
    public static CaseStepRule? Find(CaseStep step, CaseStatus from) => All.FirstOrDefault(rule => rule.Step == step && rule.From == from);

    /// <summary>What this party could do now, if it were well formed.</summary>
    public static IEnumerable<CaseStep> OpenTo(CaseState state, CaseParty party) => All.Where(rule => rule.From == state.Status && May(rule, state, party)).Select(rule => rule.Step);

    public static bool May(CaseStepRule rule, CaseState state, CaseParty party) =>
        (rule.By & party.Side) != 0 || ((rule.By & CaseSide.Responsible) != 0 && party.Side == CaseSide.Desk && state.Responsible == party.By);
}
