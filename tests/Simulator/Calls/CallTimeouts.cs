namespace Dispatch.Simulator;

/// <summary>The calls of one host that wait for a reply, looked through from time to time for those that have waited too long.</summary>
internal sealed class CallTimeouts : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _limit, _interval;
    private readonly ITimer _timer;
    private Call? _first;
    private bool _armed;

    /// <param name="limit">The wait for methods that state none; looked for at twentieths of it, 10 ms to 1 s.</param>
    public CallTimeouts(TimeProvider clock, TimeSpan limit)
    {
        _clock = clock;
        _limit = limit;
        _interval = TimeSpan.FromMilliseconds(Math.Clamp(limit.TotalMilliseconds / 20, 10, 1000));
        _timer = clock.CreateTimer(static self => ((CallTimeouts)self!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(Call call)
    {
        call.SentAt = _clock.GetTimestamp();
        call.IsPending = true;
        call.Next = _first;
        if (_first is not null)
            _first.Previous = call;
        _first = call;
        Arm();
    }

    public void Remove(Call call)
    {
        if (!call.IsPending)
            return;
        if (call.Previous is not null)
            call.Previous.Next = call.Next;
        else
            _first = call.Next;
        if (call.Next is not null)
            call.Next.Previous = call.Previous;
        (call.Next, call.Previous, call.IsPending) = (null, null, false);
    }

    public void Dispose() => _timer.Dispose();

    private void Arm()
    {
        if (_armed)
            return;
        _armed = true;
        _timer.Change(_interval, Timeout.InfiniteTimeSpan);
    }

    private void Sweep()
    {
        _armed = false;
        List<(Call Call, TimeSpan Limit)> overdue = [];
        for (var call = _first; call is not null; call = call.Next)
        {
            var limit = call.TimeLimit ?? _limit;
            if (_clock.GetElapsedTime(call.SentAt) >= limit)
                overdue.Add((call, limit));
        }
        foreach (var (call, limit) in overdue)
        {
            Remove(call);
            call.TimeOut(limit);
        }
        if (_first is not null)
            Arm();
    }
}
