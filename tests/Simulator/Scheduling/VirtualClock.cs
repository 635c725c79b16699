namespace Dispatch.Simulator;

/// <summary>Virtual time as one host sees it. Skew shifts the time of day only; durations and timers are exact.</summary>
internal sealed class VirtualClock(Agenda agenda, TimeSpan skew) : TimeProvider
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
