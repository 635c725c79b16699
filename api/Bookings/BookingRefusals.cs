using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatch.Api.Offers;
using Dispatch.Api.Problems;
using Dispatch.Domain.Offers;
using Dispatch.Domain.Refusals;

namespace Dispatch.Api.Bookings;

/// <summary>Why a mode was not booked. Where another choice is open, <c>current</c> is the comparison as it is now.</summary>
internal static class BookingRefusals
{
    public static Refused ModeNotBookable(OfferMode mode) => Refused.Of(Refusal.Of("booking.mode_not_bookable", RefusalKind.Unprocessable, ("mode", Word(mode))));

    public static Refused DeviceNumberMissing(OfferMode mode) => Refused.Of(Refusal.Of("booking.device_number_missing", RefusalKind.Unprocessable, ("mode", Word(mode))));

    /// <param name="reason">The code of why.</param>
    public static Refused NotOffered(OfferMode mode, string reason, Compared now) =>
        Refused.Of(Refusal.Of("booking.not_offered", RefusalKind.Conflict, ("mode", Word(mode)), ("reason", reason)), Current(now));

    public static Refused PriceChanged(OfferMode mode, Offer offer, Compared now) => Refused.Of(
        Refusal.Of("booking.price_changed", RefusalKind.Conflict, ("mode", Word(mode)), ("total", offer.Price!.Total), ("currency", now.Comparison.Currency), ("priceVersion", now.Comparison.Version)), Current(now));

    public static Refused PromiseChanged(OfferMode mode, Offer offer, Compared now) =>
        Refused.Of(Refusal.Of("booking.promise_changed", RefusalKind.Conflict, ("mode", Word(mode)), ("until", offer.Until?.ToString("O"))), Current(now));

    private static JsonNode? Current(Compared now) => JsonSerializer.SerializeToNode(now.View, ApiJson.Options);

    private static string Word(OfferMode mode) => JsonNamingPolicy.CamelCase.ConvertName(mode.ToString());
}
