using Dispatch.Api.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.Health;

public sealed record HealthView(string Status);

internal static class HealthRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder health = routes.MapGroup("/health").WithTags("Health");
        health.MapGet("/live", Live).WithSummary("The process runs");
        health.MapGet("/ready", Ready).Refuses(503).WithSummary("Storage takes writes, and grains are within reach");
    }

    private static Ok<HealthView> Live() => TypedResults.Ok(new HealthView("live"));

    private static async Task<Results<Ok<HealthView>, Refused>> Ready(StorageProbe probe, IClusterHealth cluster, CancellationToken cancellation) =>
        (cluster.NotReady ?? await probe.Ask(cancellation)) is { } reason ? EdgeRefusals.Unavailable(reason) : TypedResults.Ok(new HealthView("ready"));
}
