using Dispatch.Api.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.Catalogue;

internal static class CatalogueRoutes
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/catalogue", Read).WithTags("Catalogue").RequireAccess(Act.ReadCatalogue).WithSummary("Brands, and kinds of faults with what they usually need");

    private static Ok<CatalogueView> Read() => TypedResults.Ok(CatalogueData.Shared.View);
}
