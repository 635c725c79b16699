using System.Collections.Immutable;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Rules;

namespace Dispatch.Domain.Entitlement;

/// <summary>One version of what customers of some kinds of devices are owed; a file under <c>domain/Entitlement/Rules</c>, or one the house puts beside it.</summary>
public sealed record EntitlementBook : RuleBook
{
    /// <summary>The device itself, as opposed to what came with it.</summary>
    public const string Unit = "unit";

    private const int LongestYears = 10;

    /// <summary>Kinds of devices it is about, for example <c>phone</c>.</summary>
    public required ImmutableArray<string> Kinds { get; init; }

    /// <summary>Product lines it tells apart; empty if it tells none.</summary>
    public ImmutableArray<string> Lines { get; init; } = [];

    /// <summary>The number of the day of purchase: 0, so that day 7 is seven days later, or 1.</summary>
    public int PurchaseDay { get; init; }

    /// <summary>Accessories it knows.</summary>
    public ImmutableArray<string> Accessories { get; init; } = [];

    /// <summary>Codes of faults that count, for the device and for accessories.</summary>
    public required ImmutableArray<string> ListedFaults { get; init; }

    /// <summary>In the order in which outcomes are told.</summary>
    public required ImmutableArray<EntitlementRule> Rules { get; init; }

    /// <summary>Who does each step of an exchange, in order.</summary>
    public required ImmutableArray<Exchange.ExchangeStepRule> ExchangeProcedure { get; init; }

    /// <summary>The built-in books.</summary>
    public static RuleShelf<EntitlementBook> BuiltIn { get; } = RuleFiles.BuiltIn<EntitlementBook>("entitlement", Read);

    /// <summary>The book of that file, or what is wrong with it.</summary>
    public static (EntitlementBook? Value, Refusal? Problem) Read(RuleFile file) => RuleText.ReadBook<EntitlementBook>(file);

    protected internal override void Check(RuleCheck check)
    {
        check.Range(PurchaseDay, 0, 1, "purchaseDay");
        if (Kinds.IsEmpty)
            check.Fault("kinds", "empty");
        if (ListedFaults.IsEmpty)
            check.Fault("listedFaults", "empty");
        if (Rules.IsEmpty)
            check.Fault("rules", "empty");
        check.Unique(Kinds, "kinds");
        check.Unique(Accessories, "accessories");
        check.Unique(ListedFaults, "listedFaults");
        check.Unique(Rules.Select(r => r.Clause), "rules[].clause");
        for (int i = 0; i < Rules.Length; i++)
            Check(Rules[i], Rules[..i], check, $"rules[{i}]");
        Exchange.ExchangeStepRule.Check(ExchangeProcedure, check, "exchangeProcedure");
    }

    private void Check(EntitlementRule rule, ImmutableArray<EntitlementRule> before, RuleCheck check, string path)
    {
        check.Text(rule.Clause, $"{path}.clause");
        if (rule.Items.IsEmpty)
            check.Fault($"{path}.items", "empty");
        foreach (string item in rule.Items.Where(item => item != Unit && !Accessories.Contains(item)))
            check.Fault($"{path}.items.{item}", "unknown");
        foreach (string line in rule.Lines.Where(line => !Lines.Contains(line)))
            check.Fault($"{path}.lines.{line}", "unknown");
        foreach (Remedy remedy in rule.Unless.Where(remedy => before.All(b => b.Remedy != remedy)))
            check.Fault($"{path}.unless.{remedy}", "unknown");
        check.Range(rule.StartsAfterDays, 0, LongestYears * 366, $"{path}.startsAfterDays");
        check.Range(rule.FromDay, 0, LongestYears * 366, $"{path}.fromDay");
        check.Range(rule.Repairs, 0, 100, $"{path}.repairs");
        check.Range(rule.Replacements, 0, 100, $"{path}.replacements");
        if (rule.Lasts is { } lasts)
            check.Range(lasts.Count, 1, lasts.Unit switch { PeriodUnit.Day => LongestYears * 366, PeriodUnit.Month => LongestYears * 12, _ => LongestYears }, $"{path}.lasts.count");
        // What is always so has neither beginning nor end; what happened since an anchor needs one.
        if (rule.From == PeriodAnchor.Always && (rule.Lasts is not null || rule.FromDay > 0 || rule.StartsAfterDays > 0 || rule.Repairs > 0 || rule.Replacements > 0))
            check.Fault($"{path}.from", "contradiction");
        if (rule.Requires.Intersect(rule.Presumes.Concat(rule.WhileUnproven)).Any())
            check.Fault($"{path}.requires", "contradiction");
        if (rule.WarrantyRepairOnly != (rule.From == PeriodAnchor.OpenRepair))
            check.Fault($"{path}.warrantyRepairOnly", "contradiction");
    }
}
