using System.Collections.Immutable;

namespace Dispatch.Sim.Client.Clock;

/// <summary>One question to the server's clock.</summary>
/// <param name="Sent">Local time of asking, as time since some fixed local moment.</param>
/// <param name="Received">Local time of the answer.</param>
/// <param name="Server">What the server said.</param>
public readonly record struct ClockSample(TimeSpan Sent, TimeSpan Received, DateTimeOffset Server);

/// <summary>
/// What the server's clock shows, judged from a few questions to it: the answer was read somewhere between asking and hearing, so the middle is
/// the best guess and half the round trip, at the server's speed, is how far off it can be. Pure. The sample with the shortest round trip wins (Cristian 1989).
/// </summary>
public sealed record ClockEstimate
{
    /// <summary>Samples kept; older ones go, so that a drift shows.</summary>
    public const int Kept = 8;

    private readonly ImmutableArray<ClockSample> samples = [];

    /// <param name="speed">Server seconds per local second.</param>
    public ClockEstimate(double speed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        Speed = speed;
    }

    public double Speed { get; }

    /// <summary>How far off <see cref="ServerAt"/> can be, in server time.</summary>
    public TimeSpan Uncertainty => (Best.Received - Best.Sent) * (Speed / 2);

    private ClockSample Best { get; init; }

    private ImmutableArray<ClockSample> Samples { get => samples; init => samples = value; }

    public ClockEstimate With(ClockSample sample)
    {
        ImmutableArray<ClockSample> kept = [.. Samples.TakeLast(Kept - 1), sample];
        return this with { Samples = kept, Best = kept.MinBy(s => s.Received - s.Sent) };
    }

    /// <summary>The server's time at a local moment.</summary>
    public DateTimeOffset ServerAt(TimeSpan local) => Best.Server + (local - Middle) * Speed;

    /// <summary>The local moment from which on the server's clock has certainly reached a time.</summary>
    public TimeSpan LocalWhenReached(DateTimeOffset server) => Middle + (server - Best.Server + Uncertainty) / Speed;

    private TimeSpan Middle => Best.Sent + (Best.Received - Best.Sent) / 2;
}
