using System.Text.Json;

namespace Dispatch.Bench.Dynamic;

/// <summary>Writes a day as the independent checker reads it: per technician the stops with when each was decided, set off to and begun, in time units.</summary>
public static class DayWriter
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static void Write(DayRecord record, string path) => File.WriteAllText(
        path,
        JsonSerializer.Serialize(
            new
            {
                instance = record.Day.Name,
                stops = record.Stops.Select(stops => stops.Select(stop => new
                {
                    node = stop.Node,
                    decided = Units(stop.Decided),
                    depart = Units(stop.Depart),
                    start = Units(stop.Start),
                })),
                not_served = record.NotServed,
            },
            Json));

    private static decimal Units(long ticks) => (decimal)ticks / DayInstance.TicksPerUnit;
}
