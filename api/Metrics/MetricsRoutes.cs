using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dispatch.Api.Metrics;

internal static class MetricsRoutes
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", Read).ExcludeFromDescription();

    private static ContentHttpResult Read(PrometheusText metrics) => TypedResults.Text(metrics.Write(), "text/plain; version=0.0.4; charset=utf-8");
}
