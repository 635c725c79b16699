using System.Collections.Immutable;
using Dispatch.Domain.Entitlement;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Triage;

namespace Dispatch.Domain.Offers;

/// <summary>The figures a comparison goes by; one version of each.</summary>
public sealed record OfferBooks(PriceBook Prices, ProgrammeBook? Programmes, TradeInBook? TradeIn);

/// <summary>Compares every mode by price, promise and reason: pure, by figures that are data.</summary>
public static class OfferDesk
{
    /// <summary>Each mode once: offered with price and promise, or not, with a code. A refusal where segment or contract are not known.</summary>
    public static (OfferComparison? Comparison, Refusal? Refusal) Compare(OfferBooks books, OfferQuestion question)
    {
        (SegmentPrices? prices, ContractTerms? contract, Refusal? unknown) = books.Prices.For(question.Tariff);
        if (prices is null)
            return (null, unknown);
        OfferTrial trial = new(books, question, prices, contract);
        ImmutableArray<Offer> offers = [.. OfferModes.All.Select(trial.Of)];
        Offer[] working = [.. offers.Where(o => o.NotOffered is null && !OfferModes.IsPurchase(o.Mode))];
        return (new OfferComparison(
            books.Prices.Currency, books.Prices.Version, offers,
            working.Length == 0 ? null : working.OrderBy(o => o.Price!.Total).ThenBy(o => o.Until).ThenBy(o => o.Mode).First().Mode,
            working.Length == 0 ? null : working.OrderBy(o => o.Until).ThenBy(o => o.Price!.Total).ThenBy(o => o.Mode).First().Mode), null);
    }
}

/// <summary>One question held against each mode.</summary>
internal sealed class OfferTrial(OfferBooks books, OfferQuestion question, SegmentPrices prices, ContractTerms? contract)
{
    private readonly EntitlementOption? free = question.Entitlement?.Find(Remedy.RepairFree);
    private readonly EntitlementOption? unit = question.Entitlement?.Find(Remedy.ExchangeUnit) ?? question.Entitlement?.Find(Remedy.ExchangeSameOrHigher);

    public Offer Of(OfferMode mode)
    {
        if (contract is { Modes.IsEmpty: false } && !contract.Modes.Contains(mode))
            return Offer.No(mode, OfferRefusals.NotInContract(contract.Code));
        if (contract is null or { Modes.IsEmpty: true } && !prices.Modes.Contains(mode))
            return Offer.No(mode, OfferRefusals.NotForSegment(prices.Segment));
        if (Unsuitable(mode) is { } unsuitable)
            return Offer.No(mode, unsuitable);
        if (question.Capacity.FirstOrDefault(c => c.Mode == mode) is not { } capacity)
            return Offer.No(mode, OfferRefusals.NoCapacity());
        return capacity.Reason is { } reason ? Offer.No(mode, reason) : Priced(mode, capacity);
    }

    /// <summary>Why the mode is none for this fault, whatever there is room for.</summary>
    private Refusal? Unsuitable(OfferMode mode) => mode switch
    {
        OfferMode.Remote => question.Fault.Kind == TriageKind.Remote ? null : OfferRefusals.RemoteCannotHelp(),
        OfferMode.TradeIn or OfferMode.Recycling => null,
        _ when question.Fault.Kind == TriageKind.Remote => OfferRefusals.RepairNotNeeded(),
        OfferMode.SelfService when question.Fault.Parts.IsEmpty => OfferRefusals.NoPartToSend(),
        OfferMode.SelfService => question.Fault.Parts.Where(p => books.Prices.Part(p.Code) is not { SelfService: true }).Select(p => OfferRefusals.PartNotSelfService(p.Code)).FirstOrDefault(),
        _ => null,
    };

