using System.Globalization;
using System.Text.Json;
using Dispatch.Bench.Bounds;
using Dispatch.Domain.Routing;
using Dispatch.Domain.Routing.Bounds;
using Dispatch.Instances;

namespace Dispatch.Bench.Routing;

/// <summary>Solves instances for so many seconds each, writes the routes in the checker's form and prints the gap to the best known.</summary>
/// <param name="BoundSeconds">Time for a bound after the solve, which the seconds of the solve do not count; 0 for the quick one.</param>
public sealed record RoutingBench(string Kind, IReadOnlyList<string> Instances, double Seconds, long Rounds, int Threads, ulong Seed, double BoundSeconds, string Output)
{
    public int Run(TextWriter console)
    {
        Directory.CreateDirectory(Output);
        var gaps = new List<double>();
        foreach (var path in Instances)
        {
            var clock = TimeProvider.System;
            var startedAt = clock.GetTimestamp();
            var adapter = InstanceAdapter.Read(Kind, path);
            var solution = Solve(adapter.Problem, clock, startedAt);
            var seconds = clock.GetElapsedTime(startedAt).TotalSeconds;
            double bound = BoundOf(adapter, solution, clock);
            Write(adapter, solution, seconds, bound);
            var cost = adapter.CostOf(solution);
            var best = BestKnown.Find(path, adapter.BestColumn);
            var gap = solution.Unserved.IsEmpty && best is { } known ? (adapter.Comparable(cost) / known) - 1 : (double?)null;
            if (gap is { } value)
            {
                gaps.Add(value);
            }

            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{adapter.Name,-10} cost {cost,12:F3}  compared {adapter.Comparable(cost),12:F3}  best known {best,12:F3}  gap {gap,8:P2}  unserved {solution.Unserved.Length}  rounds {solution.Iterations}  {seconds:F1} s"));
        }

        if (gaps.Count > 0)
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"mean gap {gaps.Average():P3}, worst {gaps.Max():P2}, matched or improved {gaps.Count(gap => gap < 1e-5)}, compared {gaps.Count} of {Instances.Count} ({Seconds} s, {(Rounds == long.MaxValue ? "any" : Rounds)} rounds, {Threads} threads, seed {Seed})"));
        }

        return 0;
    }

    private RoutingSolution Solve(RoutingProblem problem, TimeProvider clock, long startedAt)
    {
        RoutingSearch search = new(problem, Seed, Threads);
        search.Insert();
        // A little is kept back for writing the result.
        search.Improve(new SearchLimit(Rounds, TimeSpan.FromSeconds(Seconds * 0.995), clock, startedAt));
        return search.Best;
    }

    private double BoundOf(InstanceAdapter adapter, RoutingSolution solution, TimeProvider clock)
    {
        BoundLimit limit = BoundSeconds > 0
            ? new BoundLimit(long.MaxValue) { Time = new TimeAllowed(TimeSpan.FromSeconds(BoundSeconds), clock, clock.GetTimestamp()), Threads = Threads }
            : new BoundLimit(0) { Threads = Threads };
        return BoundUnits.Of(adapter, RouteBound.Compute(adapter.Problem, limit, solution).Value);
    }

    private void Write(InstanceAdapter adapter, RoutingSolution solution, double seconds, double bound)
    {
        var file = Path.Combine(Output, adapter.Name + ".json");
        using var stream = File.Create(file);
        JsonSerializer.Serialize(stream, new
        {
            instance = adapter.Name,
            routes = adapter.RoutesOf(solution),
            cost = adapter.CostOf(solution),
            seconds,
            threads = Threads,
            iterations = solution.Iterations,
            bound,
        });
    }
}
