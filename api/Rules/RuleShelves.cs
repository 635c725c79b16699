using System.Collections.Immutable;
using Dispatch.Api.Problems;
using Dispatch.Domain.Entitlement;
using Dispatch.Domain.Offers;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Rules;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.Triage;

namespace Dispatch.Api.Rules;

/// <summary>
/// All rules and figures: the built-in files, and those of the house. A house changes a book by a file with a later <c>inForceFrom</c>; one of the same day as a built-in one is refused at start, as is any
/// file that is wrong.
/// </summary>
/// <param name="Own">Files of the house, named by folder and file.</param>
internal sealed record RuleShelves(
    RuleShelf<EntitlementBook> Entitlement, RuleShelf<TriageBook> Triage, RuleShelf<PriceBook> Prices, RuleShelf<ProgrammeBook> Programmes, RuleShelf<TradeInBook> TradeIn, RuleShelf<CostBook> Costs,
    RuleShelf<QuoteBook> Quotes, RuleShelf<DeskBook> Desk, ImmutableArray<RuleFile> Own)
{
    /// <summary>The programmes of that day; null where none are in force in the currency of these prices.</summary>
    public ProgrammeBook? ProgrammesFor(PriceBook prices, DateOnly day) => In(Programmes, prices, day);

    /// <summary>What old devices are worth on that day; likewise.</summary>
    public TradeInBook? TradeInFor(PriceBook prices, DateOnly day) => In(TradeIn, prices, day);

    /// <param name="folder">Has the folders <c>entitlement</c>, <c>triage</c>, <c>prices</c>, <c>programmes</c>, <c>tradein</c>, <c>costs</c>, <c>quotes</c>, <c>desk</c>, each with files <c>*.json</c>; null for the built-in ones alone.</param>
    /// <param name="planning">Currency of the planner's price list, where one is stated.</param>
    /// <exception cref="ArgumentException">A file is wrong, or two do not go together: names code, files and place.</exception>
    public static RuleShelves Load(string? folder, string? planning = null)
    {
        ImmutableArray<RuleFile>.Builder own = ImmutableArray.CreateBuilder<RuleFile>();
        RuleShelves shelves = new(
            Shelf<EntitlementBook>("entitlement", EntitlementBook.Read), Shelf<TriageBook>("triage", TriageBook.Read), Shelf<PriceBook>("prices", PriceBook.Read),
            Shelf<ProgrammeBook>("programmes", ProgrammeBook.Read), Shelf<TradeInBook>("tradein", TradeInBook.Read), Shelf<CostBook>("costs", CostBook.Read),
            Shelf<QuoteBook>("quotes", QuoteBook.Read), Shelf<DeskBook>("desk", DeskBook.Read), own.ToImmutable());
        if (shelves.Conflict(planning) is { } conflict)
            throw Wrong(conflict);
        return shelves with { Desk = DeskCurrency.Align(shelves.Desk, shelves.Prices) };

        RuleShelf<T> Shelf<T>(string name, RuleReader<T> reader) where T : class, IDatedRules
        {
            RuleFile[] files = [.. Files(folder, name)];
            own.AddRange(files);
            (RuleShelf<T>? shelf, Refusal? problem) = RuleFiles.Load([.. RuleFiles.BuiltIn(name), .. files], reader);
            return shelf ?? throw Wrong(problem!);
        }

        ArgumentException Wrong(Refusal problem) =>
            new($"Correct the files of rules in {folder ?? "the program"}: {problem.Code}. "
                + ProblemTexts.Detail(problem.Code, problem.Facts));
    }

    /// <summary>Why nobody can be served by a tariff on that day; null where its prices are known.</summary>
    public Refusal? CheckTariff(Tariff tariff, DateOnly day) =>
        Prices.InForce(day).FirstOrDefault() is { } prices ? prices.For(tariff).Refusal : RuleProblems.NoneInForce("prices", day);

    private Refusal? Conflict(string? planning)
    {
        return RuleConflicts.Overlap(Entitlement, b => b.Kinds) ?? RuleConflicts.Overlap(Triage, b => b.Trees.Select(t => t.Category))
            ?? RuleConflicts.Overlap(Prices, _ => ["prices"]) ?? RuleConflicts.Overlap(Programmes, _ => ["programmes"])
            ?? RuleConflicts.Overlap(TradeIn, _ => ["tradein"]) ?? RuleConflicts.Overlap(Costs, _ => ["costs"])
            ?? RuleConflicts.Overlap(Quotes, _ => ["quotes"]) ?? RuleConflicts.Overlap(Desk, _ => ["desk"])
            ?? RuleConflicts.Currencies(Prices, Costs, stepsAside: false) ?? RuleConflicts.Currencies(Prices, Programmes, stepsAside: true)
            ?? RuleConflicts.Currencies(Prices, TradeIn, stepsAside: true) ?? RuleConflicts.Currencies(Prices, Desk, stepsAside: true)
            ?? Against(planning, Prices.Versions[^1]);
    }

    /// <summary>A setting has no day: it goes with the newest prices.</summary>
    private static Refusal? Against(string? planning, PriceBook newest) => planning is null || planning == newest.Currency
        ? null
        : RuleProblems.Currencies(
            ((IDatedRules)newest).File, newest.Currency, "Dispatch:Planning:Prices:Currency", planning, newest.InForceFrom);

    private static T? In<T>(RuleShelf<T> shelf, PriceBook prices, DateOnly day) where T : class, IMoneyRules =>
        shelf.InForce(day).FirstOrDefault() is { } book && RuleConflicts.ShareCurrency(prices, book) ? book : null;

    private static IEnumerable<RuleFile> Files(string? folder, string name)
    {
        if (folder is null)
            return [];
        if (!Directory.Exists(folder))
            throw new ArgumentException($"{nameof(ApiOptions.RulesFolder)} is '{folder}': there is no such folder.");
        string path = Path.Combine(folder, name);
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal).Select(file => new RuleFile($"{name}/{Path.GetFileName(file)}", File.ReadAllText(file)))
            : [];
    }
}
