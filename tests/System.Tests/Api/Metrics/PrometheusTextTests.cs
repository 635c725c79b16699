using System.Diagnostics.Metrics;
using Dispatch.Api.Metrics;

namespace Dispatch.SystemTests.Api.Metrics;

public sealed class PrometheusTextTests : IDisposable
{
    private readonly PrometheusText _text = new();
    private readonly Meter _meter = new("Dispatch.Tests." + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        _meter.Dispose();
        _text.Dispose();
    }

    [Fact]
    public void Counter_AddsUpPerLabels()
    {
        Counter<long> counter = _meter.CreateCounter<long>("dispatch.test_counter", description: "Things");
        counter.Add(2, new KeyValuePair<string, object?>("kind", "a\"b"));
        counter.Add(3, new KeyValuePair<string, object?>("kind", "a\"b"));
        string text = _text.Write();
        Assert.Contains("# HELP dispatch_test_counter_total Things\n# TYPE dispatch_test_counter_total counter\n", text, StringComparison.Ordinal);
        Assert.Contains("dispatch_test_counter_total{kind=\"a\\\"b\"} 5\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Histogram_CountsIntoEveryBucketFromItsValueOn()
    {
        Histogram<double> histogram = _meter.CreateHistogram<double>("dispatch.test_wait", "s");
        histogram.Record(0.2);
        histogram.Record(20);
        string text = _text.Write();
        Assert.Contains("dispatch_test_wait_seconds_bucket{le=\"0.1\"} 0\n", text, StringComparison.Ordinal);
        Assert.Contains("dispatch_test_wait_seconds_bucket{le=\"0.25\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("dispatch_test_wait_seconds_bucket{le=\"+Inf\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("dispatch_test_wait_seconds_sum 20.2\n", text, StringComparison.Ordinal);
        Assert.Contains("dispatch_test_wait_seconds_count 2\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ObservableGauge_TellsItsNewestValue()
    {
        int value = 3;
        _meter.CreateObservableGauge("dispatch.test_depth", () => value);
        _text.Write();
        value = 4;
        Assert.Contains("dispatch_test_depth 4\n", _text.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void EndlessLabels_StopGrowing()
    {
        Counter<long> counter = _meter.CreateCounter<long>("dispatch.test_endless");
        for (int i = 0; i < 5_000; i++)
            counter.Add(1, new KeyValuePair<string, object?>("id", i));
        Assert.InRange(_text.Write().Split('\n').Count(line => line.StartsWith("dispatch_test_endless_total{", StringComparison.Ordinal)), 1, 500);
    }
}
