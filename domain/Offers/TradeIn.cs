using System.Collections.Immutable;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Rules;

namespace Dispatch.Domain.Offers;

/// <summary>What a model is worth: the price when new, what each month takes off, and what is left at least.</summary>
public sealed record ModelValue
{
    public required string Kind { get; init; }

    public required string Brand { get; init; }

    public required string Model { get; init; }

    /// <summary>In minor units of money.</summary>
    public required long NewPrice { get; init; }

    /// <summary>In hundredths of a percent of the new price.</summary>
    public required int LossPerMonth { get; init; }

    /// <summary>In minor units of money.</summary>
    public required long Floor { get; init; }
}

/// <summary>A condition and what is paid for it, in percent.</summary>
public sealed record GradeValue
{
    public required string Grade { get; init; }

    public required int Percent { get; init; }
}

/// <summary>A fault and what it takes off what is left, in percent.</summary>
public sealed record FaultLoss
{
    public required string Category { get; init; }

    public required int Percent { get; init; }
}

/// <summary>What any device of a kind is worth as material, in minor units of money.</summary>
public sealed record ScrapValue
{
    public required string Kind { get; init; }

    public required long Value { get; init; }
}

/// <summary>One version of what old devices are worth; a file under <c>domain/Offers/Rules</c>, or one the house puts beside it.</summary>
public sealed record TradeInBook : RuleBook, IMoneyRules
{
    /// <summary>Of all its amounts; that of the prices where it says none.</summary>
    public string? Currency { get; init; }

    public required ImmutableArray<ModelValue> Models { get; init; }

    public required ImmutableArray<GradeValue> Grades { get; init; }

    public required ImmutableArray<FaultLoss> Faults { get; init; }

    public required ImmutableArray<ScrapValue> Scrap { get; init; }

    /// <summary>The built-in books.</summary>
    public static RuleShelf<TradeInBook> BuiltIn { get; } = RuleFiles.BuiltIn<TradeInBook>("tradein", Read);

    /// <summary>The book of that file, or what is wrong with it.</summary>
    public static (TradeInBook? Value, Refusal? Problem) Read(RuleFile file) => RuleText.ReadBook<TradeInBook>(file);

    protected internal override void Check(RuleCheck check)
    {
        if (Currency is not null)
            check.Currency(Currency, "currency");
        check.Unique(Models.Select(m => (m.Brand.ToLowerInvariant(), m.Model.ToLowerInvariant())), "models");
        check.Unique(Grades.Select(g => g.Grade), "grades");
        check.Unique(Faults.Select(f => f.Category), "faults");
        check.Unique(Scrap.Select(s => s.Kind), "scrap");
        foreach (ModelValue model in Models)
        {
            check.Range(model.NewPrice, 0, 1_000_000_000, $"models.{model.Model}.newPrice");
            check.Range(model.LossPerMonth, 0, 10_000, $"models.{model.Model}.lossPerMonth");
            check.Range(model.Floor, 0, model.NewPrice, $"models.{model.Model}.floor");
        }
        foreach (GradeValue grade in Grades)
            check.Range(grade.Percent, 0, 100, $"grades.{grade.Grade}");
        foreach (FaultLoss fault in Faults)
            check.Range(fault.Percent, 0, 100, $"faults.{fault.Category}");
        foreach (ScrapValue scrap in Scrap)
            check.Range(scrap.Value, 0, 1_000_000_000, $"scrap.{scrap.Kind}");
    }
}

/// <summary>Values devices: pure, by figures that are data.</summary>
public static class TradeIn
{
    /// <summary>
    /// The new price less the months since the purchase (begun ones count, without a purchase day as many as leave the floor), by condition, less the fault; never below the floor. As material
    /// the same for every device of a kind.
    /// </summary>
    public static (long Credit, Refusal? NotOffered) Value(TradeInBook? book, OfferQuestion question, OfferMode mode)
    {
        if (mode == OfferMode.Recycling)
            return book?.Scrap.FirstOrDefault(s => s.Kind == question.Kind) is { } scrap ? (scrap.Value, null) : (0, OfferRefusals.NotValued(question.Model));
        ModelValue? model = book?.Models.FirstOrDefault(m => m.Kind == question.Kind && Same(m.Brand, question.Brand) && Same(m.Model, question.Model));
        if (model is null)
            return (0, OfferRefusals.NotValued(question.Model));
        if (question.Grade is not { } code)
            return (0, OfferRefusals.GradeMissing());
        if (book!.Grades.FirstOrDefault(g => g.Grade == code) is not { } grade)
            return (0, OfferRefusals.GradeUnknown(code));
        if (question.PurchasedOn is not { } bought)
            return (model.Floor, null);
        long left = model.NewPrice * Math.Max(0, 10_000 - (long)model.LossPerMonth * Months(bought, question.Today)) / 10_000 * grade.Percent / 100;
        if (book.Faults.FirstOrDefault(f => f.Category == question.Fault.Category) is { } fault)
            left = left * (100 - fault.Percent) / 100;
        return (Math.Max(model.Floor, left), null);
    }

    /// <summary>Months begun between two days.</summary>
    public static int Months(DateOnly from, DateOnly to)
    {
        if (to <= from)
            return 0;
        int whole = (to.Year - from.Year) * 12 + to.Month - from.Month;
        return from.AddMonths(whole) < to ? whole + 1 : whole;
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
