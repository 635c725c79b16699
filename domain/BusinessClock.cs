namespace Dispatch.Domain;

/// <summary>
/// Business time: shifts, windows, offers, reservations, quotes, promises. A service of its own, because demo and replay run it faster than the process
/// clock, by which the engine, storage, leases and retries live. It only tells the time: timers always run on process time.
/// </summary>
public abstract class BusinessClock
{
    public abstract DateTimeOffset GetUtcNow();

    /// <summary>Seconds of business time per second of process time; 1 in production.</summary>
    public abstract double Speed { get; }

    /// <summary>The length that a technical delay (a lease, a retry, a message round trip) must have on this clock to last as long in process time.</summary>
    public TimeSpan Stretch(TimeSpan processTime) => processTime * Speed;

    /// <summary>Business time that is process time.</summary>
    public static BusinessClock Of(TimeProvider process) => new Unscaled(process);

    private sealed class Unscaled(TimeProvider process) : BusinessClock
    {
        public override double Speed => 1;

        public override DateTimeOffset GetUtcNow() => process.GetUtcNow();
    }
}
