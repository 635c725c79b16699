using System.Globalization;
using Dispatch.Domain.Eta;
using Dispatch.Domain.Geo;
using Dispatch.Instances;

namespace Dispatch.Bench.Eta;

/// <summary>
/// Recorded trips in the form <c>vehicle,start,start_lon,start_lat,end,end_lon,end_lat,driven_m</c>: times <c>yyyy-MM-dd HH:mm:ss</c> on the local clock, WGS-84 degrees, metres.
/// Columns go by the names of the first line, in any order.
/// </summary>
public static class TripCsv
{
    /// <summary>Once around the earth.</summary>
    private const double LongestMetres = 40_000_000;

    private static readonly string[] Columns = ["vehicle", "start", "start_lon", "start_lat", "end", "end_lon", "end_lat", "driven_m"];

    /// <summary>
    /// The trips that the rules keep, in the order of the file, and how many there were. What the rules leave out is counted, never what
    /// cannot be read.
    /// </summary>
    /// <exception cref="InstanceFileException">A column is missing, or a value cannot be read or cannot be; names file, line and
    /// column.</exception>
    public static (List<ObservedTrip> Kept, int Read) Load(string path, TripRules rules)
    {
        using var reader = new StreamReader(path);
        return Load(path, reader, rules);
    }

    /// <param name="path">Names the file in what is wrong with it.</param>
    public static (List<ObservedTrip> Kept, int Read) Load(string path, TextReader reader, TripRules rules)
    {
        string file = Path.GetFileName(path);
        string[] header = (reader.ReadLine() ?? throw new InstanceFileException(file, 0, "The file of trips is empty."))
            .TrimStart('\uFEFF')
            .Split(',', StringSplitOptions.TrimEntries);
        int[] at = [.. Columns.Select(column => Array.IndexOf(header, column))];
        if (Array.IndexOf(at, -1) is var missing and >= 0)
            throw new InstanceFileException(file, 1, $"There is no column {Columns[missing]}.");
        List<ObservedTrip> kept = [];
        int read = 0;
        for (int line = 2; reader.ReadLine() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
                continue;
            read++;
            var row = new Row(new FileLine(file, line, text), text.Split(',', StringSplitOptions.TrimEntries), at);
            if (row.Cells.Length != header.Length)
                throw row.Line.Wrong($"The row has {row.Cells.Length} columns, the first line names {header.Length}.");
            DateTimeOffset start = row.Time(1);
            var trip = new ObservedTrip(row.Text(0), row.Place(2), row.Place(5), start, row.Time(4) - start);
            if (rules.Keep(trip, row.Number(7, 0, LongestMetres)))
                kept.Add(trip);
        }
        return (kept, read);
    }

    private readonly record struct Row(FileLine Line, string[] Cells, int[] At)
    {
        public string Text(int column) => Cells[At[column]];

        public double Number(int column, double least, double most) => Line.Value(Text(column), Columns[column], least, most);

        public Place Place(int longitude) => new(Number(longitude, -180, 180), Number(longitude + 1, -90, 90));

        /// <summary>The file does not say where its clock is; UTC stands for the local clock throughout.</summary>
        public DateTimeOffset Time(int column) =>
            DateTimeOffset.TryParseExact(
                Text(column),
                "yyyy-MM-dd HH:mm:ss",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out DateTimeOffset value
            )
                ? value
                : throw Line.Wrong($"{Columns[column]} '{Text(column)}' is not a time in the form 2020-01-20 08:30:00.");
    }
}
