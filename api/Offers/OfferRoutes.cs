using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.Offers;

internal static class OfferRoutes
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/offers", Compare).WithTags("Offers").RequireAccess(Act.AskWhatIsOwed).Refuses(400, 401, 403, 404, 413, 415, 422)
            .WithSummary("Every mode by price and promise, or why it is not offered");

    private static async Task<Results<Ok<OfferComparisonView>, Refused>> Compare(Posted<CompareOffersRequest> posted, OfferComparer comparer, CancellationToken cancellation)
    {
        if (posted.Value.ToTariff() is not null && posted.Caller.May(Act.StateTerms) is { } forbidden)
            return forbidden;
        (Compared? compared, Refused? refused) = await comparer.Compare(posted.Caller, posted.Value, BookingWish.None, cancellation);
        return refused is null ? TypedResults.Ok(compared!.View with { Warnings = WarningView.AllOf(posted.Warnings) }) : refused;
    }
}
