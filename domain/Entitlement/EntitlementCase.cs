using System.Collections.Immutable;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Rules;

namespace Dispatch.Domain.Entitlement;

/// <summary>What was done to a device before.</summary>
[GenerateSerializer, Alias("dispatch.pastServiceKind")]
public enum PastServiceKind { Repair, UnitExchanged, AccessoryReplaced }

/// <summary>One earlier repair, exchange or replacement.</summary>
/// <param name="Fault">Of a repair: the code of the fault.</param>
/// <param name="Item"><c>unit</c>, or the accessory.</param>
[GenerateSerializer, Immutable, Alias("dispatch.pastService")]
public sealed record PastService([property: Id(0)] PastServiceKind Kind, [property: Id(1)] DateOnly On, [property: Id(2)] string? Fault = null, [property: Id(3)] string Item = EntitlementBook.Unit);

/// <summary>Everything a decision about entitlement looks at. Days are calendar days in the house's time zone.</summary>
/// <param name="Kind">Kind of device, for example <c>phone</c>.</param>
/// <param name="Line">Product line; null for the first the book names.</param>
/// <param name="Item"><c>unit</c>, or the accessory that is at fault.</param>
/// <param name="PurchasedOn">By the invoice.</param>
/// <param name="MadeOn">By the device.</param>
/// <param name="InRepairSince">The day it was handed in for a repair that is not over.</param>
[GenerateSerializer, Immutable, Alias("dispatch.entitlementCase")]
public sealed record EntitlementCase(
    [property: Id(0)] string Kind,
    [property: Id(1)] string? Line,
    [property: Id(2)] string Item,
    [property: Id(3)] DateOnly? PurchasedOn,
    [property: Id(4)] DateOnly? MadeOn,
    [property: Id(5)] DateOnly? InRepairSince,
    [property: Id(6)] ImmutableArray<Evidence> Evidence,
    [property: Id(7)] ImmutableArray<PastService> History)
{
    /// <summary>Null if the book can say something of it at all.</summary>
    public Refusal? Check(EntitlementBook book, DateOnly today)
    {
        if (Item != EntitlementBook.Unit && !book.Accessories.Contains(Item))
            return EntitlementRefusals.ItemUnknown(book, Item);
        if (Line is { } line && !book.Lines.Contains(line))
            return EntitlementRefusals.LineUnknown(book, line);
        foreach (Evidence evidence in Evidence)
            if (!evidence.IsWhole)
                return EntitlementRefusals.EvidenceInvalid(evidence);
        if (PurchasedOn > today || MadeOn > today || InRepairSince > today)
            return EntitlementRefusals.DateInFuture(today);
        return MadeOn > PurchasedOn ? EntitlementRefusals.DatesReversed(MadeOn.Value, PurchasedOn.Value) : null;
    }

    /// <summary>The first day of the time for repairs: of purchase, or of the last exchange of the unit up to that day.</summary>
    public DateOnly? WarrantyFrom(DateOnly today)
    {
        DateOnly? from = PurchasedOn;
        foreach (PastService past in History)
            if (past.Kind == PastServiceKind.UnitExchanged && past.On <= today && (from is null || past.On > from))
                from = past.On;
        return from;
    }
}

/// <summary>Every no about entitlement. Each code is a row of docs/refusals.md.</summary>
public static class EntitlementRefusals
{
    public static Refusal NoBook(string kind, DateOnly on) => RuleProblems.NoneInForce(kind, on);
    public static Refusal ItemUnknown(EntitlementBook book, string item) => Refusal.Of("entitlement.item_unknown", RefusalKind.Invalid, ("book", book.Book), ("item", item));
    public static Refusal LineUnknown(EntitlementBook book, string line) => Refusal.Of("entitlement.line_unknown", RefusalKind.Invalid, ("book", book.Book), ("line", line));
    public static Refusal EvidenceInvalid(Evidence e) => Refusal.Of("entitlement.evidence_invalid", RefusalKind.Invalid, ("kind", e.Kind), ("state", e.State), ("fault", e.Fault));
    public static Refusal DateInFuture(DateOnly today) => Refusal.Of("entitlement.date_in_future", RefusalKind.Unprocessable, ("today", today.ToString("O")));
    public static Refusal DatesReversed(DateOnly made, DateOnly bought) =>
        Refusal.Of("entitlement.dates_reversed", RefusalKind.Unprocessable, ("madeOn", made.ToString("O")), ("purchasedOn", bought.ToString("O")));
}
