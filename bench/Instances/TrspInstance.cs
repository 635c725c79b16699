using System.Globalization;
using System.Text.RegularExpressions;

namespace Dispatch.Bench.Instances;

/// <summary>One row of a technician routing instance: the depot, a technician's home or a request.</summary>
/// <param name="Id">Row number: 0 the depot, then the technicians, then the requests.</param>
/// <param name="Opens">Window of a request, shift of a technician.</param>
/// <param name="Closes">Its end.</param>
public sealed record TrspRow(
    int Id, double X, double Y, double Opens, double Closes, double Service, int[] Skills, int[] Tools, int[] Parts);

/// <summary>
/// A technician routing and scheduling instance in the text format of Pillac's benchmark: an INFO block with the crew size and the number of skills,
/// tools and part kinds, then one line per row.
/// </summary>
public sealed partial record TrspInstance(string Name, int Crew, int Skills, int Tools, int Parts, IReadOnlyList<TrspRow> Rows)
{
    public int Requests => Rows.Count - Crew - 1;

    /// <exception cref="FormatException">The text is not of this format; says what is missing.</exception>
    public static TrspInstance Parse(string name, string text)
    {
        var info = Info().Match(text);
        if (!info.Success)
        {
            throw new FormatException($"{name}: no crew line below SPARE PARTS.");
        }

        var counts = Enumerable.Range(1, 4).Select(i => int.Parse(info.Groups[i].Value, CultureInfo.InvariantCulture)).ToArray();
        var rows = Row().Matches(text).Select(ReadRow).OrderBy(row => row.Id).ToArray();
        if (rows.Length <= counts[0] || rows.Where((row, i) => row.Id != i).Any())
        {
            throw new FormatException($"{name}: rows are not numbered from 0 through depot, {counts[0]} technicians and requests.");
        }

        return new TrspInstance(name, counts[0], counts[1], counts[2], counts[3], rows);
    }

    private static TrspRow ReadRow(Match match)
    {
        var number = Enumerable.Range(2, 5).Select(i => double.Parse(match.Groups[i].Value, CultureInfo.InvariantCulture)).ToArray();
        var lists = Enumerable.Range(7, 3).Select(i => ReadList(match.Groups[i].Value)).ToArray();
        return new TrspRow(
            int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture),
            number[0], number[1], number[2], number[3], number[4], lists[0], lists[1], lists[2]);
    }

    private static int[] ReadList(string list) =>
        [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(item => int.Parse(item, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"SPARE PARTS\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)")]
    private static partial Regex Info();

    [GeneratedRegex(@"^[ \t]*(\d+)[ \t]+(\S+)[ \t]+(\S+)[ \t]+(\S+)[ \t]+(\S+)[ \t]+(\S+)[ \t]+\[([^\]]*)\][ \t]+\[([^\]]*)\][ \t]+\[([^\]]*)\]", RegexOptions.Multiline)]
    private static partial Regex Row();
}
