namespace Dispatch.Sim.Client.Hub;

/// <summary>
/// Waits between attempts: doubling from <paramref name="First"/> to <paramref name="Cap"/>, each drawn evenly from the upper half of its step, so that clients cut
/// off together do not come back together.
/// </summary>
public sealed record Backoff(TimeSpan First, TimeSpan Cap)
{
    /// <summary>0.1 s, doubling to at most 5 s.</summary>
    public static Backoff Standard { get; } = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5));

    /// <param name="failures">Attempts that have failed in a row, from 1.</param>
    /// <param name="chance">From 0 (inclusive) to 1 (exclusive).</param>
    public TimeSpan Delay(int failures, double chance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        double step = Math.Min(First.TotalMilliseconds * Math.Pow(2, Math.Min(failures - 1, 40)), Cap.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(step * (0.5 + 0.5 * chance));
    }
}
