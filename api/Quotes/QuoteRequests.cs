using System.ComponentModel.DataAnnotations;
using Dispatch.Api.Entitlement;
using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Api.Offers;
using Dispatch.Domain.Offers;

namespace Dispatch.Api.Quotes;

/// <param name="Epoch">The job's, which a technician names; others may leave it out.</param>
/// <param name="LabourMinutes">The work it would take.</param>
/// <param name="Parts">What would be used, priced by the book.</param>
/// <param name="Note">Why it costs that, for the customer.</param>
/// <param name="Segment">Staff only. Without any of these three what the customer booked by holds, else what was stated when the job was
/// filed, else <c>consumer</c>.</param>
/// <param name="Contract">Staff only.</param>
/// <param name="ContractVisits">Staff only: visits this year under the contract.</param>
/// <param name="Evidence">For what is owed, as in <c>POST /v1/entitlement</c>; without any nothing is proven.</param>
public sealed record GiveQuoteRequest(
    long? Epoch,
    [property: Required] int? LabourMinutes,
    IReadOnlyList<PartInput?>? Parts,
    string? Note,
    string? Segment,
    string? Contract,
    int? ContractVisits,
    string? Line,
    DateOnly? PurchasedOn,
    DateOnly? MadeOn,
    IReadOnlyList<EvidenceInput?>? Evidence) : IRequestBody
{
    private const int LongestNote = 1_000, MostEvidence = 100;

    public void Validate(Check check)
    {
        check.RangeIfGiven(Epoch, "epoch", 0, long.MaxValue);
        check.Range(LabourMinutes, "labourMinutes", 0, JobLimits.LongestServiceSeconds / 60);
        check.Each(Parts, "parts", 0, JobLimits.Parts, (part, field) => part.Validate(check, field));
        check.TextIfGiven(Note, "note", LongestNote, 0);
        TariffInput.Validate(check, Segment, Contract, ContractVisits);
        if (Line is not null)
            check.Code(Line, "line");
        check.DayIfGiven(PurchasedOn, "purchasedOn");
        check.DayIfGiven(MadeOn, "madeOn");
        check.Each(Evidence, "evidence", 0, MostEvidence, (evidence, field) => evidence.Validate(check, field));
    }

    /// <summary>For staff to state; null if nothing is said of it.</summary>
    internal Tariff? ToTariff() => TariffInput.Of(Segment, Contract, ContractVisits);

    internal EntitlementRequest ToEntitlement(string kind) => new(kind, Line, null, PurchasedOn, MadeOn, null, Evidence, null, null, null);
}

/// <param name="Approved">Yes, or no.</param>
public sealed record AnswerQuoteRequest([property: Required] bool? Approved) : IRequestBody
{
    public void Validate(Check check) => check.Present(Approved, "approved");
}
