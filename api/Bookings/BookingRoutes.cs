using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.Bookings;

internal static class BookingRoutes
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/bookings", Book).WithTags("Bookings").RequireAccess(Act.RequestJob).Refuses(400, 401, 403, 404, 409, 413, 415, 422, 503)
            .WithSummary("Book a mode of the comparison; what it needs is kept before the answer");

    private static async Task<Results<Created<BookedView>, Refused>> Book(Posted<BookOfferRequest> posted, OfferBooking bookings, CancellationToken cancellation)
    {
        if (posted.Value.Question!.ToTariff() is not null && posted.Caller.May(Act.StateTerms) is { } forbidden)
            return forbidden;
        (BookedView? booked, Refused? refused) = await bookings.Book(posted, cancellation);
        return refused is null
            ? TypedResults.Created($"/v1/jobs/{booked!.Job.Id}", booked with { Warnings = WarningView.AllOf(posted.Warnings) }) : refused;
    }
}
