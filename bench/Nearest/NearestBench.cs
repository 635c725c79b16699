using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Geo.Nearest;

namespace Dispatch.Bench.Nearest;

/// <summary>One thread asks for the nearest 16 again and again, another moves technicians at a set rate; both with their rates held.</summary>
public sealed record NearestBench(int Technicians, int Queries, int UpdatesPerSecond, ulong Seed, string Output)
{
    private const int Wanted = 16;
    private const int WarmUp = 5_000;

    private PlanePoint[] places = [];

    public int Run(TextWriter console)
    {
        Town town = new(Seed, Technicians);
        NearestIndex index = new(new PlanePoint(-town.HalfSide, -town.HalfSide), new PlanePoint(town.HalfSide, town.HalfSide), Technicians);
        places = new PlanePoint[Technicians];
        ulong[] skills = new ulong[Technicians];
        long fillStarted = Stopwatch.GetTimestamp();
        for (int i = 0; i < Technicians; i++)
        {
            skills[i] = town.Skills();
            index.Put(i, places[i] = town.Anywhere(), skills[i]);
        }

        double fill = Stopwatch.GetElapsedTime(fillStarted).TotalSeconds;
        Ask(index, new Town(Seed + 2, Technicians), new long[WarmUp]);
        GC.Collect();
        using CancellationTokenSource asked = new();
        long updates = 0;
        Thread writer = new(() => updates = Move(index, new Town(Seed + 1, Technicians), skills, asked.Token));
        long[] times = new long[Queries];
        writer.Start();
        long started = Stopwatch.GetTimestamp();
        int found = Ask(index, new Town(Seed + 3, Technicians), times);
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        asked.Cancel();
        writer.Join();
        Array.Sort(times);
        Report(console, new
        {
            technicians = Technicians,
            queries = Queries,
            wanted = Wanted,
            found_mean = found / (double)Queries,
            p50_us = Microseconds(times, 0.5),
            p99_us = Microseconds(times, 0.99),
            p999_us = Microseconds(times, 0.999),
            queries_per_second = Queries / seconds,
            updates_per_second = updates / seconds,
            updates_per_second_asked = UpdatesPerSecond,
            fill_seconds = fill,
            seed = Seed,
        });
        return 0;
    }

    private static int Ask(NearestIndex index, Town town, long[] times)
    {
        Neighbour[] neighbours = new Neighbour[Wanted];
        int found = 0;
        for (int i = 0; i < times.Length; i++)
        {
            PlanePoint from = town.Anywhere();
            ulong skill = town.WantedSkill();
            long started = Stopwatch.GetTimestamp();
            found += index.Find(from, skill, neighbours);
            times[i] = Stopwatch.GetTimestamp() - started;
        }

        return found;
    }

    /// <summary>Moves technicians as often as asked, in small lots between which the processor is given back.</summary>
    private long Move(NearestIndex index, Town town, ulong[] skills, CancellationToken end)
    {
        long done = 0, started = Stopwatch.GetTimestamp();
        while (!end.IsCancellationRequested)
        {
            long due = (long)(Stopwatch.GetElapsedTime(started).TotalSeconds * UpdatesPerSecond);
            for (; done < due && !end.IsCancellationRequested; done++)
            {
                int technician = town.AnyTechnician();
                index.Put(technician, places[technician] = town.Near(places[technician]), skills[technician]);
            }

            Thread.Sleep(1);
        }

        return done;
    }

    private static double Microseconds(long[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))] * 1e6 / Stopwatch.Frequency;

    private void Report(TextWriter console, object figures)
    {
        string json = JsonSerializer.Serialize(figures);
        if (Path.GetDirectoryName(Path.GetFullPath(Output)) is { } folder)
            Directory.CreateDirectory(folder);
        File.WriteAllText(Output, json);
        console.WriteLine(json);
    }
}
