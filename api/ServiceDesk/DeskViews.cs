using Dispatch.Api.Jobs;
using Dispatch.Api.Streams;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.ServiceDesk.CallBacks;
using Dispatch.Domain.ServiceDesk.Cases;
using Dispatch.Domain.ServiceDesk.Contacts;
using Dispatch.Domain.ServiceDesk.Escalations;

namespace Dispatch.Api.ServiceDesk;

/// <summary>A contact without its words.</summary>
/// <param name="AboutJobId">A job that was there before.</param>
/// <param name="AnswerBy">The promise for its kind, from its opening.</param>
/// <param name="AgentId">Left out for the customer.</param>
/// <param name="JobId">The job that came of it.</param>
public sealed record ContactListItem(
    string Id, ContactKind Kind, ContactChannel Channel, ContactStatus Status, string? Category, string? Brand, string? Model, string? DeviceId, string? AboutJobId, DateTimeOffset OpenedAt,
    DateTimeOffset AnswerBy, DateTimeOffset? AnsweredAt, string? AgentId, int Words, ContactOutcome? Outcome, string? JobId, DateTimeOffset? EndedAt, long Version)
{
    public static ContactListItem Of(ContactState c, long version) => new(
        c.Id.Value, c.Kind, c.Channel, c.Status, c.Topic.Category, c.Topic.Brand, c.Topic.Model, c.Topic.Device?.Value, c.Topic.About?.Value, c.OpenedAt, c.AnswerBy, c.AnsweredAt, c.Agent, c.Words.Length,
        c.Outcome, c.Job?.Value, c.EndedAt, version);
}

/// <summary>Something said.</summary>
/// <param name="By">A subject id; left out for the customer.</param>
/// <param name="Text">Left out once erased.</param>
public sealed record ContactWordView(ContactVoice Voice, string? By, DateTimeOffset At, string? Text);

public sealed record ContactDetail(ContactListItem Contact, IReadOnlyList<ContactWordView> Words);

public sealed record ContactList(IReadOnlyList<ContactListItem> Items, string? Next);

/// <summary>A question to the second line without its words.</summary>
public sealed record EscalationListItem(
    string Id, string? JobId, string? ContactId, EscalationStatus Status, string AskedBy, DateTimeOffset AskedAt, string? ExpertId, DateTimeOffset? TakenAt, DateTimeOffset? EndedAt, long Version)
{
    public static EscalationListItem Of(EscalationState e, long version) => new(
        e.Id.Value, e.Job?.Value, e.Contact?.Value, e.Status, e.AskedBy, e.AskedAt, e.Expert, e.TakenAt, e.EndedAt, version);
}

/// <param name="Reply">The answer, or why it was given back.</param>
/// <param name="Job">As it now stands.</param>
/// <param name="History">Everything that happened to the job.</param>
/// <param name="Words">What was said in the contact.</param>
public sealed record EscalationDetail(
    EscalationListItem Escalation, string? Question, string? Reply, JobView? Job, IReadOnlyList<StreamEvent>? History, IReadOnlyList<ContactWordView>? Words);

public sealed record EscalationList(IReadOnlyList<EscalationListItem> Items, string? Next);

/// <summary>1 (very bad) to 5 (very good) in each dimension.</summary>
public sealed record SatisfactionView(int Service, int Quality, int Time, int Attitude)
{
    public static SatisfactionView? Of(Satisfaction? s) => s is null ? null : new(s.Service, s.Quality, s.Time, s.Attitude);
}

/// <summary>The call after a job.</summary>
/// <param name="ByLink">The customer rated by the tracking link.</param>
/// <param name="Complaint">A complaint came of it.</param>
public sealed record CallBackListItem(
    string Id, string JobId, CallBackStatus Status, DateTimeOffset ClosedAt, DateTimeOffset DueAt, int Tries, string? AgentId, SatisfactionView? Rating, bool ByLink, bool Complaint, DateTimeOffset? EndedAt, long Version)
{
    public static CallBackListItem Of(CallBackState c, long version) => new(
        c.Id.Value, c.Job.Value, c.Status, c.ClosedAt, c.DueAt, c.Tries, c.Agent, SatisfactionView.Of(c.Rating), c.ByLink, c.Complaint, c.EndedAt, version);
}

