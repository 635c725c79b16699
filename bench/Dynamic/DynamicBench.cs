using System.Globalization;
using Dispatch.Bench.Routing;
using Dispatch.Domain.Matching;
using Dispatch.Instances;

namespace Dispatch.Bench.Dynamic;

/// <summary>Lets days happen under the search and under plain insertion, writes both for the checker and prints them beside each other.</summary>
public sealed record DynamicBench
{
    public required IReadOnlyList<string> Instances { get; init; }

    /// <summary>Folder of the release times.</summary>
    public required string Releases { get; init; }

    public required int Percent { get; init; }

    public required string Output { get; init; }

    public required SearchBudget Budget { get; init; }

    /// <summary>Slack kept at leaving home, in time units.</summary>
    public required double Reserve { get; init; }

    /// <summary>Whether who has nothing ahead stays on call where the last stop was.</summary>
    public required bool StandsBy { get; init; }

    /// <summary>Days side by side.</summary>
    public required int Threads { get; init; }

    public required ulong Seed { get; init; }

    public int Run(TextWriter console)
    {
        Directory.CreateDirectory(Output);
        (DayInstance, IReadOnlyDictionary<int, double>)[] days = [.. Instances.Select(Read)];
        var lines = new DayComparison[Instances.Count];
        Parallel.For(
            0,
            lines.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Threads },
            i => lines[i] = Compare(Instances[i], days[i].Item1, days[i].Item2)
        );
        foreach (DayComparison line in lines)
            console.WriteLine(line);

        console.WriteLine(DayComparison.Summary(lines));
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Percent} % revealed, {Budget}, reserve {Reserve}, {(StandsBy ? "on call" : "home")} after the last stop, {Threads} threads, seed {Seed}"));
        return 0;
    }

    private (DayInstance Day, IReadOnlyDictionary<int, double> Releases) Read(string path)
    {
        TrspInstance instance = TrspInstance.Parse(path, File.ReadAllText(path));
        TrspProblem.RequireReach(instance);
        var day = new DayInstance(instance);
        string times = Path.Combine(Releases, string.Create(CultureInfo.InvariantCulture, $"{day.Name}_rd_{Percent}.txt"));
        return (day, ReleaseTimes.Parse(times, File.ReadAllText(times), day.FirstRequest, day.Rows.Count - 1));
    }

    private DayComparison Compare(string path, DayInstance day, IReadOnlyDictionary<int, double> releases)
    {
        string name = day.Name;
        DayRecord plain = new DaySimulator(day, releases, new CheapestInsertion(), DeparturePolicy.AtOnce, StandsBy).Run();
        long startedAt = TimeProvider.System.GetTimestamp();
        var policy = new DeparturePolicy(DayInstance.Ticks(Reserve), DeparturePolicy.Everything);
        DayRecord searched = new DaySimulator(day, releases, new SearchPlanner(Budget, Seed), policy, StandsBy).Run();
        double seconds = TimeProvider.System.GetElapsedTime(startedAt).TotalSeconds;
        DayWriter.Write(plain, Path.Combine(Output, name + ".insertion.json"));
        DayWriter.Write(searched, Path.Combine(Output, name + ".json"));
        return new DayComparison(name, DayFigures.Of(plain), DayFigures.Of(searched), BestKnown.Find(path, "best_movable"), seconds);
    }
}
