using System.Collections.Immutable;

namespace Dispatch.Domain.Entitlement;

/// <summary>So many days, months or years.</summary>
public sealed record Period
{
    public required int Count { get; init; }

    public required PeriodUnit Unit { get; init; }

    /// <summary>The same day so much later; the last of the month where that month has no such day (29 February and a year later: 28 February).</summary>
    public DateOnly After(DateOnly start) => Unit switch
    {
        PeriodUnit.Day => start.AddDays(Count),
        PeriodUnit.Month => start.AddMonths(Count),
        PeriodUnit.Year => start.AddYears(Count),
        _ => throw new InvalidOperationException($"No length of {Unit}"),
    };
}

/// <summary>One outcome, with everything it depends on. All of it is data of a rule file.</summary>
public sealed record EntitlementRule
{
    /// <summary>What the outcome is cited by; unique in its book.</summary>
    public required string Clause { get; init; }

    public required Remedy Remedy { get; init; }

    public required Party OwedBy { get; init; }

    /// <summary>What of the product it is about: <c>unit</c>, or accessories.</summary>
    public ImmutableArray<string> Items { get; init; } = [EntitlementBook.Unit];

    /// <summary>Product lines; empty for every line.</summary>
    public ImmutableArray<string> Lines { get; init; } = [];

    public PeriodAnchor From { get; init; } = PeriodAnchor.Always;

    /// <summary>Days between the anchor and day 0 of the period.</summary>
    public int StartsAfterDays { get; init; }

    /// <summary>The first day that counts. What lies before it is another rule's; 0 also covers the days before day 0.</summary>
    public int FromDay { get; init; }

    /// <summary>Up to and with the last day of this; without end if left out.</summary>
    public Period? Lasts { get; init; }

    /// <summary>What must be proven.</summary>
    public ImmutableArray<CaseFact> Requires { get; init; } = [];

    /// <summary>What is taken for true until somebody shows otherwise.</summary>
    public ImmutableArray<CaseFact> Presumes { get; init; } = [];

    /// <summary>The rule is for cases in which this is not proven: it stands in for another rule.</summary>
    public ImmutableArray<CaseFact> WhileUnproven { get; init; } = [];

    /// <summary>Earlier repairs of listed faults, whichever, since the anchor; at least so many.</summary>
    public int Repairs { get; init; }

    /// <summary>Earlier replacements of the accessory within the period; at least so many.</summary>
    public int Replacements { get; init; }

    /// <summary>The repair that is not over must have been free on the day the device was handed in.</summary>
    public bool WarrantyRepairOnly { get; init; }

    /// <summary>Not said where an earlier rule of the book gives one of these.</summary>
    public ImmutableArray<Remedy> Unless { get; init; } = [];
}
