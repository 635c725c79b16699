using System.Globalization;

namespace Dispatch.Sim.Replay.Instances;

/// <summary>The movable part of the best published solution: its duration without the service times.</summary>
public static class BestKnown
{
    public const string FileName = "best-known.csv";

    /// <summary>Looks beside the instance, then in the folder above it. Null where no table names the instance.</summary>
    public static double? FindMovable(string instancePath)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(instancePath)) ?? ".";
        foreach (string place in new[] { folder, Path.Combine(folder, "..") })
        {
            string table = Path.Combine(place, FileName);
            if (File.Exists(table) && FindMovable(File.ReadLines(table), Path.GetFileNameWithoutExtension(instancePath)) is { } found)
                return found;
        }
        return null;
    }

    /// <summary>The column <c>best_movable</c> of the row of that instance.</summary>
    public static double? FindMovable(IEnumerable<string> lines, string instance)
    {
        int column = -1;
        foreach (string line in lines)
        {
            string[] cells = line.Split(',');
            if (column < 0)
                column = Array.IndexOf(cells, "best_movable");
            else if (cells.Length > column && string.Equals(cells[0], instance, StringComparison.OrdinalIgnoreCase))
                return double.Parse(cells[column], NumberStyles.Float, CultureInfo.InvariantCulture);
            if (column < 0)
                return null;
        }
        return null;
    }
}
