using Dispatch.Api.Access;
using Dispatch.Domain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.Clock;

/// <summary>Business time and how it runs.</summary>
/// <param name="Speed">Seconds of business time per second of process time.</param>
/// <param name="Travel"><c>road</c> or <c>planar</c>; the rest only for the latter.</param>
public sealed record ClockView(DateTimeOffset Now, double Speed, string Travel, PlaceView? Origin, double? MetresPerSecond);

internal static class ClockRoutes
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/clock", Read).WithTags("Clock").RequireAccess(Act.ReadCatalogue).WithSummary("The server's time; it may run faster in demo and replay");

    private static Ok<ClockView> Read(BusinessClock clock, ITravelInfo travel) =>
        TypedResults.Ok(new ClockView(clock.GetUtcNow(), clock.Speed, travel.Kind, travel.Origin is { } origin ? PlaceView.Of(origin) : null, travel.MetresPerSecond));
}
