using System.Globalization;
using System.Text.RegularExpressions;

namespace Dispatch.Instances;

/// <summary>One row of a technician routing instance: the depot, a technician's home or a request.</summary>
/// <param name="Id">Row number: 0 the depot, then the technicians, then the requests.</param>
/// <param name="Opens">Window of a request, shift of a technician.</param>
/// <param name="Closes">Its end.</param>
public sealed record TrspRow(
    int Id, double X, double Y, double Opens, double Closes, double Service, int[] Skills, int[] Tools, int[] Parts)
{
    /// <summary>Where it stands in the file; 0 where it was not read from one.</summary>
    public int Line { get; init; }
}

/// <summary>
/// A technician routing and scheduling instance in the text format of Pillac's benchmark: an INFO block with the crew size and the number of skills,
/// tools and part kinds, then one line per row.
/// </summary>
public sealed partial record TrspInstance(string Name, int Crew, int Skills, int Tools, int Parts, IReadOnlyList<TrspRow> Rows)
{
    private const string Header = "SPARE PARTS";

    public int Requests => Rows.Count - Crew - 1;

    /// <summary>Name of the file, for what is wrong with it.</summary>
    public string File { get; init; } = Name;

    /// <param name="path">Names the instance and the file; nothing is read from it.</param>
    /// <exception cref="InstanceFileException">The text is not of this format, or a number is outside <see
    /// cref="InstanceRanges"/>.</exception>
    public static TrspInstance Parse(string path, string text)
    {
        string file = Path.GetFileName(path);
        List<FileLine> lines = [.. FileLine.Of(path, text)];
        int header = lines.FindIndex(line => line.Text.Contains(Header, StringComparison.Ordinal));
        if (header < 0)
            throw new InstanceFileException(file, 0, "There is no header with CREW COUNT, SKILLS, TOOLS and SPARE PARTS.");
        if (header + 1 >= lines.Count || lines[header + 1].Cells.Count != 4)
            throw lines[header].Wrong("The header is not followed by its four numbers.");
        FileLine counts = lines[header + 1];
        int crew = counts.Whole(counts.Cells[0], "The crew count", 1, InstanceRanges.Rows);
        int[] kinds =
        [
            .. new[] { "skills", "tools", "spare parts" }.Select(
                (what, i) => counts.Whole(counts.Cells[i + 1], $"The number of {what}", 0, InstanceRanges.Kinds)
            ),
        ];
        TrspInstance instance = new(Path.GetFileNameWithoutExtension(path), crew, kinds[0], kinds[1], kinds[2], []) { File = file };
        List<TrspRow> rows = [];
        foreach (FileLine line in lines.Skip(header + 2).SkipWhile(line => line.IsHeading))
            rows.Add(instance.ReadRow(line, rows.Count));
        if (rows.Count <= crew + 1)
            throw new InstanceFileException(file, 0, $"{rows.Count} rows are too few for a depot, {crew} technicians and a request.");
        instance = instance with { Rows = rows };
        if (header > 0)
            instance.HoldAgainst(lines[0]);
        return instance;
    }

    private TrspRow ReadRow(FileLine line, int index)
    {
        Match row = Row().Match(line.Text);
        if (!row.Success)
            throw line.Wrong("A row has a number, x, y, a window of two, a service time and three lists in brackets.");
        string[] cells = [.. Enumerable.Range(1, 9).Select(i => row.Groups[i].Value)];
        if (line.Whole(cells[0], "The row number", 0, InstanceRanges.Rows) is var number && number != index)
            throw line.Wrong($"Row {number} stands where {index} should.");
        TrspRow read = new(
            number,
            line.Value(cells[1], "The x coordinate", -InstanceRanges.Coordinate, InstanceRanges.Coordinate),
            line.Value(cells[2], "The y coordinate", -InstanceRanges.Coordinate, InstanceRanges.Coordinate),
            line.Value(cells[3], "The begin of the window", 0, InstanceRanges.DayTime),
            line.Value(cells[4], "The end of the window", 0, InstanceRanges.DayTime),
            line.Value(cells[5], "The service time", 0, InstanceRanges.DayTime),
            ReadList(line, cells[6], "The skill", Skills - 1),
            ReadList(line, cells[7], "The tool", Tools - 1),
            ReadList(line, cells[8], "The number of parts", InstanceRanges.Units)) { Line = line.Number };
        if (read.Closes < read.Opens)
            throw line.Wrong("The window closes before it opens.");
        // The depot has enough of everything.
        if (read.Parts.Length != Parts && !(number == 0 && read.Parts.Length == 0))
            throw line.Wrong($"Row {number} has {read.Parts.Length} kinds of parts, the header says {Parts}.");
        return read;
    }

    private static int[] ReadList(FileLine line, string list, string what, int most) =>
        string.IsNullOrWhiteSpace(list)
            ? []
            : [.. list.Split(',', StringSplitOptions.TrimEntries).Select(item => line.Whole(item, what, 0, most))];

    /// <summary>
    /// Titles of the public instances say how many requests, technicians and kinds follow: a file cut between two rows is noticed by
    /// nothing else.
    /// </summary>
    private void HoldAgainst(FileLine title)
    {
        Match says = Title().Match(title.Text);
        if (!says.Success)
            return;
        int[] told = [.. Enumerable.Range(1, 5).Select(i => int.Parse(says.Groups[i].Value, CultureInfo.InvariantCulture))],
            found = [Requests, Crew, Skills, Tools, Parts];
        string[] what = ["requests", "technicians", "skills", "tools", "kinds of parts"];
        for (int i = 0; i < told.Length; i++)
            if (told[i] != found[i])
                throw title.Wrong($"The title says {told[i]} {what[i]}, the file has {found[i]}.");
    }

    [GeneratedRegex(@"^\s*(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+\[([^\[\]]*)\]\s+\[([^\[\]]*)\]\s+\[([^\[\]]*)\]\s*$")]
    private static partial Regex Row();

    [GeneratedRegex(@"^\S+\.(\d{1,6})_(\d{1,6})-(\d{1,6})-(\d{1,6})-(\d{1,6})\s*$")]
    private static partial Regex Title();
}
