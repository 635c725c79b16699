namespace Dispatch.Bench.Dynamic;

/// <summary>Figures of a day that has passed, in time units.</summary>
/// <param name="Served">Requests begun in their windows.</param>
/// <param name="NotServed">Requests nobody came to.</param>
/// <param name="Late">Of the served, those begun after their window; the rules allow none.</param>
/// <param name="Duration">Working time of all technicians from leaving home to coming back.</param>
/// <param name="Movable">The part of it that is not service of requests.</param>
/// <param name="Out">Technicians who left home.</param>
public sealed record DayFigures(int Served, int NotServed, int Late, double Duration, double Movable, int Out)
{
    public static DayFigures Of(DayRecord record)
    {
        DayInstance day = record.Day;
        long duration = 0;
        long service = 0;
        for (int t = 0; t < record.Stops.Count; t++)
        {
            IReadOnlyList<DayStop> stops = record.Stops[t];
            if (stops.Count == 0)
                continue;

            DayStop last = stops[^1];
            duration += last.Start + day.Service(last.Node) + day.Travel(last.Node, t + 1) - stops[0].Depart;
            service += stops.Where(stop => stop.Node != 0).Sum(stop => day.Service(stop.Node));
        }

        return new DayFigures(
            record.Stops.Sum(stops => stops.Count(stop => stop.Node != 0)),
            record.NotServed.Count,
            record.Stops.Sum(stops => stops.Count(stop => stop.Start > day.Closes(stop.Node))),
            (double)duration / DayInstance.TicksPerUnit,
            (double)(duration - service) / DayInstance.TicksPerUnit,
            record.Stops.Count(stops => stops.Count > 0));
    }
}
