using System.Collections.Immutable;
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
    /// <param name="folder">Has the folders <c>entitlement</c>, <c>triage</c>, <c>prices</c>, <c>programmes</c>, <c>tradein</c>, <c>costs</c>, <c>quotes</c>, <c>desk</c>, each with files <c>*.json</c>; null for the built-in ones alone.</param>
    /// <exception cref="ArgumentException">A file is wrong: names code, file and place.</exception>
    public static RuleShelves Load(string? folder)
    {
        ImmutableArray<RuleFile>.Builder own = ImmutableArray.CreateBuilder<RuleFile>();
        return new RuleShelves(
            Shelf<EntitlementBook>("entitlement", EntitlementBook.Read), Shelf<TriageBook>("triage", TriageBook.Read), Shelf<PriceBook>("prices", PriceBook.Read),
            Shelf<ProgrammeBook>("programmes", ProgrammeBook.Read), Shelf<TradeInBook>("tradein", TradeInBook.Read), Shelf<CostBook>("costs", CostBook.Read),
            Shelf<QuoteBook>("quotes", QuoteBook.Read), Shelf<DeskBook>("desk", DeskBook.Read), own.ToImmutable());

        RuleShelf<T> Shelf<T>(string name, RuleReader<T> reader) where T : class, IDatedRules
        {
            RuleFile[] files = [.. Files(folder, name)];
            own.AddRange(files);
            (RuleShelf<T>? shelf, Refusal? problem) = RuleFiles.Load([.. RuleFiles.BuiltIn(name), .. files], reader);
            return shelf ?? throw new ArgumentException($"Correct the files of rules in {folder}: {problem!.Code} ({string.Join(", ", problem.Facts.Select(f => $"{f.Name} {f.Value}"))}).");
        }
    }

    /// <summary>Why nobody can be served by a tariff on that day; null where its prices are known.</summary>
    public Refusal? CheckTariff(Tariff tariff, DateOnly day) =>
        Prices.InForce(day).FirstOrDefault() is { } prices ? prices.For(tariff).Refusal : RuleProblems.NoneInForce("prices", day);

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
