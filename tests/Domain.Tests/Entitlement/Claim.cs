using System.Collections.Immutable;
using Dispatch.Domain.Entitlement;
using Dispatch.Domain.Rules;

namespace Dispatch.Domain.Tests.Entitlement;

/// <summary>Cases as tests speak of them: a phone bought on a day, with papers, a fault, a past.</summary>
internal static class Claim
{
    public static readonly RuleShelf<EntitlementBook> Books = EntitlementBook.BuiltIn;

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public static EntitlementCase Phone(string? bought, string? made = null) =>
        new("phone", null, EntitlementBook.Unit, bought is null ? null : Day(bought), made is null ? null : Day(made), null, [], []);

    public static EntitlementCase Camera(string line, string bought) => new("camera", line, EntitlementBook.Unit, Day(bought), null, null, [], []);

    public static EntitlementCase With(this EntitlementCase claim, EvidenceKind kind, EvidenceState state, string? fault = null, string on = "2026-01-01") =>
        claim with { Evidence = claim.Evidence.Add(new Evidence(kind, state, Day(on), fault)) };

    /// <summary>Invoice and warranty card, as they should be.</summary>
    public static EntitlementCase Papers(this EntitlementCase claim) => claim.With(EvidenceKind.Invoice, EvidenceState.Valid).With(EvidenceKind.WarrantyCard, EvidenceState.Valid);

    public static EntitlementCase Fault(this EntitlementCase claim, string fault = "screen") => claim.With(EvidenceKind.Inspection, EvidenceState.Confirmed, fault);

    public static EntitlementCase Of(this EntitlementCase claim, string item) => claim with { Item = item };

    public static EntitlementCase Repaired(this EntitlementCase claim, string on, string fault) =>
        claim with { History = claim.History.Add(new PastService(PastServiceKind.Repair, Day(on), fault)) };

    public static EntitlementCase Exchanged(this EntitlementCase claim, string on) =>
        claim with { History = claim.History.Add(new PastService(PastServiceKind.UnitExchanged, Day(on))) };

    public static EntitlementCase Replaced(this EntitlementCase claim, params string[] on) =>
        claim with { History = claim.History.AddRange(on.Select(d => new PastService(PastServiceKind.AccessoryReplaced, Day(d), null, claim.Item))) };

    public static EntitlementDecision On(this EntitlementCase claim, string today)
    {
        (EntitlementDecision? decision, Refusals.Refusal? refusal) = Entitlements.Decide(Books, claim, Day(today));
        Assert.Null(refusal);
        return decision!;
    }

    /// <summary>What may be chosen: remedy, who owes it, until when, clause; in the order of the book.</summary>
    public static string[] Choices(this EntitlementDecision decision) =>
        [.. decision.Options.Select(o => $"{o.Remedy} {o.OwedBy} {o.Until?.ToString("O") ?? "-"} {o.Clause}")];
}
