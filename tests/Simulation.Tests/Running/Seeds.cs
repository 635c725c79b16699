using System.Diagnostics;

namespace Dispatch.Simulation.Tests;

/// <summary>What came of many seeds.</summary>
internal sealed record SeedsReport(int Seeds, IReadOnlyList<SeedResult> Failed, Tally Total, long FewestMessages, Coverage Coverage, TimeSpan Wall, TimeSpan Processor);

/// <summary>Plays seeds side by side, one per thread: a world is one thread's own.</summary>
internal static class Seeds
{
    /// <param name="progress">Told of each seed when it is over, with how many are; one thread at a time.</param>
    /// <param name="mostFailures">Stops early once so many seeds have failed.</param>
    public static SeedsReport Run(ulong from, ulong to, Func<ulong, Script> script, int threads, Action<int, SeedResult>? progress = null, int mostFailures = int.MaxValue)
    {
        Stopwatch watch = Stopwatch.StartNew();
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        Lock gate = new();
        List<SeedResult> failed = [];
        Tally total = new();
        Coverage coverage = new();
        long fewest = long.MaxValue;
        int done = 0;
        ulong next = from;
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Work, 16 << 20))];
        foreach (Thread worker in workers)
            worker.Start();
        foreach (Thread worker in workers)
            worker.Join();
        return new SeedsReport(done, [.. failed.OrderBy(f => f.Script.Seed)], total, fewest, coverage, watch.Elapsed, Process.GetCurrentProcess().TotalProcessorTime - before);

        void Work()
        {
            while (true)
            {
                ulong seed;
                lock (gate)
                {
                    if (next > to || failed.Count >= mostFailures)
                        return;
                    seed = next++;
                }
                SeedResult result = SeedResult.Of(script(seed));
                lock (gate)
                {
                    done++;
                    total.Add(result.Tally);
                    coverage.Add(result.Coverage);
                    fewest = Math.Min(fewest, result.Tally[Tally.Messages]);
                    if (result.Violation is not null)
                        failed.Add(result);
                    progress?.Invoke(done, result);
                }
            }
        }
    }
}
