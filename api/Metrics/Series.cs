using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Dispatch.Api.Metrics;

/// <summary>One instrument with one set of labels.</summary>
internal sealed class Series(string labels)
{
    /// <summary>Upper bounds of buckets, in the instrument's unit; for seconds from 1 ms to 10 s.</summary>
    public static readonly double[] Bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly Lock _gate = new();
    private readonly long[] _buckets = new long[Bounds.Length];
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
            for (int i = 0; i < Bounds.Length; i++)
                if (value <= Bounds[i])
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
            for (int i = 0; i < Bounds.Length; i++)
                Line(text, name + "_bucket", With(labels, Bounds[i].ToString(CultureInfo.InvariantCulture)), _buckets[i]);
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

    private static string With(string labels, string bound) => labels.Length == 0 ? $"le=\"{bound}\"" : $"{labels},le=\"{bound}\"";

    private static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }
}
