using System.ComponentModel.DataAnnotations;
using Dispatch.Api.Catalogue;
using Dispatch.Api.Input;
using Dispatch.Api.Offers;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Offers;

namespace Dispatch.Api.Jobs;

/// <summary>Whom to reach about a job. Kept apart from the job, and erasable.</summary>
public sealed record ContactInput([property: Required] string? Name, [property: Required] string? Phone, string? Language)
{
    internal void Validate(Check check)
    {
        check.Line(Name, "name", JobLimits.Name);
        if (check.Present(Phone, "phone"))
            check.PhoneIfGiven(Phone, "phone", JobLimits.Phone);
        if (Language is not null)
            check.Code(Language, "language", JobLimits.Language);
    }

    /// <summary>Only after a clean check.</summary>
    internal ContactView ToContact(string? address, PhoneReader phones) =>
        new(Name!.Trim(), phones.Read(Phone)!.E164, Language, string.IsNullOrWhiteSpace(address) ? null : address.Trim());
}

public sealed record DeviceInput([property: Required] string? Brand, [property: Required] string? Model, string? Serial);

/// <param name="Category">A code of the catalogue.</param>
/// <param name="Window">When work may begin. May be left out where <paramref name="Windows"/> is given.</param>
/// <param name="Windows">Several to choose from, with <paramref name="Window"/> at most 16.</param>
/// <param name="Severity"><c>urgent</c> or <c>regular</c>; the category's usual one if left out.</param>
/// <param name="Needs">Staff only: overrides what the category implies.</param>
/// <param name="Channel">Staff only: the way the customer came. That of the contact where one is named, else <c>web</c> of whoever has no account.</param>
/// <param name="ContactId">The conversation the job comes of.</param>
/// <param name="Segment">Staff only: whose prices hold, also for what is quoted at the door; <c>consumer</c> where nothing is said.</param>
/// <param name="Contract">Staff only: a contract of that segment.</param>
/// <param name="ContractVisits">Staff only: visits this year under the contract.</param>
/// <param name="Mode"><c>doorToDoor</c>, the usual one, or <c>mailIn</c>, which needs no window. Every other mode is booked.</param>
public sealed record CreateJobRequest(
    [property: Required] string? Category,
    [property: Required] PlaceInput? Place,
    string? Address,
    [property: Required] ContactInput? Contact,
    DeviceInput? Device,
    string? Symptom,
    WindowInput? Window,
    IReadOnlyList<WindowInput?>? Windows,
    string? Severity,
    NeedsInput? Needs,
    string? Mode,
    string? Channel = null,
    string? ContactId = null,
    string? Segment = null,
    string? Contract = null,
    int? ContractVisits = null) : IRequestBody
{
    public void Validate(Check check)
    {
        check.OneOf(Category, "category", CatalogueData.Shared.Codes);
        check.Place(Place, "place");
        check.TextIfGiven(Address, "address", JobLimits.Address, 0);
        if (check.Present(Contact, "contact"))
            check.Within("contact", Contact.Validate);
        if (Device is not null)
            check.Within("device", ValidateDevice);
        check.TextIfGiven(Symptom, "symptom", JobLimits.Symptom, 0);
        if (Mode is not null)
            check.OneOf(Mode, "mode", JobModes.AskedFor);
        if (Window is not null || (Windows is not { Count: > 0 } && ToMode() != ServiceMode.MailIn))
            check.Window(Window, "window");
        check.Each(Windows, "windows", 0, Window is null ? JobLimits.Windows : JobLimits.Windows - 1, check.Window);
        if (Severity is not null)
            check.OneOf(Severity, "severity", JobLimits.Severities);
        if (Needs is not null)
            check.Within("needs", Needs.Validate);
        JobOrigin.Validate(check, Channel, ContactId);
        TariffInput.Validate(check, Segment, Contract, ContractVisits);
    }

    /// <summary>For staff to state; null if nothing is said of it.</summary>
    internal Tariff? ToTariff() => TariffInput.Of(Segment, Contract, ContractVisits);

    /// <summary>What the job keeps: no personal data. Only after a clean check.</summary>
    internal JobRequest ToJobRequest(Severity usual, string bench) => new(
        Category!,
        Place!.ToPlace(),
        [.. (Window is null ? [] : new[] { Window }).Concat(Windows ?? []).Select(w => w!.ToWindow()).Distinct()],
        JobLimits.ToSeverity(Severity) ?? usual,
        string.IsNullOrWhiteSpace(Symptom) ? null : Symptom.Trim(),
        Device is null ? null : new DeviceRef(Device.Brand!.Trim(), Device.Model!.Trim(), string.IsNullOrWhiteSpace(Device.Serial) ? null : Device.Serial.Trim()),
        ToMode(),
        bench,
        Tariff: ToTariff());

    private ServiceMode ToMode() => (Mode is null ? null : JobModes.Find(Mode)) ?? ServiceMode.DoorToDoor;

    private void ValidateDevice(Check check)
    {
        check.Line(Device!.Brand, "brand", JobLimits.Brand);
        check.Line(Device.Model, "model", JobLimits.Model);
        check.DeviceNumberIfGiven(Device.Serial, "serial", JobLimits.Serial);
    }
}
