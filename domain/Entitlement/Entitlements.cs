using System.Collections.Immutable;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Rules;

namespace Dispatch.Domain.Entitlement;

/// <summary>Says what a customer is owed: pure, by rules that are data.</summary>
public static class Entitlements
{
    /// <summary>By the version in force on that day; a refusal where there is none for this kind of device, or the case contradicts itself.</summary>
    public static (EntitlementDecision? Decision, Refusal? Refusal) Decide(RuleShelf<EntitlementBook> books, EntitlementCase claim, DateOnly today)
    {
        if (books.Find(b => b.Kinds.Contains(claim.Kind), today) is not { } book)
            return (null, EntitlementRefusals.NoBook(claim.Kind, today));
        return claim.Check(book, today) is { } refusal ? (null, refusal) : (Decide(book, claim, today), null);
    }

    /// <summary>By this book. Only for a case that passes <see cref="EntitlementCase.Check"/>.</summary>
    public static EntitlementDecision Decide(EntitlementBook book, EntitlementCase claim, DateOnly today)
    {
        EvidenceReading reading = new(claim.Evidence, book.ListedFaults, today);
        ImmutableArray<EntitlementOption>.Builder options = ImmutableArray.CreateBuilder<EntitlementOption>();
        ImmutableArray<MissingEvidence>.Builder missing = ImmutableArray.CreateBuilder<MissingEvidence>();
        ImmutableArray<NotOwed>.Builder notOwed = ImmutableArray.CreateBuilder<NotOwed>();
        foreach (EntitlementRule rule in book.Rules)
        {
            if (!IsAbout(book, rule, claim) || rule.WhileUnproven.Any(fact => reading.Of(fact) == Truth.Proven) || options.Any(o => rule.Unless.Contains(o.Remedy)))
                continue;
            RuleTrial trial = new(book, rule, claim, reading, today);
            if (trial.Reason is { } reason)
                notOwed.Add(new NotOwed(rule.Remedy, rule.Clause, reason.Code, reason.Facts));
            else if (trial.Needs is { IsEmpty: false } needs)
                missing.Add(new MissingEvidence(rule.Remedy, rule.Clause, needs));
            else
                options.Add(trial.Option());
        }
        return new EntitlementDecision(book.Book, book.Version, today, options.DrainToImmutable(), missing.DrainToImmutable(), notOwed.DrainToImmutable());
    }

    private static bool IsAbout(EntitlementBook book, EntitlementRule rule, EntitlementCase claim) =>
        rule.Items.Contains(claim.Item) && (rule.Lines.IsEmpty || rule.Lines.Contains(claim.Line ?? book.Lines[0])) && (rule.From != PeriodAnchor.OpenRepair || claim.InRepairSince is not null);
}
