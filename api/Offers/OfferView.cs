using Dispatch.Api.Input;
using Dispatch.Domain.Calendars;
using Dispatch.Domain.Entitlement;
using Dispatch.Domain.Offers;

namespace Dispatch.Api.Offers;

/// <summary>Why a mode is not offered.</summary>
public sealed record NotOfferedView(string Code, IReadOnlyDictionary<string, string> Facts);

/// <summary>Lines of a price in minor units of money; <c>total</c> is below zero where the customer is paid.</summary>
public sealed record OfferPriceView(long Labour, long Parts, long Visit, long Freight, long Unit, long Service, long Credit, long Total)
{
    public static OfferPriceView Of(OfferPrice p) => new(p.Labour, p.Parts, p.Visit, p.Freight, p.Unit, p.Service, p.Credit, p.Total);
}

/// <param name="QuotedAfterInspection">The price is for looking only.</param>
/// <param name="From">When it begins; <paramref name="Until"/> is when the customer has a working device at the latest.</param>
/// <param name="Where">The service point or the zone that would do it.</param>
/// <param name="Clause">What makes it free.</param>
/// <param name="TimeZone">IANA name of the zone by whose wall clock its times are to be shown: the point's, else the company's.</param>
public sealed record OfferView(
    OfferMode Mode, bool Offered, OfferPriceView? Price, bool QuotedAfterInspection, DateTimeOffset? From, DateTimeOffset? Until, string? Where, string? Clause, string? Programme, LoanerOffer? Loaner, NotOfferedView? NotOffered,
    string TimeZone)
{
    public static OfferView Of(Offer o, WallClock clock) => new(
        o.Mode, o.NotOffered is null, o.Price is { } price ? OfferPriceView.Of(price) : null, o.Open, o.From, o.Until, o.Where, o.Clause, o.Programme,
        o.Loaner, o.NotOffered is { } no ? new NotOfferedView(no.Code, no.Facts.Where(f => f.Value.Length > 0).DistinctBy(f => f.Name).ToDictionary(f => f.Name, f => f.Value)) : null,
        clock.Name);
}

/// <param name="Zone">The territory of the place, or the nearest.</param>
/// <param name="Warnings">What of the request was taken and may still not be meant.</param>
/// <param name="Cheapest">Of those that leave the customer with this device or one as good.</param>
public sealed record OfferComparisonView(
    string Currency, string PriceVersion, string Zone, IReadOnlyList<OfferView> Offers, OfferMode? Cheapest, OfferMode? Soonest,
    EntitlementDecision? Entitlement, IReadOnlyList<WarningView>? Warnings = null);
