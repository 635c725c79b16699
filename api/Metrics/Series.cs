using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Dispatch.Api.Metrics;

/// <summary>One instrument with one set of labels.</summary>
internal sealed class Series(string labels, double[] bounds)
{
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly double[] Counts = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];

    private readonly Lock _gate = new();
    private readonly long[] _buckets = new long[bounds.Length];
    private double _sum;
    private long _count;

    public void Add(double value)
    {
        lock (_gate)
            _sum += value;
    }

    public void Set(double value)
    {
        lock (_gate)
            _sum = value;
    }

    public void Observe(double value)
    {
        lock (_gate)
        {
            _sum += value;
            _count++;
            for (int i = 0; i < bounds.Length; i++)
                if (value <= bounds[i])
                    _buckets[i]++;
        }
    }

    public void Write(StringBuilder text, string name, Kind kind)
    {
        lock (_gate)
        {
            if (kind != Kind.Histogram)
            {
                Line(text, name, labels, _sum);
                return;
            }
            for (int i = 0; i < bounds.Length; i++)
                Line(text, name + "_bucket", With(labels, bounds[i].ToString(CultureInfo.InvariantCulture)), _buckets[i]);
            Line(text, name + "_bucket", With(labels, "+Inf"), _count);
            Line(text, name + "_sum", labels, _sum);
            Line(text, name + "_count", labels, _count);
        }
    }

    /// <summary>How an instrument is spelled.</summary>
    public enum Kind { Counter, Gauge, Histogram }

    public static Kind KindOf(Instrument instrument)
    {
        string type = instrument.GetType().Name;
        return type.StartsWith("Histogram", StringComparison.Ordinal) ? Kind.Histogram
            : type.Contains("UpDown", StringComparison.Ordinal) || type.Contains("Gauge", StringComparison.Ordinal) ? Kind.Gauge
            : Kind.Counter;
    }

    /// <summary>Upper bounds of a histogram's buckets, in its unit.</summary>
    public static double[] BoundsOf(Instrument instrument) => instrument.Unit == "s" ? Seconds : Counts;

    private static string With(string labels, string bound) => labels.Length == 0 ? $"le=\"{bound}\"" : $"{labels},le=\"{bound}\"";

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }
}
