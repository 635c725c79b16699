using System.ComponentModel.DataAnnotations;
using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Domain.Calendars;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Entitlement;

namespace Dispatch.Api.Entitlement;

/// <param name="Kind">What was looked at: <c>invoice</c>, <c>warrantyCard</c>, <c>label</c>, <c>inspection</c>, <c>privateRepair</c>, <c>userDamage</c>, <c>repairEstimate</c>.</param>
/// <param name="State">How it was found; which go with which kind, docs/api.md says.</param>
/// <param name="On">When; today if left out.</param>
/// <param name="Fault">Of an inspection: the fault it looked for.</param>
public sealed record EvidenceInput([property: Required] string? Kind, [property: Required] string? State, DateOnly? On, string? Fault)
{
    internal void Validate(Check check, string field) => check.Within(field, c =>
    {
        c.Word<EvidenceKind>(Kind, "kind");
        c.Word<EvidenceState>(State, "state");
        c.DayIfGiven(On, "on");
        if (Fault is not null)
            c.Code(Fault, "fault");
    });

    internal Evidence ToEvidence(DateOnly today) => new(DayCheck.ToWord<EvidenceKind>(Kind!), DayCheck.ToWord<EvidenceState>(State!), On ?? today, Fault);
}

/// <param name="Kind"><c>repair</c>, <c>unitExchanged</c> or <c>accessoryReplaced</c>.</param>
/// <param name="Item"><c>unit</c> if left out.</param>
public sealed record PastServiceInput([property: Required] string? Kind, [property: Required] DateOnly? On, string? Fault, string? Item)
{
    internal void Validate(Check check, string field) => check.Within(field, c =>
    {
        c.Word<PastServiceKind>(Kind, "kind");
        if (c.Present(On, "on"))
            c.DayIfGiven(On, "on");
        if (Fault is not null)
            c.Code(Fault, "fault");
        if (Item is not null)
            c.Code(Item, "item");
    });

    internal PastService ToPast() => new(DayCheck.ToWord<PastServiceKind>(Kind!), On!.Value, Fault, Item ?? EntitlementBook.Unit);
}

/// <param name="Kind"><c>phone</c>, <c>camera</c> or <c>other</c>; may be left out with <paramref name="DeviceId"/>.</param>
/// <param name="Item"><c>unit</c> if left out, or an accessory.</param>
/// <param name="InRepairSince">The day it was handed in for a repair that is not over.</param>
/// <param name="DeviceId">Staff and technicians only: what the register knows of it is taken as well.</param>
/// <param name="On">The day asked about; today if left out.</param>
public sealed record EntitlementRequest(
    string? Kind,
    string? Line,
    string? Item,
    DateOnly? PurchasedOn,
    DateOnly? MadeOn,
    DateOnly? InRepairSince,
    IReadOnlyList<EvidenceInput?>? Evidence,
    IReadOnlyList<PastServiceInput?>? History,
    string? DeviceId,
    DateOnly? On) : IRequestBody
{
    private const int MostEvidence = 100, MostHistory = 500;

    public void Validate(Check check)
    {
        if (DeviceId is null || Kind is not null)
            check.Code(Kind, "kind", JobLimits.Brand);
        if (Line is not null)
            check.Code(Line, "line");
        if (Item is not null)
            check.Code(Item, "item");
        check.DayIfGiven(PurchasedOn, "purchasedOn");
        check.DayIfGiven(MadeOn, "madeOn");
        check.DayIfGiven(InRepairSince, "inRepairSince");
        check.DayIfGiven(On, "on");
        check.Each(Evidence, "evidence", 0, MostEvidence, (evidence, field) => evidence.Validate(check, field));
        check.Each(History, "history", 0, MostHistory, (past, field) => past.Validate(check, field));
        if (DeviceId is not null && !Words.IsId(DeviceId, Domain.Devices.DeviceId.Prefix))
            check.Fault("deviceId", "bad_form");
    }

    /// <summary>The case as given, with what the register knows where the request says nothing. Only after a clean check.</summary>
    internal EntitlementCase ToCase(DateOnly today, DeviceState? device, WallClock clock) => new(
        Kind ?? device!.Profile.Kind,
        Line ?? device?.Profile.Line,
        Item ?? EntitlementBook.Unit,
        PurchasedOn ?? device?.Profile.PurchasedOn,
        MadeOn ?? device?.Profile.MadeOn,
        InRepairSince,
        [.. (Evidence ?? []).Select(e => e!.ToEvidence(today))],
        [.. (History ?? []).Select(p => p!.ToPast()), .. device is null ? [] : DeviceHistory.Past(device, clock)]);
}
