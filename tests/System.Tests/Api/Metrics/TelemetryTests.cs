using System.Collections.Concurrent;
using System.Diagnostics;
using Dispatch.Silo.Hosting;
using Dispatch.SystemTests.Api.Support;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Dispatch.SystemTests.Api.Metrics;

public sealed class TelemetryTests(City city) : IClassFixture<City>
{
    /// <summary>Dashboards and alerts name them.</summary>
    private static readonly string[] Kept =
    [
        "dispatch_refusals_total counter", "dispatch_sign_ins_total counter", "dispatch_storage_batch_size histogram", "dispatch_storage_commit_milliseconds histogram",
        "dispatch_storage_commits_total counter", "dotnet_assembly_count gauge", "dotnet_gc_collections_total counter", "dotnet_gc_heap_total_allocated_bytes_total counter",
        "dotnet_gc_last_collection_heap_fragmentation_size_bytes gauge", "dotnet_gc_last_collection_heap_size_bytes gauge",
        "dotnet_gc_last_collection_memory_committed_size_bytes gauge", "dotnet_gc_pause_time_seconds_total counter", "dotnet_jit_compilation_time_seconds_total counter",
        "dotnet_jit_compiled_il_size_bytes_total counter", "dotnet_jit_compiled_methods_total counter", "dotnet_monitor_lock_contentions_total counter",
        "dotnet_process_cpu_count gauge", "dotnet_process_cpu_time_seconds_total counter", "dotnet_process_memory_working_set_bytes gauge",
        "dotnet_thread_pool_queue_length_total counter", "dotnet_thread_pool_thread_count_total counter", "dotnet_thread_pool_work_item_count_total counter",
        "dotnet_timer_count gauge", "http_server_active_requests gauge", "http_server_request_duration_seconds histogram", "kestrel_active_connections gauge",
        "kestrel_connection_duration_seconds histogram", "kestrel_queued_connections gauge",
    ];

    [Fact]
    public async Task Metrics_KeepTheNamesOfTheirSeries_AndTellOfOrleans()
    {
        Assert.Equal(404, (await city.Server.Get("/v1/nothing")).Status);
        // What the last collection left is told after the first one only, and how long connections last after the first that closed.
        GC.Collect();
        using (HttpClient passing = new() { BaseAddress = city.Server.Address })
            await passing.GetStringAsync("/health/live", TestContext.Current.CancellationToken);
        string text = "";
        await DispatchServer.Until("a connection has closed", async () =>
            (text = (await city.Server.Get("/metrics")).Text).Contains("kestrel_connection_duration", StringComparison.Ordinal));
        Assert.All(Kept, series => Assert.Contains($"# TYPE {series}\n", text, StringComparison.Ordinal));
        Assert.Contains("# TYPE orleans_", text, StringComparison.Ordinal);
        Assert.Matches("dispatch_storage_commit_milliseconds_bucket{[^}]*le=\"50\"}", text);
    }

    [Fact]
    public async Task Traces_FollowARequestIntoGrains_AndShowNoTrackingLink()
    {
        const string Secret = "tr_this-is-the-secret-of-a-link";
        Collector spans = new();
        using (TracerProvider provider = Telemetry.Trace(Sdk.CreateTracerProviderBuilder()).AddProcessor(spans).Build())
        {
            await city.Server.Get($"/v1/track/{Secret}");
            await city.Server.Get($"/track/{Secret}?access_token={Secret}");
            Assert.Equal(201, (await city.Server.Post("/v1/jobs", City.JobBody(), city.Dispatcher, "traced")).Status);
        }
        Assert.Contains(spans.Ended, s => s.DisplayName.Contains("/v1/track/{", StringComparison.Ordinal));
        Assert.Contains(spans.Ended, s => s.Source.Name.StartsWith("Microsoft.Orleans.", StringComparison.Ordinal));
        Assert.All(spans.Ended, s => Assert.All(s.TagObjects, tag => Assert.DoesNotContain(Secret, tag.Value?.ToString() ?? "", StringComparison.Ordinal)));
        Assert.All(spans.Ended, s => Assert.DoesNotContain(Secret, s.DisplayName, StringComparison.Ordinal));
    }

    private sealed class Collector : BaseProcessor<Activity>
    {
        public ConcurrentQueue<Activity> Ended { get; } = new();

        public override void OnEnd(Activity data) => Ended.Enqueue(data);
    }
}
