using System.ComponentModel.DataAnnotations;
using Dispatch.Api.Catalogue;
using Dispatch.Api.Devices;
using Dispatch.Api.Entitlement;
using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Domain.Offers;

namespace Dispatch.Api.Offers;

/// <param name="Imei">Or <paramref name="Serial"/>, or neither: then nothing is known of what it had before.</param>
public sealed record OfferDeviceInput([property: Required] string? Kind, [property: Required] string? Brand, [property: Required] string? Model, string? Imei, string? Serial)
{
    internal void Validate(Check check)
    {
        check.OneOf(Kind, "kind", RegisterDeviceRequest.Kinds);
        check.Line(Brand, "brand", JobLimits.Brand);
        check.Line(Model, "model", JobLimits.Model);
        check.LineIfGiven(Imei, "imei", JobLimits.Serial);
        check.LineIfGiven(Serial, "serial", JobLimits.Serial);
        check.WarnOfDeviceNumber(Serial, "serial");
        if (Imei is not null && Serial is not null)
            check.Fault("serial", "duplicate");
    }
}

/// <param name="Category">A code of the catalogue.</param>
/// <param name="Answers">Those of the self-diagnosis of that category, to its end; without them the category says what it usually takes.</param>
/// <param name="Segment">Staff only; <c>consumer</c> if left out.</param>
/// <param name="Contract">Staff only.</param>
/// <param name="ContractVisits">Staff only: visits this year under the contract.</param>
/// <param name="Evidence">For what is owed, as in <c>POST /v1/entitlement</c>; without any nothing is proven.</param>
/// <param name="HasPlan">The device has a service plan.</param>
/// <param name="Grade">Its condition, to have it valued.</param>
public sealed record CompareOffersRequest(
    [property: Required] string? Category,
    IReadOnlyList<string?>? Answers,
    [property: Required] OfferDeviceInput? Device,
    [property: Required] PlaceInput? Place,
    string? Segment,
    string? Contract,
    int? ContractVisits,
    DateOnly? PurchasedOn,
    DateOnly? MadeOn,
    string? Line,
    IReadOnlyList<EvidenceInput?>? Evidence,
    bool? HasPlan,
    string? Grade) : IRequestBody
{
    public void Validate(Check check)
    {
        check.OneOf(Category, "category", CatalogueData.Shared.Codes);
        check.Each(Answers, "answers", 0, Triage.TriageRequest.MostAnswers, (answer, field) => check.Code(answer, field));
        if (check.Present(Device, "device"))
            check.Within("device", Device.Validate);
        check.Place(Place, "place");
        TariffInput.Validate(check, Segment, Contract, ContractVisits);
        check.DayIfGiven(PurchasedOn, "purchasedOn");
        check.DayIfGiven(MadeOn, "madeOn");
        if (Line is not null)
            check.Code(Line, "line");
        check.Each(Evidence, "evidence", 0, 100, (evidence, field) => evidence.Validate(check, field));
        if (Grade is not null)
            check.Code(Grade, "grade");
    }

    /// <summary>For staff to state; null if nothing is said of it.</summary>
    internal Tariff? ToTariff() => TariffInput.Of(Segment, Contract, ContractVisits);

    internal EntitlementRequest ToEntitlement() => new(Device!.Kind, Line, null, PurchasedOn, MadeOn, null, Evidence, null, null, null);
}