/// <param name="CaseId">The complaint that came of it, as soon as it has been told.</param>
public sealed record CallBackDetail(CallBackListItem CallBack, string? Remark, string? CaseId);

public sealed record CallBackList(IReadOnlyList<CallBackListItem> Items, string? Next);

/// <param name="Amount">Minor units of <paramref name="Currency"/>; with a refund only.</param>
/// <param name="Text">Left out in lists, and once erased.</param>
/// <param name="Accepted">Left out until the customer has answered.</param>
public sealed record ProposalView(int Number, CaseRemedy Remedy, long? Amount, string? Currency, string? Text, DateTimeOffset At, bool? Accepted)
{
    public static ProposalView Of(CaseProposal p, IReadOnlyDictionary<string, string>? texts = null) =>
        new(p.Number, p.Remedy, p.Amount, p.Currency, p.Text is { } text ? texts?.GetValueOrDefault(text.Id) : null, p.At, p.Accepted);
}

public sealed record SettlementView(string? JobId, string? Reference)
{
    public static SettlementView? Of(CaseSettlement? s) => s is null ? null : new(s.Job?.Value, s.Reference);
}

/// <summary>A complaint without its words.</summary>
/// <param name="DueAt">When it is to be done.</param>
public sealed record CaseListItem(
    string Id, string JobId, string? CallBackId, string? ContactId, CaseReason Reason, CaseRemedy? Wish, CaseStatus Status, DateTimeOffset OpenedAt, string? ResponsibleId, DateTimeOffset? DueAt,
    IReadOnlyList<ProposalView> Proposals, SettlementView? Settlement, CaseEnding? Ending, DateTimeOffset? EndedAt, long Version)
{
    public static CaseListItem Of(CaseState c, long version) => new(
        c.Id.Value, c.Job.Value, c.CallBack?.Value, c.Contact?.Value, c.Reason, c.Wish, c.Status, c.OpenedAt, c.Responsible, c.DueAt, [.. c.Proposals.Select(p => ProposalView.Of(p))],
        SettlementView.Of(c.Settlement), c.Ending, c.EndedAt, version);
}

/// <summary>One step that was done.</summary>
/// <param name="By">A subject id; left out for the customer.</param>
public sealed record CaseEntryView(CaseStep Step, CaseSide Side, string? By, DateTimeOffset At, string? Text);

/// <param name="Steps">What the caller could do now.</param>
public sealed record CaseDetail(CaseListItem Case, IReadOnlyList<CaseEntryView> Entries, IReadOnlyList<ProposalView> Proposals, IReadOnlyList<CaseStep> Steps);

public sealed record CaseList(IReadOnlyList<CaseListItem> Items, string? Next);

/// <summary>A complaint as its customer sees it: no notes of the investigation, nobody's id.</summary>
public sealed record TrackedCaseView(
    string Id, CaseReason Reason, CaseRemedy? Wish, CaseStatus Status, DateTimeOffset OpenedAt, DateTimeOffset? DueAt, IReadOnlyList<ProposalView> Proposals, IReadOnlyList<CaseEntryView> Entries,
    SettlementView? Settlement, CaseEnding? Ending, DateTimeOffset? EndedAt, IReadOnlyList<CaseStep> Steps, long Version)
{
    public static TrackedCaseView Of(CaseState c, long version, IReadOnlyDictionary<string, string> texts) => new(
        c.Id.Value, c.Reason, c.Wish, c.Status, c.OpenedAt, c.DueAt, [.. c.Proposals.Select(p => ProposalView.Of(p, texts))],
        [.. c.Entries.Where(e => e.Step != CaseStep.Note).Select(e => new CaseEntryView(e.Step, e.Party.Side, null, e.At, e.Text is { } text ? texts.GetValueOrDefault(text.Id) : null))],
        SettlementView.Of(c.Settlement), c.Ending, c.EndedAt, [.. CaseSteps.OpenTo(c, CaseParty.Customer)], version);
}

/// <summary>The customer's part of the service desk, by the tracking link.</summary>
/// <param name="MayRate">The job has ended and nobody has rated it.</param>
/// <param name="MayComplain">No complaint about it is under way.</param>
/// <param name="Cases">Newest first.</param>
public sealed record TrackedDeskView(bool MayRate, SatisfactionView? Rating, bool MayComplain, IReadOnlyList<TrackedCaseView> Cases);
