using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Dispatch.Sim.Replay.Instances;

namespace Dispatch.Sim.Replay.Exports;

/// <summary>A request that nobody came for, with what the server gives as reasons: code and how many technicians it stopped.</summary>
public sealed record NotServed(int Node, string? JobId, ImmutableArray<(string Code, int Count)> Reasons);

/// <summary>A played day, ready to be judged and written.</summary>
/// <param name="Technicians">One list per technician, in the instance's order.</param>
/// <param name="Releases">When each request became known; empty for a static day.</param>
public sealed record PlayedDay(
    TrspInstance Instance, ImmutableSortedDictionary<int, double> Releases, bool IsDynamic,
    ImmutableArray<ImmutableArray<DrivenStop>> Technicians, ImmutableArray<NotServed> NotServed)
{
    public ImmutableArray<ImmutableArray<int>> Routes => [.. Technicians.Select(t => t.Select(s => s.Node).ToImmutableArray())];

    public int Served => Technicians.Sum(t => t.Count(s => s.Node != 0));
}

/// <summary>
/// Writes a played day in the two forms of the benchmark's checker: routes (<c>trsp</c>), which must serve everything, and the day as it happened
/// (<c>trsp-dynamic</c>), which need not.
/// </summary>
public static class DayExport
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>
    /// A static day writes its routes to <paramref name="path"/>, and beside it NAME.dynamic.json with NAME.releases.txt, in which every request is known beforehand, so that what
    /// was driven can be judged even where something stayed unserved. A dynamic day writes the day as it happened to <paramref name="path"/>.
    /// </summary>
    /// <returns>The files written.</returns>
    public static IReadOnlyList<string> Write(PlayedDay day, string path)
    {
        if (day.IsDynamic)
        {
            File.WriteAllText(path, DayJson(day));
            return [path];
        }
        string asDay = Path.ChangeExtension(path, ".dynamic.json"), releases = Path.ChangeExtension(path, ".releases.txt");
        File.WriteAllText(path, RoutesJson(day));
        File.WriteAllText(asDay, DayJson(day));
        File.WriteAllText(releases, ReleasesText(day.Instance));
        return [path, asDay, releases];
    }

    public static string RoutesJson(PlayedDay day) => Json(w =>
    {
        w.WriteString("instance", day.Instance.Name);
        w.WriteStartArray("routes");
        foreach (ImmutableArray<int> route in day.Routes)
        {
            w.WriteStartArray();
            foreach (int node in route)
                w.WriteNumberValue(node);
            w.WriteEndArray();
        }
        w.WriteEndArray();
        w.WriteNumber("cost", RouteCost.OfRoutes(day.Instance, [.. day.Routes]).Total);
        w.WriteNumber("served", day.Served);
        WriteNotServed(w, day, "not_served");
    });

    public static string DayJson(PlayedDay day) => Json(w =>
    {
        w.WriteString("instance", day.Instance.Name);
        w.WriteStartArray("stops");
        foreach (ImmutableArray<DrivenStop> stops in day.Technicians)
        {
            w.WriteStartArray();
            foreach (DrivenStop s in stops)
            {
                w.WriteStartObject();
                w.WriteNumber("node", s.Node);
                // The benchmark's day begins at 0: what was known and decided the evening before counts as decided then.
                w.WriteNumber("decided", Math.Max(0, s.Decided.Units));
                w.WriteNumber("depart", s.Depart.Units);
                w.WriteNumber("start", s.Start.Units);
                w.WriteEndObject();
            }
            w.WriteEndArray();
        }
        w.WriteEndArray();
        w.WriteStartArray("not_served");
        foreach (NotServed n in day.NotServed)
            w.WriteNumberValue(n.Node);
        w.WriteEndArray();
        w.WriteNumber("cost", RouteCost.OfDay(day.Instance, [.. day.Technicians]).Total);
        w.WriteNumber("served", day.Served);
        WriteNotServed(w, day, "reasons");
    });

    /// <summary>Every request known beforehand, in the form of the benchmark's release files.</summary>
    public static string ReleasesText(TrspInstance instance)
    {
        StringBuilder text = new("# every request is known before the day begins\nID    RD\n");
        foreach (TrspNode request in instance.Requests)
            text.Append(CultureInfo.InvariantCulture, $"{request.Number}    -1\n");
        return text.ToString();
    }

    private static void WriteNotServed(Utf8JsonWriter w, PlayedDay day, string name)
    {
        w.WriteStartArray(name);
        foreach (NotServed n in day.NotServed)
        {
            w.WriteStartObject();
            w.WriteNumber("node", n.Node);
            w.WriteString("jobId", n.JobId);
            w.WriteStartArray("reasons");
            foreach ((string code, int count) in n.Reasons)
            {
                w.WriteStartObject();
                w.WriteString("code", code);
                w.WriteNumber("count", count);
                w.WriteEndObject();
            }
            w.WriteEndArray();
            w.WriteEndObject();
        }
        w.WriteEndArray();
    }

    private static string Json(Action<Utf8JsonWriter> body)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer, Indented))
        {
            writer.WriteStartObject();
            body(writer);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }
}
