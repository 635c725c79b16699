using System.Collections.Immutable;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Entitlement;

/// <summary>One rule held against one case on one day: a reason why not, evidence that is missing, or the option it gives.</summary>
internal sealed class RuleTrial
{
    private readonly EntitlementRule rule;
    private readonly EvidenceReading reading;
    private readonly DateOnly? counted, first, last;

    public RuleTrial(EntitlementBook book, EntitlementRule rule, EntitlementCase claim, EvidenceReading reading, DateOnly today)
    {
        (this.rule, this.reading) = (rule, reading);
        counted = AnchorOf(claim, today);
        if (counted is { } anchor)
        {
            DateOnly dayZero = anchor.AddDays(rule.StartsAfterDays);
            // With the purchase as day 1 every day has a number one higher.
            int shift = rule.From is PeriodAnchor.Purchase or PeriodAnchor.Warranty ? book.PurchaseDay : 0;
            first = rule.FromDay > 0 ? dayZero.AddDays(rule.FromDay - shift) : null;
            last = rule.Lasts?.After(dayZero).AddDays(-shift);
        }
        Reason = WhyNot(book, claim, today);
        Needs = Reason is null ? [.. Wanted().Distinct().Order()] : [];
    }

    /// <summary>Why nothing that could still be shown would help.</summary>
    public Refusal? Reason { get; }

    /// <summary>What would have to be shown.</summary>
    public ImmutableArray<EvidenceKind> Needs { get; }

    public EntitlementOption Option() => new(
        rule.Remedy, rule.OwedBy, first, last, rule.Clause, rule.From, counted,
        [.. rule.Requires.SelectMany(fact => EvidenceReading.KindsFor(fact)).Distinct().Order()],
        [.. rule.Presumes.Concat(rule.WhileUnproven).Where(fact => reading.Of(fact) == Truth.Unknown).SelectMany(reading.NotSeen).Distinct().Order()]);

    private DateOnly? AnchorOf(EntitlementCase claim, DateOnly today) => rule.From switch
    {
        PeriodAnchor.Purchase => claim.PurchasedOn,
        PeriodAnchor.Warranty => claim.WarrantyFrom(today),
        PeriodAnchor.Factory => claim.MadeOn,
        PeriodAnchor.OpenRepair => claim.InRepairSince,
        _ => null,
    };

    private Refusal? WhyNot(EntitlementBook book, EntitlementCase claim, DateOnly today)
    {
        if (today < first)
            return No("entitlement.not_yet", ("from", first.Value.ToString("O")));
        if (today > last)
            return No("entitlement.period_over", ("until", last.Value.ToString("O")));
        foreach (CaseFact fact in rule.Presumes.Concat(rule.Requires))
            if (reading.Of(fact) == Truth.Refuted)
                return Refuted(fact);
        if (rule.WarrantyRepairOnly && !Entitlements.Decide(book, claim with { InRepairSince = null }, claim.InRepairSince!.Value).Gives(Remedy.RepairFree))
            return No("entitlement.not_warranty_repair");
        if (Earlier(claim, PastServiceKind.Repair, today, p => book.ListedFaults.Contains(p.Fault ?? "")) is var repairs && repairs < rule.Repairs)
            return No("entitlement.too_few_repairs", ("repairs", repairs), ("needed", rule.Repairs));
        if (Earlier(claim, PastServiceKind.AccessoryReplaced, today, _ => true) is var replaced && replaced < rule.Replacements)
            return No("entitlement.too_few_replacements", ("replacements", replaced), ("needed", rule.Replacements));
        return null;
    }

    /// <summary>Of this item, from the anchor to the day; of one nobody knows the anchor of, all. What was done on the day of an exchange was done to the unit that went.</summary>
    private int Earlier(EntitlementCase claim, PastServiceKind kind, DateOnly today, Func<PastService, bool> counts)
    {
        bool anew = counted != claim.PurchasedOn && rule.From == PeriodAnchor.Warranty;
        return claim.History.Count(p => p.Kind == kind && p.Item == claim.Item && p.On <= today && (counted is null || (anew ? p.On > counted : p.On >= counted)) && counts(p));
    }

    private IEnumerable<EvidenceKind> Wanted()
    {
        if (rule.From is PeriodAnchor.Purchase or PeriodAnchor.Warranty && counted is null)
            yield return EvidenceKind.PurchaseDate;
        if (rule.From == PeriodAnchor.Factory && counted is null)
            yield return EvidenceKind.FactoryDate;
        foreach (CaseFact fact in rule.Requires)
            if (reading.Of(fact) == Truth.Unknown)
                foreach (EvidenceKind kind in reading.NotSeen(fact))
                    yield return kind;
    }

    private static Refusal Refuted(CaseFact fact) => fact switch
    {
        CaseFact.ListedFault => No("entitlement.fault_not_listed"),
        CaseFact.ValidDocuments => No("entitlement.documents_invalid"),
        CaseFact.LabelIntact => No("entitlement.label_torn"),
        CaseFact.NoPrivateRepair => No("entitlement.private_repair"),
        CaseFact.NoUserDamage => No("entitlement.user_damage"),
        CaseFact.Uneconomic => No("entitlement.repair_worthwhile"),
        _ => throw new InvalidOperationException($"No reason for {fact}"),
    };

    private static Refusal No(string code, params ReadOnlySpan<(string, object?)> facts) => Refusal.Of(code, RefusalKind.Unprocessable, facts);
}
