using Dispatch.Domain.Refusals;
using Dispatch.Domain.Rules;

namespace Dispatch.Domain.Offers;

/// <summary>One version of how long quotes hold; a file under <c>domain/Offers/Rules</c>, or one the house puts beside it.</summary>
public sealed record QuoteBook : RuleBook
{
    private const int MostMinutes = 60 * 24 * 60;

    /// <summary>What the figures rest on.</summary>
    public required string Source { get; init; }

    /// <summary>While a technician waits at the door.</summary>
    public required int AtTheDoorMinutes { get; init; }

    /// <summary>While the device lies at a service point.</summary>
    public required int AtTheBenchMinutes { get; init; }

    /// <summary>The built-in books.</summary>
    public static RuleShelf<QuoteBook> BuiltIn { get; } = RuleFiles.BuiltIn<QuoteBook>("quotes", Read);

    public TimeSpan Holds(bool atTheDoor) => TimeSpan.FromMinutes(atTheDoor ? AtTheDoorMinutes : AtTheBenchMinutes);

    /// <summary>The book of that file, or what is wrong with it.</summary>
    public static (QuoteBook? Value, Refusal? Problem) Read(RuleFile file) => RuleText.ReadBook<QuoteBook>(file);

    protected internal override void Check(RuleCheck check)
    {
        check.Text(Source, "source");
        check.Range(AtTheDoorMinutes, 1, MostMinutes, "atTheDoorMinutes");
        check.Range(AtTheBenchMinutes, 1, MostMinutes, "atTheBenchMinutes");
    }
}
