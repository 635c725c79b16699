using System.Globalization;
using System.Text.Json;
using Dispatch.Bench.Routing;
using Dispatch.Domain.Routing.Bounds;
using Dispatch.Instances;

namespace Dispatch.Bench.Bounds;

/// <summary>Bounds instances from below for so many seconds each, writes NAME.json and prints what share of the best known each bound reaches.</summary>
public sealed record BoundBench(string Kind, IReadOnlyList<string> Instances, double Seconds, long Rounds, int Threads, string Output)
{
    public int Run(TextWriter console)
    {
        Directory.CreateDirectory(Output);
        List<(string Family, double Share)> shares = [];
        foreach (string path in Instances)
        {
            TimeProvider clock = TimeProvider.System;
            long startedAt = clock.GetTimestamp();
            InstanceAdapter adapter = InstanceAdapter.Read(Kind, path);
            BoundResult result = RouteBound.Compute(adapter.Problem, new BoundLimit(Rounds) { Time = new TimeAllowed(TimeSpan.FromSeconds(Seconds), clock, startedAt), Threads = Threads });
            double seconds = clock.GetElapsedTime(startedAt).TotalSeconds;
            double bound = BoundUnits.Of(adapter, result.Value);
            double? best = BestKnown.Find(path, adapter.BestColumn);
            double? share = best is { } known ? adapter.Comparable(bound) / known : null;
            if (share is { } value)
                shares.Add((Family(adapter.Name), value));
            Write(adapter.Name, bound, best, share, result, seconds);
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{adapter.Name,-10} bound {bound,12:F3}  compared {adapter.Comparable(bound),12:F3}  best known {best,12:F3}  share {share,8:P2}  rounds {result.Rounds,5}  {(result.IsExhausted ? "closed" : "open  ")}  {seconds:F1} s"));
        }

        foreach (IGrouping<string, (string Family, double Share)> family in shares.GroupBy(row => row.Family))
            console.WriteLine(Line(family.Key, [.. family.Select(row => row.Share)]));
        if (shares.Count > 0)
            console.WriteLine(Line("all", [.. shares.Select(row => row.Share)]));
        return 0;
    }

    private string Line(string name, double[] shares) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-4} mean share {shares.Average():P2}, least {shares.Min():P2}, instances {shares.Length} ({Seconds} s, {(Rounds == long.MaxValue ? "any" : Rounds)} rounds, {Threads} threads)");

    // Names of both collections are a family of letters and a digit, then a number.
    private static string Family(string name) => name[..Math.Min(name.Length, name.TakeWhile(char.IsLetter).Count() + 1)];

    private void Write(string name, double bound, double? best, double? share, BoundResult result, double seconds)
    {
        using FileStream stream = File.Create(Path.Combine(Output, name + ".json"));
        JsonSerializer.Serialize(stream, new { instance = name, bound, best_known = best, share, rounds = result.Rounds, closed = result.IsExhausted, seconds, threads = Threads });
    }
}
