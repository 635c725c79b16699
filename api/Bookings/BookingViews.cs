using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Api.Offers;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Offers;

namespace Dispatch.Api.Bookings;

/// <summary>What house and customer agreed on when the job was booked.</summary>
/// <param name="QuotedAfterInspection">The price is for looking only.</param>
/// <param name="From">When it begins: the arrival, the slot, the collection.</param>
/// <param name="Until">When the customer has a working device at the latest.</param>
/// <param name="Clause">What makes it free.</param>
/// <param name="Programme">Which programme sets the fee of the visit.</param>
/// <param name="Segment">Whose prices hold.</param>
/// <param name="Contract">By which contract.</param>
public sealed record TermsView(
    ServiceMode Mode, OfferPriceView Price, string Currency, string PriceVersion, bool QuotedAfterInspection, DateTimeOffset From, DateTimeOffset Until, string? Clause, string? Programme, LoanerOffer? Loaner,
    string Segment, string? Contract)
{
    public static TermsView Of(AgreedTerms t) => new(
        t.Mode, OfferPriceView.Of(t.Price), t.Currency, t.PriceVersion, t.QuotedAfterInspection, t.From, t.Until, t.Clause, t.Grant?.Programme.Code, t.Loaner, t.Tariff.Segment, t.Tariff.Contract);
}

/// <summary>What was kept for the job before the answer.</summary>
/// <param name="TechnicianId">Of a visit; for staff only.</param>
/// <param name="Arrival">Of a visit: when to expect the technician.</param>
/// <param name="Day">Of everything else: a working day at the point.</param>
/// <param name="Bench">The kind of bench, where a place on one is kept.</param>
/// <param name="Parts">Parts, or the unit that will be given.</param>
public sealed record ReservedView(string? TechnicianId, WindowView? Arrival, string? PointId, DateOnly? Day, string? Bench, IReadOnlyList<PartView> Parts)
{
    public static ReservedView Of(Reservation r, bool toStaff) => new(
        toStaff ? r.Technician?.Value : null, r.Visit is { } visit ? WindowView.Of(ArrivalPromise.Of(visit)) : null, r.Point?.Value, r.Day, r.Bench, [.. r.Parts.Select(PartView.Of)]);
}

/// <summary>A booked job. Made of nothing but what was recorded, so that a repetition reads the same.</summary>
/// <param name="Warnings">What of the request was taken and may still not be meant.</param>
public sealed record BookedView(JobReplyView Job, TermsView Terms, ReservedView Reserved, IReadOnlyList<WarningView>? Warnings = null);
