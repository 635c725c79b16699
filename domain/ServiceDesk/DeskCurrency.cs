using Dispatch.Domain.Rules;

namespace Dispatch.Domain.ServiceDesk;

/// <summary>Built-in figures of the desk beside prices in another currency. Pure.</summary>
public static class DeskCurrency
{
    /// <summary>
    /// The shelf on which no built-in limit of refunds is in another currency than the prices of a day: there it is nothing, in the
    /// currency of the prices, until the operating company states one of its own. Promises and call-backs go on as they are.
    /// </summary>
    public static RuleShelf<DeskBook> Align<TPrices>(RuleShelf<DeskBook> desk, RuleShelf<TPrices> prices) where TPrices : class, IMoneyRules
    {
        List<DeskBook> versions = [];
        foreach (DateOnly day in desk.Versions.AsEnumerable<IDatedRules>().Concat(prices.Versions)
            .Select(v => v.InForceFrom).Distinct().Order())
        {
            if (desk.InForce(day).FirstOrDefault() is not { } book)
                continue;
            string? currency = prices.InForce(day).FirstOrDefault()?.Currency;
            bool isOther = ((IDatedRules)book).IsBuiltIn && currency is not null && currency != book.Complaints.Currency;
            CaseRule complaints = isOther ? book.Complaints with { Currency = currency!, MostRefund = 0 } : book.Complaints;
            versions.Add(book with { InForceFrom = day, Complaints = complaints });
        }
        return RuleShelf<DeskBook>.Of(versions).Shelf!;
    }
}
