using System.Collections.Immutable;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Rules;

namespace Dispatch.Domain.Offers;

/// <summary>What happens when a programme grants no more.</summary>
public enum ProgrammeEnd { FullFee, NotOffered }

/// <summary>A brand sends people out: for what fee, which models the first visits free, how many visits and how much money in all.</summary>
public sealed record Programme
{
    public required string Code { get; init; }

    public required string Brand { get; init; }

    /// <summary>Zones it holds in; empty for all.</summary>
    public ImmutableArray<string> Regions { get; init; } = [];

    /// <summary>Models it holds for; empty for all of the brand.</summary>
    public ImmutableArray<string> Models { get; init; } = [];

    public required DateOnly From { get; init; }

    /// <summary>The last day, included.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>What a visit costs the customer, in minor units of money.</summary>
    public required long VisitFee { get; init; }

    /// <summary>Visits of one device that cost nothing.</summary>
    public int FreeVisits { get; init; }

    /// <summary>Models that have free visits; empty for all the programme holds for.</summary>
    public ImmutableArray<string> FreeModels { get; init; } = [];

    /// <summary>Visits in all, in each region.</summary>
    public required int Quota { get; init; }

    /// <summary>What the brand pays in all, in each region, in minor units of money: the ordinary fee of each visit less what the customer pays.</summary>
    public required long Budget { get; init; }

    public ProgrammeEnd Otherwise { get; init; }

    /// <summary>What the brand pays of one visit.</summary>
    public long PaidByBrand(long ordinary, long fee) => Math.Max(0, ordinary - fee);

    public bool HoldsFor(string brand, string model, string region, DateOnly today) =>
        string.Equals(Brand, brand, StringComparison.OrdinalIgnoreCase) && today >= From && today <= Until
        && (Regions.IsEmpty || Regions.Contains(region)) && (Models.IsEmpty || Models.Contains(model, StringComparer.OrdinalIgnoreCase));

    /// <summary>What the customer pays for a visit, so many of the device's having been before.</summary>
    public long FeeOf(string model, int visitsBefore) =>
        visitsBefore < FreeVisits && (FreeModels.IsEmpty || FreeModels.Contains(model, StringComparer.OrdinalIgnoreCase)) ? 0 : VisitFee;
}

/// <summary>One version of all programmes; a file under <c>domain/Offers/Rules</c>, or one the house puts beside it.</summary>
public sealed record ProgrammeBook : RuleBook, IMoneyRules
{
    /// <summary>Of all its amounts; that of the prices where it says none.</summary>
    public string? Currency { get; init; }

    public required ImmutableArray<Programme> Programmes { get; init; }

    /// <summary>The built-in books.</summary>
    public static RuleShelf<ProgrammeBook> BuiltIn { get; } = RuleFiles.BuiltIn<ProgrammeBook>("programmes", Read);

    /// <summary>The book of that file, or what is wrong with it.</summary>
    public static (ProgrammeBook? Value, Refusal? Problem) Read(RuleFile file) => RuleText.ReadBook<ProgrammeBook>(file);

    protected internal override void Check(RuleCheck check)
    {
        if (Currency is not null)
            check.Currency(Currency, "currency");
        check.Unique(Programmes.Select(p => p.Code), "programmes");
        foreach (Programme programme in Programmes)
        {
            check.Text(programme.Code, "programmes.code");
            check.Text(programme.Brand, $"programmes.{programme.Code}.brand");
            check.Range(programme.VisitFee, 0, 100_000_000, $"programmes.{programme.Code}.visitFee");
            check.Range(programme.FreeVisits, 0, 1_000, $"programmes.{programme.Code}.freeVisits");
            check.Range(programme.Quota, 0, int.MaxValue, $"programmes.{programme.Code}.quota");
            check.Range(programme.Budget, 0, long.MaxValue, $"programmes.{programme.Code}.budget");
            if (programme.Until < programme.From)
                check.Fault($"programmes.{programme.Code}.until", "out_of_range");
        }
    }
}
