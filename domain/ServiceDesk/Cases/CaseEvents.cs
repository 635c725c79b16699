using System.Text.Json.Serialization;
using Dispatch.Domain.ServiceDesk.Contacts;

namespace Dispatch.Domain.ServiceDesk.Cases;

/// <summary>Something that has happened to a case. Holds nothing personal. The discriminator is the public event type.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.caseEvent")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(CaseOpened), "case.opened")]
[JsonDerivedType(typeof(RatingJoined), "case.ratingJoined")]
[JsonDerivedType(typeof(CaseTaken), "case.taken")]
[JsonDerivedType(typeof(CaseNoted), "case.noted")]
[JsonDerivedType(typeof(CaseStated), "case.stated")]
[JsonDerivedType(typeof(RemedyProposed), "case.proposed")]
[JsonDerivedType(typeof(ProposalAccepted), "case.accepted")]
[JsonDerivedType(typeof(ProposalRefused), "case.refused")]
[JsonDerivedType(typeof(CaseReferred), "case.referred")]
[JsonDerivedType(typeof(CaseSettled), "case.settled")]
[JsonDerivedType(typeof(CaseClosed), "case.closed")]
public abstract record CaseEvent;

[GenerateSerializer, Immutable, Alias("dispatch.case.opened")]
public sealed record CaseOpened(
    [property: Id(0)] CaseId Id, [property: Id(1)] TenantId Tenant, [property: Id(2), JsonPropertyName("jobId")] JobId Job, [property: Id(3), JsonPropertyName("callBackId")] CallBackId? CallBack,
    [property: Id(4), JsonPropertyName("contactId")] ContactId? Contact, [property: Id(5)] CaseReason Reason, [property: Id(6)] CaseRemedy? Wish, [property: Id(7)] CaseEntry Entry) : CaseEvent;

/// <summary>The customer has rated badly while their complaint is under way: it is the same one.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.case.ratingJoined")]
public sealed record RatingJoined([property: Id(0), JsonPropertyName("callBackId")] CallBackId CallBack, [property: Id(1)] CaseEntry Entry) : CaseEvent;

[GenerateSerializer, Immutable, Alias("dispatch.case.taken")]
public sealed record CaseTaken([property: Id(0)] string Responsible, [property: Id(1)] DateTimeOffset DueAt, [property: Id(2)] CaseEntry Entry) : CaseEvent;

[GenerateSerializer, Immutable, Alias("dispatch.case.noted")]
public sealed record CaseNoted([property: Id(0)] CaseEntry Entry) : CaseEvent;

[GenerateSerializer, Immutable, Alias("dispatch.case.stated")]
public sealed record CaseStated([property: Id(0)] CaseEntry Entry) : CaseEvent;

[GenerateSerializer, Immutable, Alias("dispatch.case.proposed")]
public sealed record RemedyProposed([property: Id(0)] CaseProposal Proposal, [property: Id(1)] CaseEntry Entry) : CaseEvent;

[GenerateSerializer, Immutable, Alias("dispatch.case.accepted")]
public sealed record ProposalAccepted([property: Id(0)] int Number, [property: Id(1)] CaseEntry Entry) : CaseEvent;

[GenerateSerializer, Immutable, Alias("dispatch.case.refused")]
public sealed record ProposalRefused([property: Id(0)] int Number, [property: Id(1)] CaseEntry Entry) : CaseEvent;

[GenerateSerializer, Immutable, Alias("dispatch.case.referred")]
public sealed record CaseReferred([property: Id(0)] CaseEntry Entry) : CaseEvent;

[GenerateSerializer, Immutable, Alias("dispatch.case.settled")]
public sealed record CaseSettled([property: Id(0)] CaseSettlement Settlement, [property: Id(1)] CaseEntry Entry) : CaseEvent;

[GenerateSerializer, Immutable, Alias("dispatch.case.closed")]
public sealed record CaseClosed([property: Id(0)] CaseEnding Ending, [property: Id(1)] CaseEntry Entry) : CaseEvent;
