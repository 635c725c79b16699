using System.ComponentModel.DataAnnotations;
using Dispatch.Api.Input;
using Dispatch.Domain;
using Dispatch.Domain.ServiceDesk.CallBacks;
using Dispatch.Domain.ServiceDesk.Cases;

namespace Dispatch.Api.ServiceDesk;

/// <summary>Scores of 1 (very bad) to 5 (very good).</summary>
/// <param name="Remark">What the customer says beside them.</param>
/// <param name="Complaint">The customer complains, whatever the scores are.</param>
public sealed record RateRequest(
    [property: Required] int? Service, [property: Required] int? Quality, [property: Required] int? Time, [property: Required] int? Attitude, string? Remark, bool? Complaint) : IRequestBody
{
    public void Validate(Check check)
    {
        foreach ((int? score, string field) in new[] { (Service, "service"), (Quality, "quality"), (Time, "time"), (Attitude, "attitude") })
            check.Range(score, field, Satisfaction.Worst, Satisfaction.Best);
        check.TextIfGiven(Remark, "remark", DeskLimits.Text, 0);
    }

    internal Satisfaction ToRating() => new(Service!.Value, Quality!.Value, Time!.Value, Attitude!.Value);
}

/// <param name="Reason"><c>service</c>, <c>quality</c>, <c>time</c>, <c>attitude</c>, <c>price</c> or <c>other</c>.</param>
/// <param name="Wish">What the customer would like: a remedy but <c>refusal</c>.</param>
public sealed record ComplainRequest([property: Required] string? Reason, string? Wish, [property: Required] string? Text) : IRequestBody
{
    public void Validate(Check check) => Validate(check, Reason, Wish, Text);

    internal static void Validate(Check check, string? reason, string? wish, string? text)
    {
        check.Word<CaseReason>(reason, "reason");
        if (wish is not null)
            check.Word<CaseRemedy>(wish, "wish");
        if (wish == "refusal")
            check.Fault("wish", "unknown");
        check.Text(text, "text", DeskLimits.Text);
    }
}

/// <param name="ContactId">The conversation the complaint was stated in.</param>
public sealed record OpenCaseRequest([property: Required] string? JobId, string? ContactId, [property: Required] string? Reason, string? Wish, [property: Required] string? Text) : IRequestBody
{
    public void Validate(Check check)
    {
        if (check.Present(JobId, "jobId") && !Words.IsId(JobId, Domain.JobId.Prefix))
            check.Fault("jobId", "bad_form");
        if (ContactId is not null && !Words.IsId(ContactId, Domain.ServiceDesk.ContactId.Prefix))
            check.Fault("contactId", "bad_form");
        ComplainRequest.Validate(check, Reason, Wish, Text);
    }
}

/// <param name="ResponsibleId">Subject id of an account; the caller if left out.</param>
/// <param name="DueAt">The rule's day if left out.</param>
public sealed record TakeCaseRequest(string? ResponsibleId, DateTimeOffset? DueAt) : IOptionalRequest
{
    public void Validate(Check check)
    {
        if (ResponsibleId is not null)
            check.Code(ResponsibleId, "responsibleId", 80);
        check.TimeIfGiven(DueAt, "dueAt");
    }
}

/// <param name="Remedy"><c>repairAgain</c>, <c>refund</c>, <c>exchange</c>, <c>apology</c> or <c>refusal</c>.</param>
/// <param name="Amount">Minor units of money, with a refund and only with one.</param>
/// <param name="Text">For the customer; a refusal needs it.</param>
public sealed record ProposeRequest([property: Required] string? Remedy, long? Amount, string? Text) : IRequestBody
{
    public void Validate(Check check)
    {
        check.Word<CaseRemedy>(Remedy, "remedy");
        check.TextIfGiven(Text, "text", DeskLimits.Text);
    }
}

/// <param name="Number">Of the proposal that is answered.</param>
public sealed record AnswerProposalRequest([property: Required] int? Number, [property: Required] bool? Accept, string? Text) : IRequestBody
{
    public void Validate(Check check)
    {
        check.Range(Number, "number", 1, 100);
        check.Present(Accept is null ? null : "", "accept");
        check.TextIfGiven(Text, "text", DeskLimits.Text);
    }
}

/// <param name="JobId">The repair done again.</param>
/// <param name="Reference">By which a payment or an exchange is found elsewhere.</param>
public sealed record SettleRequest(string? JobId, string? Reference, string? Text) : IOptionalRequest
{
    public void Validate(Check check)
    {
        if (JobId is not null && !Words.IsId(JobId, Domain.JobId.Prefix))
            check.Fault("jobId", "bad_form");
        check.LineIfGiven(Reference, "reference", DeskLimits.Reference);
        check.TextIfGiven(Text, "text", DeskLimits.Text);
    }

    internal CaseSettlement ToSettlement() => new(JobId is null ? null : new JobId(JobId), Reference?.Trim());
}

/// <param name="Ending"><c>unfounded</c>, <c>duplicate</c>, <c>noAnswer</c>, <c>noAgreement</c> or <c>withdrawn</c>.</param>
public sealed record CloseCaseRequest([property: Required] string? Ending, [property: Required] string? Text) : IRequestBody
{
    public void Validate(Check check)
    {
        check.Word<CaseEnding>(Ending, "ending");
        check.Text(Text, "text", DeskLimits.Text);
    }
}

/// <param name="Text">Why, if the customer likes to say.</param>
public sealed record WithdrawRequest(string? Text) : IOptionalRequest
{
    public void Validate(Check check) => check.TextIfGiven(Text, "text", DeskLimits.Text);
}
