namespace Dispatch.Instances;

/// <summary>
/// When each request of a technician routing instance becomes known, in the benchmark's text format: a line with how many are dynamic and
/// how many static, then lines of request and time; −1 is known before the day.
/// </summary>
public static class ReleaseTimes
{
    /// <param name="path">Names the file; nothing is read from it.</param>
    /// <param name="first">Row number of the first request of the instance.</param>
    /// <param name="last">Row number of its last request.</param>
    /// <returns>Time units per row number, ascending; requests that are not named are known before the day.</returns>
    /// <exception cref="InstanceFileException">The text is not of this format, names what is no request, or does not hold as many as it
    /// says.</exception>
    public static IReadOnlyDictionary<int, double> Parse(string path, string text, int first, int last)
    {
        IReadOnlyList<FileLine> lines = FileLine.Of(path, text);
        int header = lines.ToList().FindIndex(line => line.Cells[^1] == "RD" && line.IsHeading);
        if (header < 0)
            throw new InstanceFileException(Path.GetFileName(path), 0, "There is no line with a column RD.");
        SortedDictionary<int, double> releases = [];
        foreach (FileLine line in lines.Skip(header + 1))
        {
            if (line.Cells.Count != 2)
                throw line.Wrong("A release has two columns, the request and its time.");
            int request = line.Whole(line.Cells[0], "The request", 0, InstanceRanges.Rows);
            if (request < first || request > last)
                throw line.Wrong($"{request} is not a request of the instance, whose requests are {first} to {last}.");
            if (!releases.TryAdd(request, Time(line)))
                throw line.Wrong($"Request {request} is there twice.");
        }

        HoldAgainst(lines.Take(header), releases);
        return releases;
    }

    private static double Time(FileLine line) =>
        line.Value(line.Cells[1], "The release time", -1, InstanceRanges.DayTime) is var time and (-1 or >= 0)
            ? time
            : throw line.Wrong("A release time is -1 or at least 0.");

    /// <summary>Of a file cut between two lines the counts above are all that tells.</summary>
    private static void HoldAgainst(IEnumerable<FileLine> above, SortedDictionary<int, double> releases)
    {
        if (above.LastOrDefault(line => !line.IsHeading && !line.Text.AsSpan().TrimStart().StartsWith("#")) is not { } counts)
            return;
        if (counts.Cells.Count != 2)
            throw counts.Wrong("Above the releases stand two numbers, of dynamic and of static requests.");
        int dynamic = counts.Whole(counts.Cells[0], "The number of dynamic requests", 0, InstanceRanges.Rows),
            known = counts.Whole(counts.Cells[1], "The number of static requests", 0, InstanceRanges.Rows);
        int found = releases.Values.Count(time => time >= 0);
        if (found != dynamic || releases.Count - found != known)
            throw counts.Wrong(
                $"The file says {dynamic} dynamic and {known} static requests, and names {found} and {releases.Count - found}."
            );
    }
}
