namespace Dispatch.Domain.Routing.Bounds;

/// <summary>When the work on a bound ends, with the best bound so far. With rounds alone the result is repeatable on every machine.</summary>
/// <param name="Rounds">At most so many rounds of pricing; 0 is the quick bound alone.</param>
public sealed record BoundLimit(long Rounds)
{
    /// <summary>How much time there is, and from when and by whose clock; null where it does not count.</summary>
    public TimeAllowed? Time { get; init; }

    /// <summary>Technicians priced side by side; does not change the result.</summary>
    public int Threads { get; init; } = 1;

    public CancellationToken Cancellation { get; init; }

    /// <summary>Share of the time used up; 0 where time does not count.</summary>
    internal double TimeShare => Time is { } time ? time.Clock.GetElapsedTime(time.StartedAt) / time.Length : 0;

    /// <summary>Whether even a round under way is given up.</summary>
    internal bool IsOver => Cancellation.IsCancellationRequested || TimeShare >= 1;

    /// <summary>Whether no further round begins.</summary>
    internal bool EndsAfter(long rounds) => rounds >= Rounds || IsOver;
}

/// <param name="Length">More than nothing.</param>
/// <param name="Clock">Whose timestamps count.</param>
/// <param name="StartedAt">Timestamp at which the time began to run.</param>
public sealed record TimeAllowed(TimeSpan Length, TimeProvider Clock, long StartedAt);
