namespace Dispatch.Instances;

/// <summary>
/// Best known results: <c>best-known.csv</c> beside an instance or in the folder above it, with a line of column names and the instance's
/// name first in each row.
/// </summary>
public static class BestKnown
{
    public const string FileName = "best-known.csv";

    /// <summary>The figure of an instance, or null where no table has the column and names the instance.</summary>
    /// <param name="instancePath">Its file, whose name without extension is the instance's.</param>
    /// <param name="column">For example <c>best_movable</c>.</param>
    /// <exception cref="InstanceFileException">The row has no figure above 0 in that column.</exception>
    public static double? Find(string instancePath, string column)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(instancePath)) ?? ".";
        return new[] { folder, Path.Combine(folder, "..") }
            .Select(place => Path.Combine(place, FileName))
            .Where(File.Exists)
            .Select(table => Find(File.ReadAllText(table), Path.GetFileNameWithoutExtension(instancePath), column))
            .FirstOrDefault(found => found is not null);
    }

    /// <param name="table">Text of the table.</param>
    public static double? Find(string table, string instance, string column)
    {
        IReadOnlyList<FileLine> lines = FileLine.Of(FileName, table);
        int at = lines.Count == 0 ? -1 : Array.IndexOf(Cells(lines[0]), column);
        if (
            at < 0
            || lines.Skip(1).FirstOrDefault(line => string.Equals(Cells(line)[0], instance, StringComparison.OrdinalIgnoreCase))
                is not { } row
        )
            return null;
        string[] cells = Cells(row);
        if (at >= cells.Length)
            throw row.Wrong($"There is no column {column} in this row.");
        return row.Value(cells[at], column, double.MinValue, double.MaxValue) is var best and > 0
            ? best
            : throw row.Wrong($"{column} {cells[at]} is not above 0.");
    }

    private static string[] Cells(FileLine line) => line.Text.Split(',', StringSplitOptions.TrimEntries);
}
