using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.ServiceDesk.Contacts;

namespace Dispatch.Domain.ServiceDesk.Cases;

/// <summary>Where a complaint stands; what leads from one to the next is in <see cref="CaseSteps"/>.</summary>
[GenerateSerializer, Alias("dispatch.caseStatus")]
public enum CaseStatus
{
    /// <summary>Nobody is responsible yet.</summary>
    Open,
    Investigating,
    /// <summary>The customer has a proposal to answer.</summary>
    Proposed,
    Accepted,
    /// <summary>The customer has refused a proposal: a dispute.</summary>
    Disputed,
    /// <summary>Somebody outside both sides mediates.</summary>
    Mediation,
    Settled,
    Closed,
}

/// <summary>What the customer complains about: a dimension of satisfaction, the price, or something else.</summary>
[GenerateSerializer, Alias("dispatch.caseReason")]
public enum CaseReason { Service, Quality, Time, Attitude, Price, Other }

/// <summary>What a customer can be offered, and wish for.</summary>
[GenerateSerializer, Alias("dispatch.caseRemedy")]
public enum CaseRemedy
{
    RepairAgain,
    /// <summary>With an amount.</summary>
    Refund,
    Exchange,
    Apology,
    /// <summary>Nothing, and why.</summary>
    Refusal,
}

/// <summary>Why a case was closed without a settlement.</summary>
[GenerateSerializer, Alias("dispatch.caseEnding")]
public enum CaseEnding { Withdrawn, Unfounded, Duplicate, NoAnswer, NoAgreement }

/// <summary>On whose side somebody acts.</summary>
[Flags, GenerateSerializer, Alias("dispatch.caseSide")]
public enum CaseSide
{
    None = 0,
    Customer = 1,
    /// <summary>Anybody of the service desk.</summary>
    Desk = 2,
    /// <summary>Whoever of the desk is responsible for this case.</summary>
    Responsible = 4,
}

/// <summary>Who does a step.</summary>
/// <param name="Side"><see cref="CaseSide.Customer"/> or <see cref="CaseSide.Desk"/>.</param>
/// <param name="By">Subject id, never a name.</param>
[GenerateSerializer, Immutable, Alias("dispatch.caseParty")]
public sealed record CaseParty([property: Id(0)] CaseSide Side, [property: Id(1)] string By)
{
    public static CaseParty Customer { get; } = new(CaseSide.Customer, ContactDecider.Customer);
    public static CaseParty Desk(string by) => new(CaseSide.Desk, by);
}

/// <summary>One step that was done, in order. The words are in an erasable row.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.caseEntry")]
public sealed record CaseEntry([property: Id(0)] CaseStep Step, [property: Id(1)] CaseParty Party, [property: Id(2)] DateTimeOffset At, [property: Id(3)] DeskText? Text);

/// <summary>What the customer was offered, and what they said to it.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>; with a refund only.</param>
/// <param name="Accepted">Null until the customer has answered.</param>
[GenerateSerializer, Immutable, Alias("dispatch.caseProposal")]
public sealed record CaseProposal(
    [property: Id(0)] int Number, [property: Id(1)] CaseRemedy Remedy, [property: Id(2)] long? Amount, [property: Id(3)] string? Currency, [property: Id(4)] DeskText? Text,
    [property: Id(5)] DateTimeOffset At, [property: Id(6)] bool? Accepted);

/// <summary>How what was agreed was done.</summary>
/// <param name="Job">The repair done again.</param>
/// <param name="Reference">By which a payment or an exchange is found elsewhere.</param>
[GenerateSerializer, Immutable, Alias("dispatch.caseSettlement")]
public sealed record CaseSettlement([property: Id(0), JsonPropertyName("jobId")] JobId? Job, [property: Id(1)] string? Reference);

/// <summary>Everything decisions about a complaint need, and its whole course.</summary>
/// <param name="Job">The job complained of.</param>
/// <param name="CallBack">The call whose low rating opened it or joined it.</param>
/// <param name="Responsible">Subject id of whoever answers for it.</param>
/// <param name="DueAt">When it is to be done.</param>
[GenerateSerializer, Immutable, Alias("dispatch.caseState")]
public sealed record CaseState(
    [property: Id(0)] CaseId Id,
    [property: Id(1)] TenantId Tenant,
    [property: Id(2), JsonPropertyName("jobId")] JobId Job,
    [property: Id(3), JsonPropertyName("callBackId")] CallBackId? CallBack,
    [property: Id(4), JsonPropertyName("contactId")] ContactId? Contact,
    [property: Id(5)] CaseReason Reason,
    [property: Id(6)] CaseRemedy? Wish,
    [property: Id(7)] CaseStatus Status,
    [property: Id(8)] DateTimeOffset OpenedAt,
    [property: Id(9)] string? Responsible,
    [property: Id(10)] DateTimeOffset? DueAt,
    [property: Id(11)] ImmutableArray<CaseProposal> Proposals,
    [property: Id(12)] ImmutableArray<CaseEntry> Entries,
    [property: Id(13)] CaseSettlement? Settlement,
    [property: Id(14)] CaseEnding? Ending,
    [property: Id(15)] DateTimeOffset? EndedAt)
{
    /// <summary>More is not a case any more.</summary>
    public const int MostEntries = 500;

    public bool IsEnded => Status is CaseStatus.Settled or CaseStatus.Closed;

    /// <summary>The proposal that waits for an answer.</summary>
    [JsonIgnore]
    public CaseProposal? Pending => Status == CaseStatus.Proposed ? Proposals[^1] : null;
}
