namespace Dispatch.Runtime.Simulation;

/// <summary>What is to happen at a virtual time. Equal times happen in the order asked for.</summary>
internal sealed class Agenda(DateTimeOffset start)
{
    private readonly PriorityQueue<Entry, (long Ticks, long Order)> _entries = new();
    private long _order;

    public sealed class Entry(Action action)
    {
        public Action? Action { get; set; } = action;
    }

    public DateTimeOffset Start { get; } = start;

    /// <summary>Virtual time since the start.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>When the next thing happens; null when nothing is left. Time stands still while it is now.</summary>
    public TimeSpan? Next
    {
        get
        {
            while (_entries.TryPeek(out var entry, out var at))
            {
                if (entry.Action is not null)
                    return TimeSpan.FromTicks(at.Ticks);
                _entries.Dequeue();
            }
            return null;
        }
    }

    public Entry Add(TimeSpan after, Action action)
    {
        var entry = new Entry(action);
        _entries.Enqueue(entry, ((Elapsed + after).Ticks, _order++));
        return entry;
    }

    /// <summary>Moves to the time of the next entry and does it.</summary>
    public void Advance()
    {
        if (Next is not { } at)
            return;
        Elapsed = at;
        _entries.Dequeue().Action!();
    }

    public void MoveTo(TimeSpan elapsed)
    {
        if (elapsed > Elapsed)
            Elapsed = elapsed;
    }
}

/// <summary>Virtual time, seen from one host whose clock may be off. Only the time of day is off, not durations.</summary>
internal sealed class SimulatedClock(Agenda agenda, TimeSpan skew) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => agenda.Start + agenda.Elapsed + skew;

    public override long GetTimestamp() => agenda.Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(agenda, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(Agenda agenda, Action callback) : ITimer
    {
        private Agenda.Entry? _next;
        private TimeSpan _period;
        private bool _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_disposed)
                return false;
            if (_next is not null)
                _next.Action = null;
            _period = period;
            _next = dueTime == Timeout.InfiniteTimeSpan ? null : agenda.Add(dueTime, Fire);
            return true;
        }

        public void Dispose()
        {
            Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _disposed = true;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire()
        {
            _next = _period > TimeSpan.Zero ? agenda.Add(_period, Fire) : null;
            callback();
        }
    }
}
