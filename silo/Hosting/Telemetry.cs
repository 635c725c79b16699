using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using Microsoft.AspNetCore.Routing;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Dispatch.Silo.Hosting;

/// <summary>
/// What a process tells of itself: metrics at <c>/metrics</c> for Prometheus, always; and metrics, traces and logs over OTLP where the
/// standard variable <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector. Traces cross grain calls. Nothing of it may show a tracking
/// token, which is part of a path.
/// </summary>
internal static class Telemetry
{
    public const string MetricsPath = "/metrics";

    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Meters =
    [
        "Dispatch.*", "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Http.Connections", "Npgsql",
    ];

    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly double[] Counts = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];

    public static void Add(WebApplicationBuilder builder, DispatchOptions options)
    {
        OpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, options.Cluster))
            .WithMetrics(metrics => metrics
                .AddMeter(Meters)
                .AddRuntimeInstrumentation()
                .AddProcessInstrumentation()
                .AddView(BoundsOf)
                // What is read is what is so now, however soon it is read again.
                .AddPrometheusExporter(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0));
        if (string.IsNullOrEmpty(builder.Configuration[Endpoint]))
            return;
        telemetry.WithTracing(tracing => Trace(tracing)).WithLogging().UseOtlpExporter();
    }

    public static void Map(WebApplication app) => app.MapPrometheusScrapingEndpoint(MetricsPath).ExcludeFromDescription();

    /// <summary>What is traced, without where it goes.</summary>
    internal static TracerProviderBuilder Trace(TracerProviderBuilder tracing) => tracing
        .AddSource("Microsoft.Orleans.*", "Npgsql")
        .AddAspNetCoreInstrumentation(http =>
        {
            // Asked every few seconds by machines.
            http.Filter = context => context.Request.Path != MetricsPath && !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal);
            http.EnrichWithHttpResponse = (activity, response) => Hide(activity, response.HttpContext);
            http.EnrichWithException = (activity, _) => activity.SetTag("url.path", null);
        })
        .AddHttpClientInstrumentation(http => http.EnrichWithHttpRequestMessage = (activity, request) =>
            activity.SetTag("url.full", request.RequestUri?.GetLeftPart(UriPartial.Authority)));

    /// <summary>The pattern and not the path.</summary>
    private static void Hide(Activity activity, HttpContext context) =>
        activity.SetTag("url.path", (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);

    private static void Describe(ResourceBuilder resource, ClusterOptions cluster) => resource
        .AddService(
            "dispatch", serviceVersion: Assembly.GetExecutingAssembly().GetName().Version?.ToString(),
            serviceInstanceId: $"{Environment.MachineName}:{Environment.ProcessId}")
        .AddAttributes(
        [
            new("dispatch.role", cluster.Role), new("orleans.cluster.id", cluster.ClusterId), new("orleans.service.id", cluster.ServiceId),
        ]);

    /// <summary>Our own histograms say nothing of their bounds.</summary>
    private static MetricStreamConfiguration? BoundsOf(Instrument instrument) =>
        instrument.Meter.Name.StartsWith("Dispatch.", StringComparison.Ordinal) && instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal)
            ? new ExplicitBucketHistogramConfiguration { Boundaries = instrument.Unit == "s" ? Seconds : Counts }
            : null;
}
