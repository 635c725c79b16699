using System.Globalization;

namespace Dispatch.Silo.Hosting;

/// <summary>
/// A clock that runs a fixed number of times as fast as the wall clock, timers included. It is anchored once, in a file of the data folder, so that it
/// goes on from where it would be after a restart and never backwards.
/// </summary>
public sealed class ScaledClock : TimeProvider
{
    private readonly DateTimeOffset wallAnchor;
    private readonly DateTimeOffset anchor;
    private readonly double speed;

    public ScaledClock(DateTimeOffset wallAnchor, DateTimeOffset anchor, double speed)
    {
        this.wallAnchor = wallAnchor;
        this.anchor = anchor;
        this.speed = speed;
    }

    public override long TimestampFrequency => (long)(System.TimestampFrequency / speed);

    public override DateTimeOffset GetUtcNow() => anchor + (System.GetUtcNow() - wallAnchor) * speed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(this, System.CreateTimer(callback, state, Scale(dueTime), Scale(period)));

    /// <summary>The clock of a data folder: the system's at speed 1 where none was ever anchored, else continued at the new speed.</summary>
    /// <param name="begin">What a clock that was never anchored shows first; now if left out.</param>
    public static TimeProvider Open(string folder, double speed, DateTimeOffset? begin = null)
    {
        string file = Path.Combine(folder, "clock");
        DateTimeOffset wall = System.GetUtcNow();
        if (!File.Exists(file) && speed == 1 && begin is null)
            return System;
        DateTimeOffset now = begin ?? wall;
        if (File.Exists(file) && File.ReadAllText(file).Split(' ') is [string w, string v, string s])
        {
            ScaledClock last = new(Parse(w), Parse(v), double.Parse(s, CultureInfo.InvariantCulture));
            now = last.GetUtcNow();
        }
        // Aside first: a process that is killed while it writes must not leave a clock that nobody can read, and begin anew.
        File.WriteAllText(file + ".new", string.Create(CultureInfo.InvariantCulture, $"{wall:O} {now:O} {speed:R}"));
        File.Move(file + ".new", file, overwrite: true);
        return new ScaledClock(wall, now, speed);
    }

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private TimeSpan Scale(TimeSpan time) => time == Timeout.InfiniteTimeSpan || time <= TimeSpan.Zero ? time : TimeSpan.FromTicks(Math.Max(1, (long)(time.Ticks / speed)));

    /// <summary>A timer is mostly set after it was made, so that setting must be scaled as well.</summary>
    private sealed class ScaledTimer(ScaledClock clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.Scale(dueTime), clock.Scale(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
