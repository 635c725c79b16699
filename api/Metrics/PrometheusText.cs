using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Dispatch.Api.Metrics;

/// <summary>
/// Listens to the process's instruments and writes them as Prometheus text. Instruments with too many different labels stop growing: a metric must not be a way
/// to fill memory.
/// </summary>
internal sealed class PrometheusText : IDisposable
{
    private const int MostSeries = 500;

    private static readonly string[] Meters =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections", "System.Runtime",
    ];

    private sealed record Family(Instrument Instrument, Series.Kind Kind)
    {
        public ConcurrentDictionary<string, Series> Series { get; } = new(StringComparer.Ordinal);
    }

    private readonly ConcurrentDictionary<string, Family> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    public PrometheusText()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("Dispatch.", StringComparison.Ordinal) || Meters.Contains(instrument.Meter.Name, StringComparer.Ordinal))
                listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(NameOf(instrument), _ => new Family(instrument, Metrics.Series.KindOf(instrument))));
        };
        _listener.SetMeasurementEventCallback<long>((_, value, labels, family) => Record((Family)family!, value, labels));
        _listener.SetMeasurementEventCallback<int>((_, value, labels, family) => Record((Family)family!, value, labels));
        _listener.SetMeasurementEventCallback<double>((_, value, labels, family) => Record((Family)family!, value, labels));
        _listener.SetMeasurementEventCallback<float>((_, value, labels, family) => Record((Family)family!, value, labels));
        _listener.Start();
    }

    public string Write()
    {
        _listener.RecordObservableInstruments();
        StringBuilder text = new();
        foreach ((string name, Family family) in _families.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            if (family.Series.IsEmpty)
                continue;
            if (family.Instrument.Description is { Length: > 0 } description)
                text.Append("# HELP ").Append(name).Append(' ').Append(description.Replace("\\", "\\\\").Replace("\n", "\\n")).Append('\n');
            text.Append("# TYPE ").Append(name).Append(' ').Append(family.Kind.ToString().ToLowerInvariant()).Append('\n');
            foreach ((_, Series series) in family.Series.OrderBy(s => s.Key, StringComparer.Ordinal))
                series.Write(text, name, family.Kind);
        }
        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>Dots become underscores, the unit a suffix, and what only rises ends in <c>_total</c>.</summary>
    internal static string NameOf(Instrument instrument)
    {
        StringBuilder name = new();
        foreach (char c in instrument.Name)
            name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        string suffix = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", "ms" => "_milliseconds", _ => "" };
        if (!name.ToString().EndsWith(suffix, StringComparison.Ordinal))
            name.Append(suffix);
        if (Metrics.Series.KindOf(instrument) == Metrics.Series.Kind.Counter && !name.ToString().EndsWith("_total", StringComparison.Ordinal))
            name.Append("_total");
        return name.ToString();
    }

    private static void Record(Family family, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        string key = Spell(labels);
        if (!family.Series.TryGetValue(key, out Series? series))
        {
            if (family.Series.Count >= MostSeries)
                return;
            series = family.Series.GetOrAdd(key, k => new Series(k, Metrics.Series.BoundsOf(family.Instrument)));
        }
        switch (family.Kind)
        {
            case Series.Kind.Histogram:
                series.Observe(value);
                break;
            // Observable instruments tell the whole, the others the change.
            case var _ when family.Instrument.IsObservable || family.Instrument.GetType().Name.StartsWith("Gauge", StringComparison.Ordinal):
                series.Set(value);
                break;
            default:
                series.Add(value);
                break;
        }
    }

    private static string Spell(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (labels.IsEmpty)
            return "";
        StringBuilder text = new();
        foreach ((string name, object? value) in labels)
        {
            if (text.Length > 0)
                text.Append(',');
            foreach (char c in name)
                text.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
            string word = Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "";
            text.Append("=\"").Append(word.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")).Append('"');
        }
        return text.ToString();
    }
}
