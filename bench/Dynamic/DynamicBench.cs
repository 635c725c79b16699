using System.Globalization;
using Dispatch.Bench.Instances;
using Dispatch.Bench.Routing;
using Dispatch.Domain.Matching;

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
        var lines = new DayComparison[Instances.Count];
        Parallel.For(0, lines.Length, new ParallelOptions { MaxDegreeOfParallelism = Threads }, i => lines[i] = Compare(Instances[i]));
        foreach (DayComparison line in lines)
            console.WriteLine(line);

        console.WriteLine(DayComparison.Summary(lines));
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Percent} % revealed, {Budget}, reserve {Reserve}, {(StandsBy ? "on call" : "home")} after the last stop, {Threads} threads, seed {Seed}"));
        return 0;
    }

    private DayComparison Compare(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        var day = new DayInstance(TrspInstance.Parse(name, File.ReadAllText(path)));
        string times = Path.Combine(Releases, string.Create(CultureInfo.InvariantCulture, $"{name}_rd_{Percent}.txt"));
        IReadOnlyDictionary<int, double> releases = ReleaseTimes.Parse(File.ReadAllText(times));
        DayRecord plain = new DaySimulator(day, releases, new CheapestInsertion(), DeparturePolicy.AtOnce, StandsBy).Run();
        long startedAt = TimeProvider.System.GetTimestamp();
        var policy = new DeparturePolicy(DayInstance.Ticks(Reserve), DeparturePolicy.Everything);
        DayRecord searched = new DaySimulator(day, releases, new SearchPlanner(Budget, Seed), policy, StandsBy).Run();
        double seconds = TimeProvider.System.GetElapsedTime(startedAt).TotalSeconds;
        DayWriter.Write(plain, Path.Combine(Output, name + ".insertion.json"));
        DayWriter.Write(searched, Path.Combine(Output, name + ".json"));
        return new DayComparison(name, DayFigures.Of(plain), DayFigures.Of(searched), BestKnown.Find(path, InstanceAdapter.Read("trsp", path)), seconds);
    }
}
