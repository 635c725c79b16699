using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Dispatch.Sim.Replay.Instances;

/// <summary>The file is not a TRSP instance or release file; the message says where.</summary>
public sealed class InstanceFormatException(string message) : Exception(message);

/// <summary>
/// Reads TRSP instances (a header with crew and kinds, then one row per node: number, x, y, window, service, skills, tools, parts) and the release files that
/// belong to them (number and time per request, −1 for known beforehand).
/// </summary>
public static partial class TrspParser
{
    public static TrspInstance Parse(string name, string text)
    {
        Match header = Header().Match(text);
        if (!header.Success)
            throw new InstanceFormatException($"{name}: no header with CREW COUNT, SKILLS, TOOLS and SPARE PARTS.");
        int crew = Int(header.Groups[1].Value), parts = Int(header.Groups[4].Value);
        List<TrspNode> nodes = [.. Row().Matches(text).Select(m => NodeOf(name, m, parts))];
        for (int i = 0; i < nodes.Count; i++)
            if (nodes[i].Number != i)
                throw new InstanceFormatException($"{name}: node {nodes[i].Number} stands where {i} should.");
        if (crew < 1 || nodes.Count <= crew + 1)
            throw new InstanceFormatException($"{name}: {nodes.Count} rows are too few for a depot, {crew} technicians and a request.");
        return new TrspInstance(name, parts, nodes[0], [.. nodes[1..(crew + 1)]], [.. nodes[(crew + 1)..]]);
    }

    /// <summary>Release time by request; requests not named are known beforehand.</summary>
    public static ImmutableSortedDictionary<int, double> ParseReleases(string name, string text, TrspInstance instance)
    {
        int start = text.IndexOf("RD", StringComparison.Ordinal);
        if (start < 0)
            throw new InstanceFormatException($"{name}: no column RD.");
        ImmutableSortedDictionary<int, double>.Builder releases = ImmutableSortedDictionary.CreateBuilder<int, double>();
        foreach (Match m in Release().Matches(text[start..]))
        {
            int node = Int(m.Groups[1].Value);
            if (!instance.IsRequest(node))
                throw new InstanceFormatException($"{name}: {node} is not a request of {instance.Name}.");
            releases[node] = Number(m.Groups[2].Value);
        }
        return releases.ToImmutable();
    }

    private static TrspNode NodeOf(string name, Match row, int partKinds)
    {
        ImmutableArray<int> parts = List(row.Groups[9].Value);
        if (!parts.IsEmpty && parts.Length != partKinds)
            throw new InstanceFormatException($"{name}: node {row.Groups[1].Value} has {parts.Length} kinds of parts, the header says {partKinds}.");
        return new TrspNode(
            Int(row.Groups[1].Value), new PlanePoint(Number(row.Groups[2].Value), Number(row.Groups[3].Value)),
            new DayTime(Number(row.Groups[4].Value)), new DayTime(Number(row.Groups[5].Value)), Number(row.Groups[6].Value),
            List(row.Groups[7].Value), List(row.Groups[8].Value), parts);
    }

    private static ImmutableArray<int> List(string text) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Int)];

    private static int Int(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"SPARE PARTS\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)")]
    private static partial Regex Header();

    [GeneratedRegex(@"^[ \t]*(\d+)[ \t]+(\S+)[ \t]+(\S+)[ \t]+(\S+)[ \t]+(\S+)[ \t]+(\S+)[ \t]+\[([\d, \t]*)\][ \t]+\[([\d, \t]*)\][ \t]+\[([\d, \t]*)\]", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^[ \t]*(\d+)[ \t]+(-?[\d.]+)[ \t]*\r?$", RegexOptions.Multiline)]
    private static partial Regex Release();
}
