using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Rules;

/// <summary>Rules with amounts of money.</summary>
public interface IMoneyRules : IDatedRules
{
    /// <summary>Of all its amounts, ISO 4217; null where it does not say.</summary>
    string? Currency { get; }
}

/// <summary>
/// What is wrong with files only together: looked for when all are loaded, day by day, because versions take turns. Pure.
/// </summary>
public static class RuleConflicts
{
    /// <summary>
    /// <c>rules.overlap</c> where two books decide about the same on a day: the first by name would, and nobody would notice.
    /// </summary>
    /// <param name="about">What a book decides about.</param>
    public static Refusal? Overlap<T>(RuleShelf<T> shelf, Func<T, IEnumerable<string>> about) where T : class, IDatedRules
    {
        foreach (DateOnly day in Days(shelf.Versions))
        {
            Dictionary<string, T> first = new(StringComparer.Ordinal);
            foreach (T book in shelf.InForce(day))
                foreach (string subject in about(book).Distinct())
                    if (!first.TryAdd(subject, book))
                        return RuleProblems.Overlap(subject, day, first[subject].File, book.File);
        }
        return null;
    }

    /// <summary>
    /// <c>rules.currency_mismatch</c> where amounts that are added to, or shown beside, prices are in another currency on a day. Built-in
    /// amounts that the operating company did not choose step aside instead where <paramref name="stepsAside"/> says so.
    /// </summary>
    public static Refusal? Currencies<TPrices, TOther>(RuleShelf<TPrices> prices, RuleShelf<TOther> others, bool stepsAside)
        where TPrices : class, IMoneyRules where TOther : class, IMoneyRules
    {
        foreach (DateOnly day in Days(prices.Versions.AsEnumerable<IDatedRules>().Concat(others.Versions)))
            if (prices.InForce(day).FirstOrDefault() is { Currency: { } currency } price
                && others.InForce(day).FirstOrDefault() is { Currency: { } otherCurrency } other
                && currency != otherCurrency && !(stepsAside && other.IsBuiltIn))
                return RuleProblems.Currencies(price.File, currency, other.File, otherCurrency, day);
        return null;
    }

    /// <summary>Whether amounts of both may stand side by side.</summary>
    public static bool ShareCurrency(IMoneyRules one, IMoneyRules other) =>
        one.Currency is null || other.Currency is null || one.Currency == other.Currency;

    /// <summary>Every day on which something changes.</summary>
    private static IEnumerable<DateOnly> Days(IEnumerable<IDatedRules> versions) => versions.Select(v => v.InForceFrom).Distinct().Order();
}
