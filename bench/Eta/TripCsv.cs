using System.Globalization;
using Dispatch.Domain.Eta;
using Dispatch.Domain.Geo;

namespace Dispatch.Bench.Eta;

/// <summary>
/// Recorded trips in the form <c>vehicle,start,start_lon,start_lat,end,end_lon,end_lat,driven_m</c>: times <c>yyyy-MM-dd HH:mm:ss</c> on the local clock, WGS-84 degrees, metres.
/// Columns go by the names of the first line, in any order.
/// </summary>
public static class TripCsv
{
    private static readonly string[] Columns = ["vehicle", "start", "start_lon", "start_lat", "end", "end_lon", "end_lat", "driven_m"];

    /// <summary>The trips that the rules keep, in the order of the file, and how many there were.</summary>
    /// <exception cref="InvalidDataException">A column is missing or a value is none; names line and column.</exception>
    public static (List<ObservedTrip> Kept, int Read) Load(string path, TripRules rules)
    {
        using var reader = new StreamReader(path);
        return Load(reader, rules);
    }

    public static (List<ObservedTrip> Kept, int Read) Load(TextReader reader, TripRules rules)
    {
        string[] header = (reader.ReadLine() ?? throw new InvalidDataException("The trip file is empty.")).TrimStart('\uFEFF').Split(',');
        int[] at = [.. Columns.Select(column => Array.IndexOf(header, column))];
        if (Array.IndexOf(at, -1) is var missing and >= 0)
            throw new InvalidDataException($"The trip file has no column {Columns[missing]}.");
        List<ObservedTrip> kept = [];
        int read = 0;
        for (int line = 2; reader.ReadLine() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
                continue;
            read++;
            var row = new Row(text.Split(','), at, line);
            DateTimeOffset start = row.Time(1);
            var trip = new ObservedTrip(row.Text(0), new Place(row.Number(2), row.Number(3)), new Place(row.Number(5), row.Number(6)), start, row.Time(4) - start);
            if (trip.From.IsValid && trip.To.IsValid && rules.Keep(trip, row.Number(7)))
                kept.Add(trip);
        }
        return (kept, read);
    }

    private readonly record struct Row(string[] Cells, int[] At, int Line)
    {
        public string Text(int column) => At[column] < Cells.Length ? Cells[At[column]].Trim() : throw Wrong(column);

        public double Number(int column) =>
            double.TryParse(Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw Wrong(column);

        /// <summary>The file does not say where its clock is; UTC stands for the local clock throughout.</summary>
        public DateTimeOffset Time(int column) =>
            DateTimeOffset.TryParse(Text(column), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset value) ? value : throw Wrong(column);

        private InvalidDataException Wrong(int column) => new($"Line {Line}: {Columns[column]} is missing or cannot be read.");
    }
}
