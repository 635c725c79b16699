using System.Globalization;

namespace Dispatch.Bench.Routing;

/// <summary>Best known results: <c>best-known.csv</c> beside the instance, a header line, the instance's name first.</summary>
public static class BestKnown
{
    /// <summary>The figure for the adapter's instance, or null where the table, the column or the row is missing.</summary>
    public static double? Find(string instancePath, InstanceAdapter adapter)
    {
        var table = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(instancePath))!, "best-known.csv");
        if (!File.Exists(table))
        {
            return null;
        }

        var lines = File.ReadAllLines(table);
        var column = Array.IndexOf(lines[0].Split(','), adapter.BestColumn);
        var row = lines.Skip(1).Select(line => line.Split(',')).FirstOrDefault(cells => cells[0] == adapter.Name);
        return column < 0 || row is null ? null : double.Parse(row[column], CultureInfo.InvariantCulture);
    }
}