    private Offer Priced(OfferMode mode, ModeCapacity capacity)
    {
        if (OfferModes.IsPurchase(mode))
            return Valued(mode, capacity);
        if (mode == OfferMode.Remote)
            return Made(mode, capacity, OfferPrice.Free with { Service = IsRemoteFree() ? 0 : prices.RemoteFee }, null, null);
        bool swaps = OfferModes.IsSwap(mode);
        EntitlementOption? owed = swaps ? unit : free;
        (OfferPrice? price, Refusal? unknown) = swaps ? Unit() : Repair(mode);
        if (unknown is not null)
            return Offer.No(mode, unknown);
        VisitFee visit = OfferModes.IsVisit(mode) ? VisitFee.Of(question, prices, contract, books.Programmes, owed is not null) : default;
        if (visit.NotOffered is { } ended)
            return Offer.No(mode, ended);
        return Made(mode, capacity, price! with { Visit = visit.Fee, Freight = Freight(mode, capacity.Metres, owed is not null) }, owed?.Clause, visit.Programme);
    }

    private Offer Made(OfferMode mode, ModeCapacity capacity, OfferPrice price, string? clause, string? programme) => new(
        mode, price, OfferModes.IsRepair(mode) && question.Fault.Kind == TriageKind.Inspection, capacity.From, capacity.Until, capacity.Where,
        clause, programme, Loaner(mode, capacity.From, capacity.Until), null)
    {
        Later = capacity.Later.IsDefault
            ? []
            : [.. capacity.Later.Select(later => later with { Loaner = Loaner(mode, later.From, later.Until) })],
    };

    private (OfferPrice?, Refusal?) Unit()
    {
        if (unit is not null)
            return (OfferPrice.Free, null);
        return books.Prices.Swap(question.Kind, question.Brand, question.Model) is { } price
            ? (OfferPrice.Free with { Unit = price }, null)
            : (null, OfferRefusals.NotOwedAndNotSold(question.Model));
    }

    /// <summary>Labour and parts; where nobody knows the fault, only the look.</summary>
    private (OfferPrice?, Refusal?) Repair(OfferMode mode)
    {
        if (free is not null)
            return (OfferPrice.Free, null);
        if (question.Fault.Kind == TriageKind.Inspection)
            return (OfferPrice.Free with { Labour = Prices.Share(prices.Diagnosis, contract?.LabourPercent) }, null);
        long parts = 0;
        foreach (PartQuantity part in question.Fault.Parts)
        {
            if (books.Prices.Part(part.Code) is not { } known)
                return (null, OfferRefusals.PriceUnknown(part.Code));
            parts += known.Price * part.Quantity;
        }
        long labour = mode == OfferMode.SelfService ? 0 : Prices.Rounded(prices.LabourPerHour * question.Fault.Minutes, 60);
        return (OfferPrice.Free with { Labour = Prices.Share(labour, contract?.LabourPercent), Parts = Prices.Share(parts, contract?.PartsPercent) }, null);
    }

    private long Freight(OfferMode mode, long metres, bool isOwed)
    {
        if (contract is { FreeFreight: true } || (isOwed && !prices.WarrantyFreight))
            return 0;
        long parcel = prices.Parcel(metres);
        return mode switch
        {
            OfferMode.SelfService => parcel,
            OfferMode.MailIn or OfferMode.SwapByPost => 2 * parcel,
            OfferMode.PickupReturn => 2 * (prices.PickupBase + Prices.Rounded(prices.PickupPerKm * metres, 1000)),
            _ => 0,
        };
    }

    private bool IsRemoteFree() =>
        question.PurchasedOn is { } bought && question.Today.DayNumber - bought.DayNumber <= (question.HasPlan ? books.Prices.RemoteFreeDaysWithPlan : books.Prices.RemoteFreeDays);

    /// <summary>Where the customer is without the device for longer than the book says; free where the repair is, and days are begun ones.</summary>
    private LoanerOffer? Loaner(OfferMode mode, DateTimeOffset from, DateTimeOffset until)
    {
        if (!OfferModes.TakesDevice(mode) || until - from <= TimeSpan.FromDays(books.Prices.LoanerAfterDays))
            return null;
        int days = (int)Math.Ceiling((until - from).TotalDays);
        return new LoanerOffer(days, free is null ? prices.LoanerPerDay * days : 0);
    }

    private Offer Valued(OfferMode mode, ModeCapacity capacity)
    {
        (long credit, Refusal? no) = TradeIn.Value(books.TradeIn, question, mode);
        return no is null ? Made(mode, capacity, OfferPrice.Free with { Credit = credit }, null, null) : Offer.No(mode, no);
    }
}
