using System.Collections.Immutable;
using Dispatch.Instances;

namespace Dispatch.Sim.Replay.Instances;

/// <summary>
/// Reads technician routing instances and the release times that belong to them, in the same way as the benchmarks do, for a day that is
/// played.
/// </summary>
public static class TrspFile
{
    /// <param name="path">Names the instance and the file; nothing is read from it.</param>
    /// <exception cref="InstanceFileException">It is none; the message says where.</exception>
    public static TrspInstance Parse(string path, string text)
    {
        Dispatch.Instances.TrspInstance file = Dispatch.Instances.TrspInstance.Parse(path, text);
        ImmutableArray<TrspNode> nodes = [.. file.Rows.Select(NodeOf)];
        return new TrspInstance(file.Name, file.Parts, nodes[0], nodes[1..(file.Crew + 1)], nodes[(file.Crew + 1)..]);
    }

    /// <summary>Release time by request; requests not named are known beforehand.</summary>
    /// <exception cref="InstanceFileException">It is no such file, or not that instance's.</exception>
    public static ImmutableSortedDictionary<int, double> ParseReleases(string path, string text, TrspInstance instance) =>
        ReleaseTimes.Parse(path, text, instance.Requests[0].Number, instance.Requests[^1].Number).ToImmutableSortedDictionary();

    private static TrspNode NodeOf(TrspRow row) =>
        new(
            row.Id,
            new PlanePoint(row.X, row.Y),
            new DayTime(row.Opens),
            new DayTime(row.Closes),
            row.Service,
            [.. row.Skills],
            [.. row.Tools],
            [.. row.Parts]
        );
}
