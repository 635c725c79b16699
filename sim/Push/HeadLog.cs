using Dispatch.Sim.Client.Api;

namespace Dispatch.Sim.Push;

/// <summary>How long each stream was at which time, as the server said when asked for it again and again.</summary>
public sealed class HeadLog
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly List<(string Stream, long Head, long At)> samples = [];

    /// <summary>Asks from now until it is told to stop, at least once.</summary>
    public static async Task<HeadLog> Watch(ApiClient user, IReadOnlyList<string> streams, CancellationToken stop)
    {
        HeadLog log = new();
        using PeriodicTimer again = new(Pause);
        long at = Now();
        while (true)
        {
            foreach (string stream in streams)
                log.samples.Add((stream, (await user.Events(stream, 0, CancellationToken.None)).Head, at));
            if (stop.IsCancellationRequested)
                return log;
            await again.WaitForNextTickAsync(CancellationToken.None);
            at = Now();
        }
    }

    /// <summary>The longest time in milliseconds from a moment at which the server had a number until the journal had it; infinite where it never did.</summary>
    public double LongestLag(string stream, IReadOnlyList<Step> journal, long from)
    {
        double longest = 0;
        int step = 0;
        foreach ((_, long head, long at) in samples.Where(s => s.Stream == stream))
        {
            if (head <= from)
                continue;
            while (step < journal.Count && journal[step].Seq < head)
                step++;
            longest = Math.Max(longest, step == journal.Count ? double.PositiveInfinity : journal[step].At - at);
        }
        return longest;
    }

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
}
