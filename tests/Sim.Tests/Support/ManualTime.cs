namespace Sim.Tests.Support;

/// <summary>A clock that moves only when told; timers that fall due run on the caller's thread, in order of their time.</summary>
public sealed class ManualTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private TimeSpan now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers set and not yet due.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
                return timers.Count;
        }
    }

    public override long GetTimestamp()
    {
        lock (gate)
            return now.Ticks;
    }

    public override DateTimeOffset GetUtcNow() => Start + TimeSpan.FromTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(this, () => callback(state), period);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        TimeSpan end;
        lock (gate)
            end = now + by;
        while (TakeDue(end) is { } due)
            due.Run();
        lock (gate)
            now = end;
    }

    private ManualTimer? TakeDue(TimeSpan end)
    {
        lock (gate)
        {
            if (timers.Where(t => t.Due <= end).MinBy(t => t.Due) is not { } first)
                return null;
            now = first.Due > now ? first.Due : now;
            timers.Remove(first);
            if (first.Period > TimeSpan.Zero)
            {
                first.Due = now + first.Period;
                timers.Add(first);
            }
            return first;
        }
    }

    private sealed class ManualTimer(ManualTime owner, Action run, TimeSpan period) : ITimer
    {
        public TimeSpan Due { get; set; }

        public TimeSpan Period { get; private set; } = period;

        public void Run() => run();

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            lock (owner.gate)
            {
                owner.timers.Remove(this);
                Period = newPeriod;
                if (dueTime < TimeSpan.Zero)
                    return true;
                Due = owner.now + dueTime;
                owner.timers.Add(this);
                return true;
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
