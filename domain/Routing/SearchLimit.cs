namespace Dispatch.Domain.Routing;

/// <summary>
/// When a search ends: after so many rounds, when its time is up, or when it is told to. With rounds alone the result is repeatable.
/// </summary>
public sealed class SearchLimit
{
    // Asking the clock costs more than a round may.
    private const int RoundsPerLook = 32;

    private readonly TimeProvider? clock;
    private readonly long startedAt;
    private readonly TimeSpan time;
    private double timeShare;

    public SearchLimit(long rounds, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rounds);
        Rounds = rounds;
        Cancellation = cancellation;
    }

    /// <param name="rounds">At most so many rounds.</param>
    /// <param name="time">At most so much time from <paramref name="startedAt"/>.</param>
    /// <param name="clock">Whose timestamps count.</param>
    /// <param name="startedAt">Timestamp of <paramref name="clock"/> at which the time began to run.</param>
    /// <param name="cancellation">Ends it early.</param>
    public SearchLimit(long rounds, TimeSpan time, TimeProvider clock, long startedAt, CancellationToken cancellation = default)
        : this(rounds, cancellation)
    {
        this.time = time;
        this.clock = clock;
        this.startedAt = startedAt;
    }

    public long Rounds { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>How much is used up after <paramref name="round"/> rounds: 0 to 1; at 1 the search ends.</summary>
    /// <param name="round">Rounds done; the clock is looked at once in a while.</param>
    /// <param name="now">Whether to look at the clock in any case.</param>
    internal double ShareUsed(long round, bool now = false)
    {
        if (round >= Rounds || Cancellation.IsCancellationRequested)
        {
            return 1;
        }

        if (clock is not null && (now || round % RoundsPerLook == 0))
        {
            timeShare = time <= TimeSpan.Zero ? 1 : Math.Min(1, clock.GetElapsedTime(startedAt) / time);
        }

        return Math.Max(timeShare, Rounds == long.MaxValue ? 0 : (double)round / Rounds);
    }
}
