using System.Globalization;

namespace Dispatch.Bench.Dynamic;

/// <summary>When each request of an instance becomes known, in the benchmark's text format: a count line, then lines of request and time; −1 is known before the day.</summary>
public static class ReleaseTimes
{
    /// <returns>Time units per row number; requests that are not named are known before the day.</returns>
    /// <exception cref="FormatException">There is no line that begins with ID and RD.</exception>
    public static IReadOnlyDictionary<int, double> Parse(string text)
    {
        string[][] lines = [.. text.Split('\n').Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))];
        int header = Array.FindIndex(lines, cells => cells is ["ID", "RD"]);
        if (header < 0)
            throw new FormatException("Release times: no line with ID and RD.");

        return lines.Skip(header + 1)
            .Where(cells => cells.Length == 2)
            .ToDictionary(cells => int.Parse(cells[0], CultureInfo.InvariantCulture), cells => double.Parse(cells[1], CultureInfo.InvariantCulture));
    }
}
