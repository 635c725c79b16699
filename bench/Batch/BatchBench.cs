using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dispatch.Domain.Matching.Batch;
using Dispatch.Domain.Routing;

namespace Dispatch.Bench.Batch;

/// <summary>
/// Solves batches of uniformly random costs, one after the other, each of another draw, and writes how long each took. The first includes compiling and is told apart; then
/// come a few that are not counted, so that the figures are those of a process that runs all day.
/// </summary>
public sealed record BatchBench(int Size, int Technicians, int Candidates, int Repeats, ulong Seed, string Output)
{
    private const int WarmUp = 40;
    private const int DearestPair = 1_000_000;

    public int Run(TextWriter console)
    {
        List<double> times = [];
        bool certified = true;
        double cold = 0;
        TimeSpan worked = TimeSpan.Zero;
        long left = 0;
        for (int k = 0; k < WarmUp + Repeats; k++)
        {
            BatchProblem batch = Candidates > 0 ? Sparse(Seed + (ulong)k) : Dense(Seed + (ulong)k);
            TimeSpan busy = Environment.CpuUsage.TotalTime;
            long startedAt = Stopwatch.GetTimestamp();
            BatchAssignment result = batch is SparseBatch sparse ? BatchMatching.Solve(sparse) : BatchMatching.Solve((DenseBatch)batch);
            double took = Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
            TimeSpan spent = Environment.CpuUsage.TotalTime - busy;
            certified &= BatchCertificate.Check(batch, result) is null;
            left += result.TechnicianOf.Count(t => t == BatchAssignment.Nobody);
            if (k == 0)
                cold = took;
            if (k < WarmUp)
                continue;
            times.Add(took);
            worked += spent;
        }

        times.Sort();
        File.WriteAllText(Output, JsonSerializer.Serialize(
            new
            {
                jobs = Size,
                technicians = Technicians,
                candidates = Candidates,
                repeats = Repeats,
                seed = Seed,
                p50_ms = At(times, 0.5),
                p90_ms = At(times, 0.9),
                max_ms = times[^1],
                cold_ms = cold,
                mean_cpu_ms = worked.TotalMilliseconds / Repeats,
                left_per_batch = (double)left / (WarmUp + Repeats),
                certified,
            },
            new JsonSerializerOptions { WriteIndented = true }));
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Size} x {Technicians}{(Candidates > 0 ? $", {Candidates} candidates" : "")}: p50 {At(times, 0.5):F2} ms, p90 {At(times, 0.9):F2} ms, max {times[^1]:F2} ms, first {cold:F1} ms, {worked.TotalMilliseconds / Repeats:F2} ms of processor each, {(certified ? "all certified" : "NOT CERTIFIED")}"));
        return certified ? 0 : 1;
    }

    private DenseBatch Dense(ulong seed)
    {
        Xoshiro random = new(seed);
        long[] costs = new long[Size * Technicians];
        for (int i = 0; i < costs.Length; i++)
            costs[i] = 1 + random.Below(DearestPair);
        return new DenseBatch(costs, Prices(), Technicians);
    }

    private SparseBatch Sparse(ulong seed)
    {
        Xoshiro random = new(seed);
        int each = Math.Min(Candidates, Technicians);
        int[] all = [.. Enumerable.Range(0, Technicians)], first = [.. Enumerable.Range(0, Size + 1).Select(j => j * each)], candidates = new int[Size * each];
        long[] costs = new long[Size * each];
        for (int job = 0; job < Size; job++)
            for (int i = 0; i < each; i++)
            {
                int other = i + random.Below(Technicians - i);
                (all[i], all[other]) = (all[other], all[i]);
                (candidates[(job * each) + i], costs[(job * each) + i]) = (all[i], 1 + random.Below(DearestPair));
            }

        return new SparseBatch(first, candidates, costs, Prices(), Technicians);
    }

    /// <summary>Leaving a job costs more than any rearrangement could save.</summary>
    private long[] Prices() => [.. Enumerable.Repeat((long)DearestPair * (Size + Technicians), Size)];

    private static double At(List<double> sorted, double share) => sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
}
