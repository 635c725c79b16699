using System.Text.Json;
using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Api.Reading;
using Dispatch.Domain.Entitlement.Exchange;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.Devices;

/// <summary>Exchanges under way, by the desk they wait at: what a seller, a front desk or a dispatcher has to do next.</summary>
internal static class ExchangeRoutes
{
    private const string Kind = "device";
    private const int UsualLimit = 100;
    private static readonly string Sellers = JsonNamingPolicy.CamelCase.ConvertName(nameof(ExchangeDesk.Seller));

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/exchanges", List).WithTags("Devices").RequireAccess(Act.ReadExchanges).Refuses(400, 401, 403, 503).WithListParameters("after", "limit")
            .WithSummary("Refunds and exchanges that wait at a desk");

    /// <summary>A seller's desk is the only one a seller sees; the others see all, or the one they name.</summary>
    private static async Task<Results<Ok<WaitingExchangeListView>, Refused>> List(string? desk, ListQuery query, Caller caller, ViewReader views, CancellationToken cancellation)
    {
        Check check = new();
        if (desk is not null)
            check.Word<ExchangeDesk>(desk, "desk");
        if (!check.IsClean)
            return EdgeRefusals.Invalid(check.Faults);
        if (caller.Role == Role.Seller && (desk ??= Sellers) != Sellers)
            return EdgeRefusals.Forbidden();
        int limit = query.LimitOr(UsualLimit);
        List<StoredView> rows = await views.List(caller.Tenant, Kind, new ViewFilter(OpenOnly: true, Statuses: desk is null ? null : [desk]), query.After, limit + 1, cancellation);
        return TypedResults.Ok(new WaitingExchangeListView(
            [.. rows.Take(limit).Select(r => WaitingExchangeView.Of(r.ToDevice()))], rows.Count > limit ? PageCursor.Of(rows[limit - 1]).ToString() : null));
    }
}
