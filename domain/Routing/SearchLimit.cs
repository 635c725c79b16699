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
    private double begun;

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

    /// <summary>This limit's time and cancellation, with so many rounds of its own.</summary>
    /// <param name="rounds">At most so many.</param>
    /// <param name="warmth">How much of the cooling is taken as past from the beginning, 0 to below 1: a plan that is good already need not be heated through.</param>
    internal SearchLimit Within(long rounds, double warmth) => clock is null
        ? new SearchLimit(rounds, Cancellation) { begun = warmth }
        : new SearchLimit(rounds, time, clock, startedAt, Cancellation) { begun = warmth };

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

        var past = Math.Max(timeShare, Rounds == long.MaxValue ? 0 : (double)round / Rounds);
        return begun + ((1 - begun) * past);
    }
}
