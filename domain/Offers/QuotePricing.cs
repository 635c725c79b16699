using System.Collections.Immutable;
using Dispatch.Domain.Entitlement;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Quotes;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Offers;

/// <summary>Makes the lines of a quote from what somebody found: pure, by the same figures as a comparison of modes.</summary>
public static class QuotePricing
{
    /// <summary>
    /// Labour and parts of the fault, and the visit or the ways of the parcel. What is owed for nothing says its clause. A refusal where segment, contract or the price of a part are not known.
    /// </summary>
    /// <param name="question">The fault as found; capacity is not looked at.</param>
    /// <param name="mode">How the device came: a visit, a parcel and a courier are paid for, one's own way to the counter is not.</param>
    /// <param name="metres">One way between customer and point; nothing at the door.</param>
    /// <param name="agreed">What the customer booked, if they did: the way costs them no more than they agreed to then, nor does a look that leads to nothing.</param>
    public static (QuoteTerms? Terms, Refusal? Refusal) Price(OfferBooks books, OfferQuestion question, ServiceMode mode, long metres, string? note, AgreedTerms? agreed = null)
    {
        (SegmentPrices? prices, ContractTerms? contract, Refusal? unknown) = books.Prices.For(question.Tariff);
        if (prices is null)
            return (null, unknown);
        foreach (PartQuantity part in question.Fault.Parts)
            if (books.Prices.Part(part.Code) is null)
                return (null, OfferRefusals.PriceUnknown(part.Code));

        EntitlementOption? owed = question.Entitlement?.Find(Remedy.RepairFree);
        long hour = Prices.Share(prices.LabourPerHour, contract?.LabourPercent);
        ImmutableArray<QuoteLine>.Builder lines = ImmutableArray.CreateBuilder<QuoteLine>();
        if (question.Fault.Minutes > 0)
            lines.Add(Line(QuoteLineKind.Labour, null, question.Fault.Minutes, hour, Prices.Rounded(hour * question.Fault.Minutes, 60), owed?.Clause));
        foreach (PartQuantity part in question.Fault.Parts)
        {
            long unit = Prices.Share(books.Prices.Part(part.Code)!.Price, contract?.PartsPercent);
            lines.Add(Line(QuoteLineKind.Part, part.Code, part.Quantity, unit, unit * part.Quantity, owed?.Clause));
        }
        QuoteLine? way = mode.Carriage() switch
        {
            null => Visit(books, question, prices, contract, owed),
            Carriage.Counter => null,
            Carriage.Courier => Freight(prices, contract, prices.PickupBase + Prices.Rounded(prices.PickupPerKm * metres, 1000), owed),
            _ => Freight(prices, contract, prices.Parcel(metres), owed),
        };
        if (way is { } paid)
        {
            if (agreed is not null)
                way = paid = paid with { Amount = Math.Min(paid.Amount, agreed.Price.Visit + agreed.Price.Freight) };
            lines.Add(paid);
        }
        // Whoever says no has still been looked at: by the visit's own fee, or at the bench for what looking costs.
        long look = mode.IsVisit() || owed is not null ? 0 : Prices.Share(prices.Diagnosis, contract?.LabourPercent);
        long refused = (way?.Amount ?? 0) + look;
        if (agreed is { QuotedAfterInspection: true })
            refused = Math.Min(refused, agreed.Price.Total);
        return (new QuoteTerms(lines.DrainToImmutable(), books.Prices.Currency, books.Prices.Version, refused, note), null);
    }

    /// <summary>A programme that grants no more does not turn back somebody who stands at the door: the visit then costs what it ordinarily does.</summary>
    private static QuoteLine Visit(OfferBooks books, OfferQuestion question, SegmentPrices prices, ContractTerms? contract, EntitlementOption? owed)
    {
        VisitFee fee = VisitFee.Of(question, prices, contract, books.Programmes, owed is not null);
        long amount = fee.NotOffered is null ? fee.Fee : prices.VisitFee;
        return new QuoteLine(QuoteLineKind.Visit, fee.Programme, 1, prices.VisitFee, amount, owed is not null && amount == 0 ? owed.Clause : null);
    }

    private static QuoteLine Freight(SegmentPrices prices, ContractTerms? contract, long parcel, EntitlementOption? owed)
    {
        const int ThereAndBack = 2;
        bool free = owed is not null && !prices.WarrantyFreight;
        return new QuoteLine(QuoteLineKind.Freight, null, ThereAndBack, parcel, free || contract is { FreeFreight: true } ? 0 : ThereAndBack * parcel, free ? owed!.Clause : null);
    }

    private static QuoteLine Line(QuoteLineKind kind, string? code, int quantity, long unit, long amount, string? clause) => new(kind, code, quantity, unit, clause is null ? amount : 0, clause);
}
