using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;

namespace Dispatch.Api.MailIn;

/// <param name="BenchDay">The first day with a free place if left out.</param>
public sealed record BookRequest([property: Required] string? PointId, DateOnly? BenchDay) : IRequestBody
{
    public void Validate(Check check)
    {
        if (check.Present(PointId, "pointId") && !Words.IsId(PointId, ServicePointId.Prefix))
            check.Fault("pointId", "bad_form");
    }
}

/// <summary>A step at the point that says nothing but that it happened.</summary>
/// <param name="OccurredAt">Now if left out.</param>
public sealed record PointStepRequest(DateTimeOffset? OccurredAt) : IOptionalRequest
{
    public void Validate(Check check) => check.TimeIfGiven(OccurredAt, "occurredAt");
}

/// <param name="Findings">What was found, for colleagues and the customer.</param>
public sealed record InspectRequest([property: Required] string? Findings, DateTimeOffset? OccurredAt) : IRequestBody
{
    public void Validate(Check check)
    {
        check.Text(Findings, "findings", JobLimits.Work);
        check.TimeIfGiven(OccurredAt, "occurredAt");
    }
}

/// <param name="Outcome"><c>repaired</c>, <c>not_repaired</c>, or of a swap <c>swapped</c>.</param>
/// <param name="PartsUsed">What the needs name, if left out.</param>
/// <param name="NewSerial">IMEI or serial number of the unit that is given; only where it is swapped.</param>
public sealed record FinishRequest([property: Required] string? Outcome, IReadOnlyList<PartInput?>? PartsUsed, string? Work, DateTimeOffset? OccurredAt, string? NewSerial = null) : IRequestBody
{
    public void Validate(Check check)
    {
        check.OneOf(Outcome, "outcome", JobLimits.Outcomes);
        check.Each(PartsUsed, "partsUsed", 0, JobLimits.Parts, (part, field) => part.Validate(check, field));
        check.TextIfGiven(Work, "work", JobLimits.Work, 0);
        check.LineIfGiven(NewSerial, "newSerial", JobLimits.Serial);
        check.TimeIfGiven(OccurredAt, "occurredAt");
    }

    internal RepairOutcome ToOutcome() => JobLimits.ToOutcome(Outcome!);

    internal ImmutableArray<PartQuantity>? ToParts() => PartsUsed is { } parts ? [.. parts.Select(p => p!.ToPart())] : null;
}

/// <param name="Passed">Not passed puts it back on the bench.</param>
public sealed record CheckRequest([property: Required] bool? Passed, string? Note, DateTimeOffset? OccurredAt) : IRequestBody
{
    public void Validate(Check check)
    {
        check.Present(Passed, "passed");
        check.TextIfGiven(Note, "note", JobLimits.Work, 0);
        check.TimeIfGiven(OccurredAt, "occurredAt");
    }
}

/// <param name="Status">One of the nine states of a parcel.</param>
/// <param name="At">By the carrier's clock.</param>
public sealed record CarrierEventInput([property: Required] string? Waybill, [property: Required] string? Status, [property: Required] DateTimeOffset? At, string? Text)
{
    private const int LongestText = 200;

    internal void Validate(Check check, string field) => check.Within(field, c =>
    {
        if (c.Present(Waybill, "waybill") && Domain.Jobs.Waybill.Read(Waybill) is null)
            c.Fault("waybill", "bad_form");
        c.OneOf(Status, "status", CarrierWords.Statuses.Keys);
        c.Time(At, "at");
        c.TextIfGiven(Text, "text", LongestText, 0);
    });

    internal RecordParcel ToCommand() => new(
        Domain.Jobs.Waybill.Read(Waybill)!.Value, CarrierWords.Statuses[Status!], At!.Value.ToUniversalTime(), string.IsNullOrWhiteSpace(Text) ? null : Text.Trim());
}

public sealed record CarrierEventsRequest([property: Required] IReadOnlyList<CarrierEventInput?>? Events) : IRequestBody
{
    public void Validate(Check check) => check.Each(Events, "events", 1, 100, (e, field) => e.Validate(check, field));
}

/// <summary>Words of parcel states as the contract spells them.</summary>
internal static class CarrierWords
{
    public static IReadOnlyDictionary<string, ParcelStatus> Statuses { get; } = Enum.GetValues<ParcelStatus>()
        .ToDictionary(s => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(s.ToString()), StringComparer.Ordinal);
}
