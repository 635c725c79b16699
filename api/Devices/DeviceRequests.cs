using System.ComponentModel.DataAnnotations;
using Dispatch.Api.Entitlement;
using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Entitlement;
using Dispatch.Domain.Entitlement.Exchange;
using Dispatch.Domain.Refusals;

namespace Dispatch.Api.Devices;

/// <param name="Kind"><c>phone</c>, <c>camera</c> or <c>other</c>.</param>
/// <param name="Imei">15 digits; blanks and hyphens are left out. Either this or <paramref name="Serial"/>.</param>
public sealed record RegisterDeviceRequest(
    [property: Required] string? Kind, [property: Required] string? Brand, [property: Required] string? Model, string? Imei, string? Serial, string? Line, DateOnly? PurchasedOn, DateOnly? MadeOn) : IRequestBody
{
    internal static readonly string[] Kinds = ["phone", "camera", "other"];

    public void Validate(Check check)
    {
        check.OneOf(Kind, "kind", Kinds);
        check.Line(Brand, "brand", JobLimits.Brand);
        check.Line(Model, "model", JobLimits.Model);
        if (Imei is null && Serial is null)
            check.Fault("imei", "missing");
        if (Imei is not null && Serial is not null)
            check.Fault("serial", "duplicate");
        check.LineIfGiven(Imei, "imei", JobLimits.Serial);
        check.LineIfGiven(Serial, "serial", JobLimits.Serial);
        check.WarnOfDeviceNumber(Serial, "serial");
        if (Line is not null)
            check.Code(Line, "line");
        check.DayIfGiven(PurchasedOn, "purchasedOn");
        check.DayIfGiven(MadeOn, "madeOn");
    }

    internal DeviceProfile ToProfile() => new(Kind!, Brand!.Trim(), Model!.Trim(), Line, PurchasedOn, MadeOn);
}

/// <summary>What tells a device from all others, as somebody reads it.</summary>
internal static class DeviceNumber
{
    /// <summary>The device of an IMEI, or of a brand's serial number; what is said to be an IMEI must be one.</summary>
    public static (DeviceIdentity? Identity, Refusal? Refusal) Read(string? imei, string? brand, string? serial)
    {
        if (imei is null)
            return DeviceIdentity.Read(brand ?? "", serial ?? "");
        (Imei? number, Refusal? refusal) = Imei.Read(imei);
        return number is { } known ? (DeviceIdentity.Of(known), null) : (null, refusal);
    }
}

/// <param name="Owner">Whatever tells the person from others, such as a phone number; only a mark under the house's secret is kept.</param>
/// <param name="At">Now if left out.</param>
public sealed record ChangeOwnerRequest([property: Required] string? Owner, DateTimeOffset? At) : IRequestBody
{
    public void Validate(Check check)
    {
        check.Line(Owner, "owner", JobLimits.Name);
        check.TimeIfGiven(At, "at");
    }
}

/// <param name="Accessory">One that the rules for this kind of device know, for example <c>battery</c>.</param>
/// <param name="At">Now if left out.</param>
public sealed record RecordAccessoryRequest([property: Required] string? Accessory, DateTimeOffset? At, string? JobId) : IRequestBody
{
    public void Validate(Check check)
    {
        check.Code(Accessory, "accessory");
        check.TimeIfGiven(At, "at");
        check.JobIfGiven(JobId);
    }
}

/// <param name="Part">A code of the catalogue, for example <c>screen</c>.</param>
/// <param name="Serial">As on the part: 4 to 32 letters and digits.</param>
/// <param name="At">Now if left out.</param>
public sealed record RecordPartRequest([property: Required] string? Part, [property: Required] string? Serial, DateTimeOffset? At, string? JobId) : IRequestBody
{
    public void Validate(Check check)
    {
        check.Code(Part, "part");
        check.Line(Serial, "serial", JobLimits.Serial);
        check.TimeIfGiven(At, "at");
        check.JobIfGiven(JobId);
    }
}

internal static class DeviceCheck
{
    public static void JobIfGiven(this Check check, string? value)
    {
        if (value is not null && !Words.IsId(value, Domain.JobId.Prefix))
            check.Fault("jobId", "bad_form");
    }
}

/// <param name="Remedy">What the customer has chosen: <c>refund</c>, <c>exchangeUnit</c>, <c>exchangePart</c> or <c>exchangeSameOrHigher</c>.</param>
/// <param name="Evidence">As for the decision about what is owed.</param>
public sealed record OpenExchangeRequest(
    [property: Required] string? Remedy, string? JobId, [property: Required] IReadOnlyList<EvidenceInput?>? Evidence) : IRequestBody
{
    private static readonly Remedy[] Possible = [Domain.Entitlement.Remedy.Refund, Domain.Entitlement.Remedy.ExchangeUnit, Domain.Entitlement.Remedy.ExchangePart, Domain.Entitlement.Remedy.ExchangeSameOrHigher];

    public void Validate(Check check)
    {
        check.OneOf(Remedy, "remedy", Possible.Select(r => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(r.ToString())));
        check.JobIfGiven(JobId);
        check.Each(Evidence, "evidence", 1, 100, (evidence, field) => evidence.Validate(check, field));
    }
}

public sealed record ExchangeNoteInput([property: Required] string? Name, [property: Required] string? Value);

/// <param name="Desk">On whose behalf: <c>technician</c>, <c>frontDesk</c>, <c>dispatcher</c> or <c>seller</c>.</param>
public sealed record ExchangeStepRequest([property: Required] string? Step, [property: Required] string? Desk, IReadOnlyList<ExchangeNoteInput?>? Notes) : IRequestBody
{
    public void Validate(Check check)
    {
        check.Word<ExchangeStep>(Step, "step");
        check.Word<ExchangeDesk>(Desk, "desk");
        check.Each(Notes, "notes", 0, ExchangeNotes.All.Length, (note, field) => check.Within(field, c =>
        {
            c.OneOf(note.Name, "name", ExchangeNotes.All);
            c.Line(note.Value, "value", JobLimits.Address);
        }));
        if (Notes is not null && Notes.Select(n => n?.Name).Distinct().Count() < Notes.Count)
            check.Fault("notes", "duplicate");
    }
}

/// <param name="Desk">On whose behalf.</param>
public sealed record RefuseExchangeRequest([property: Required] string? Desk, [property: Required] string? Reason) : IRequestBody
{
    public void Validate(Check check)
    {
        check.Word<ExchangeDesk>(Desk, "desk");
        check.Text(Reason, "reason", JobLimits.Reason);
    }
}
