using System.Text.Json.Serialization;
using Dispatch.Domain.ServiceDesk.CallBacks;
using Dispatch.Domain.ServiceDesk.Contacts;

namespace Dispatch.Domain.ServiceDesk.Cases;

/// <summary>What somebody wants of a case. Which of it is possible when, and to whom, is in <see cref="CaseSteps"/>.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.caseCommand")]
public abstract record CaseCommand;

/// <summary>A complaint. That of a call-back joins a case that is under way, and says nothing new to the one that has it already.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.case.open")]
public sealed record OpenCase(
    [property: Id(0)] CaseId Id, [property: Id(1)] TenantId Tenant, [property: Id(2), JsonPropertyName("jobId")] JobId Job, [property: Id(3), JsonPropertyName("callBackId")] CallBackId? CallBack,
    [property: Id(4), JsonPropertyName("contactId")] ContactId? Contact, [property: Id(5)] CaseReason Reason, [property: Id(6)] CaseRemedy? Wish, [property: Id(7)] CaseParty Party,
    [property: Id(8)] DeskText? Text) : CaseCommand
{
    /// <summary>The complaint a rating leads to, about the worst dimension, as the job's first.</summary>
    public static OpenCase From(CallBackState call, ServiceRated rated)
    {
        Satisfaction r = rated.Rating;
        CaseReason reason = r.Lowest == r.Quality ? CaseReason.Quality : r.Lowest == r.Service ? CaseReason.Service : r.Lowest == r.Time ? CaseReason.Time : CaseReason.Attitude;
        return new OpenCase(CaseId.Of(call.Tenant, call.Job, 1), call.Tenant, call.Job, call.Id, null, reason, null, rated.ByLink ? CaseParty.Customer : CaseParty.Desk(rated.By), rated.Remark);
    }

    /// <summary>The same as the job's n-th complaint.</summary>
    public OpenCase AsNumber(int n) => this with { Id = CaseId.Of(Tenant, Job, n) };
}

/// <param name="DueAt">The rule's day if left out.</param>
[GenerateSerializer, Immutable, Alias("dispatch.case.take")]
public sealed record TakeCase([property: Id(0)] CaseParty Party, [property: Id(1)] string Responsible, [property: Id(2)] DateTimeOffset? DueAt) : CaseCommand;

[GenerateSerializer, Immutable, Alias("dispatch.case.note")]
public sealed record NoteInCase([property: Id(0)] CaseParty Party, [property: Id(1)] DeskText Text) : CaseCommand;

[GenerateSerializer, Immutable, Alias("dispatch.case.state")]
public sealed record StateInCase([property: Id(0)] CaseParty Party, [property: Id(1)] DeskText Text) : CaseCommand;

/// <param name="Amount">Minor units of money; with a refund, and only with one.</param>
[GenerateSerializer, Immutable, Alias("dispatch.case.propose")]
public sealed record ProposeRemedy([property: Id(0)] CaseParty Party, [property: Id(1)] CaseRemedy Remedy, [property: Id(2)] long? Amount, [property: Id(3)] DeskText? Text) : CaseCommand;

/// <param name="Number">Of the proposal that is answered, so that nobody accepts what they have not seen.</param>
[GenerateSerializer, Immutable, Alias("dispatch.case.answer")]
public sealed record AnswerProposal([property: Id(0)] CaseParty Party, [property: Id(1)] int Number, [property: Id(2)] bool Accepts, [property: Id(3)] DeskText? Text) : CaseCommand;

/// <param name="Text">To whom, and with what.</param>
[GenerateSerializer, Immutable, Alias("dispatch.case.refer")]
public sealed record ReferCase([property: Id(0)] CaseParty Party, [property: Id(1)] DeskText Text) : CaseCommand;

[GenerateSerializer, Immutable, Alias("dispatch.case.settle")]
public sealed record SettleCase([property: Id(0)] CaseParty Party, [property: Id(1)] CaseSettlement Settlement, [property: Id(2)] DeskText? Text) : CaseCommand;

[GenerateSerializer, Immutable, Alias("dispatch.case.close")]
public sealed record CloseCase([property: Id(0)] CaseParty Party, [property: Id(1)] CaseEnding Ending, [property: Id(2)] DeskText Text) : CaseCommand;

[GenerateSerializer, Immutable, Alias("dispatch.case.withdraw")]
public sealed record WithdrawCase([property: Id(0)] CaseParty Party, [property: Id(1)] DeskText? Text) : CaseCommand;
