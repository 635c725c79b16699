using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Offers;

/// <summary>What a visit costs the customer: by contract, by programme, or the segment's fee.</summary>
internal readonly record struct VisitFee(long Fee, string? Programme, Refusal? NotOffered)
{
    /// <summary>
    /// A contract's free visits come first. Of the programmes that hold and still have visits and money, the cheapest for the customer counts, the first by code of equals. Where none has
    /// any left, the first by code that has ended says what becomes of the visit.
    /// </summary>
    public static VisitFee Of(OfferQuestion question, SegmentPrices prices, ContractTerms? contract, ProgrammeBook? book, bool isWarranty)
    {
        if (contract is not null && question.ContractVisits < contract.FreeVisits)
            return new VisitFee(0, null, null);
        long ordinary = isWarranty && !prices.WarrantyVisitFee ? 0 : prices.VisitFee;
        Programme? chosen = null;
        Refusal? ended = null;
        foreach (Programme programme in (book?.Programmes ?? []).Where(p => p.HoldsFor(question.Brand, question.Model, question.Region, question.Today)).OrderBy(p => p.Code, StringComparer.Ordinal))
        {
            ProgrammeUse use = question.Programmes.FirstOrDefault(u => u.Code == programme.Code) ?? new ProgrammeUse(programme.Code, 0, 0);
            long fee = programme.FeeOf(question.Model, question.ProgrammeVisits);
            Refusal? no = use.Visits >= programme.Quota ? OfferRefusals.ProgrammeExhausted(programme.Code, programme.Quota)
                : use.Spent + programme.PaidByBrand(prices.VisitFee, fee) > programme.Budget ? OfferRefusals.BudgetSpent(programme.Code, programme.Budget) : null;
            if (no is not null)
                ended ??= programme.Otherwise == ProgrammeEnd.NotOffered ? no : null;
            else if (chosen is null || fee < chosen.FeeOf(question.Model, question.ProgrammeVisits))
                chosen = programme;
        }
        if (chosen is not null && chosen.FeeOf(question.Model, question.ProgrammeVisits) is var best && (best <= ordinary || ended is not null))
            return new VisitFee(best, chosen.Code, null);
        return ended is null ? new VisitFee(ordinary, null, null) : new VisitFee(0, null, ended);
    }
}
