using System.ComponentModel.DataAnnotations;
using Dispatch.Api.Catalogue;
using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Domain;
using Dispatch.Domain.Devices;
using Dispatch.Domain.ServiceDesk.Contacts;

namespace Dispatch.Api.ServiceDesk;

internal static class DeskLimits
{
    public const int Text = 4_000, Reference = 100;
}

/// <summary>Whom a contact is with; what is left out is not known.</summary>
public sealed record DeskPersonInput(string? Name, string? Phone, string? Language);

/// <param name="Channel"><c>hotline</c>, <c>web</c>, <c>messaging</c>, <c>shopPlatform</c> or <c>walkIn</c>; <c>web</c> if left out. Others than <c>web</c> and <c>messaging</c> only by staff.</param>
/// <param name="Kind"><c>hotline</c> or <c>consultation</c>: which promise holds. That of the channel if left out.</param>
/// <param name="Category">A code of the catalogue.</param>
/// <param name="JobId">A job that is already there; of a tracking token its own if left out.</param>
/// <param name="Text">What the customer wants, in their words.</param>
public sealed record OpenContactRequest(
    string? Channel, string? Kind, string? Category, string? Brand, string? Model, string? DeviceId, string? JobId, string? Text, DeskPersonInput? Customer) : IRequestBody
{
    public void Validate(Check check)
    {
        if (Channel is not null)
            check.Word<ContactChannel>(Channel, "channel");
        if (Kind is not null)
            check.Word<ContactKind>(Kind, "kind");
        if (Category is not null)
            check.OneOf(Category, "category", CatalogueData.Shared.Codes);
        check.LineIfGiven(Brand, "brand", JobLimits.Brand);
        check.LineIfGiven(Model, "model", JobLimits.Model);
        if (DeviceId is not null && !Words.IsId(DeviceId, Domain.Devices.DeviceId.Prefix))
            check.Fault("deviceId", "bad_form");
        if (JobId is not null && !Words.IsId(JobId, Domain.JobId.Prefix))
            check.Fault("jobId", "bad_form");
        check.TextIfGiven(Text, "text", DeskLimits.Text);
        if (Text is null && Category is null && JobId is null)
            check.Fault("text", "missing");
        if (Customer is not null)
            check.Within("customer", c =>
            {
                c.LineIfGiven(Customer.Name, "name", JobLimits.Name);
                c.PhoneIfGiven(Customer.Phone, "phone", JobLimits.Phone);
                if (Customer.Language is not null)
                    c.Code(Customer.Language, "language", JobLimits.Language);
            });
    }

    internal ContactChannel ToChannel() => Channel is null ? ContactChannel.Web : DayCheck.ToWord<ContactChannel>(Channel);

    internal ContactKind ToKind() => Kind is not null ? DayCheck.ToWord<ContactKind>(Kind) : ToChannel() == ContactChannel.Hotline ? ContactKind.Hotline : ContactKind.Consultation;

    internal ContactTopic ToTopic(JobId? tracked) => new(
        Category, Brand?.Trim(), Model?.Trim(), DeviceId is null ? null : new DeviceId(DeviceId), JobId is null ? tracked : new JobId(JobId));

    internal DeskPersonView? ToPerson(PhoneReader phones) =>
        Customer is null ? null : new DeskPersonView(Customer.Name?.Trim(), phones.Read(Customer.Phone)?.E164, Customer.Language);
}

/// <summary>Nothing to say but that it is so.</summary>
public sealed record DeskStepRequest : IOptionalRequest
{
    public void Validate(Check check)
    {
    }
}

/// <param name="Note">Not shown to the customer; agents only.</param>
public sealed record SayRequest([property: Required] string? Text, bool? Note) : IRequestBody
{
    public void Validate(Check check) => check.Text(Text, "text", DeskLimits.Text);
}

/// <param name="Outcome"><c>helpedRemotely</c>, <c>jobFiled</c>, <c>passedOn</c> or <c>gaveUp</c>.</param>
/// <param name="JobId">With <c>jobFiled</c>.</param>
public sealed record EndContactRequest([property: Required] string? Outcome, string? JobId) : IRequestBody
{
    public void Validate(Check check)
    {
        check.Word<ContactOutcome>(Outcome, "outcome");
        if (JobId is not null && !Words.IsId(JobId, Domain.JobId.Prefix))
            check.Fault("jobId", "bad_form");
    }
}

/// <param name="JobId">Either this or <paramref name="ContactId"/>, or both.</param>
public sealed record AskExpertRequest(string? JobId, string? ContactId, [property: Required] string? Question) : IRequestBody
{
    public void Validate(Check check)
    {
        if (JobId is null && ContactId is null)
            check.Fault("jobId", "missing");
        if (JobId is not null && !Words.IsId(JobId, Domain.JobId.Prefix))
            check.Fault("jobId", "bad_form");
        if (ContactId is not null && !Words.IsId(ContactId, Domain.ServiceDesk.ContactId.Prefix))
            check.Fault("contactId", "bad_form");
        check.Text(Question, "question", DeskLimits.Text);
    }
}

public sealed record DeskTextRequest([property: Required] string? Text) : IRequestBody
{
    public void Validate(Check check) => check.Text(Text, "text", DeskLimits.Text);
}
