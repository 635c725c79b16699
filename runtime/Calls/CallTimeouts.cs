namespace Dispatch.Runtime;

/// <summary>
/// The calls waiting for a reply, looked through from time to time for those that have waited too long. Kept in
/// several lists so that threads do not meet at one lock.
/// </summary>
internal sealed class CallTimeouts : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _limit, _interval;
    private readonly ITimer _timer;
    private readonly (Lock Gate, StrongBox First)[] _pending;
    private int _armed;

    /// <param name="limit">The wait for methods that state none; looked for at twentieths of it, 10 ms to 1 s.</param>
    /// <param name="stripes">How many lists.</param>
    public CallTimeouts(TimeProvider clock, TimeSpan limit, int stripes)
    {
        _pending = [.. Enumerable.Range(0, stripes).Select(_ => (new Lock(), new StrongBox()))];
        _clock = clock;
        _limit = limit;
        _interval = TimeSpan.FromMilliseconds(Math.Clamp(limit.TotalMilliseconds / 20, 10, 1000));
        _timer = clock.CreateTimer(static self => ((CallTimeouts)self!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private sealed class StrongBox
    {
        public Call? First;
    }

    public void Add(Call call)
    {
        call.SentAt = _clock.GetTimestamp();
        call.Stripe = Environment.CurrentManagedThreadId % _pending.Length;
        var (gate, list) = _pending[call.Stripe];
        lock (gate)
        {
            call.Next = list.First;
            if (list.First is not null)
                list.First.Previous = call;
            list.First = call;
        }
        if (Volatile.Read(ref _armed) == 0 && Interlocked.Exchange(ref _armed, 1) == 0)
            _timer.Change(_interval, Timeout.InfiniteTimeSpan);
    }

    public void Remove(Call call)
    {
        if (call.Stripe < 0)
            return;
        var (gate, list) = _pending[call.Stripe];
        lock (gate)
            Unlink(call, list);
    }

    public void Dispose() => _timer.Dispose();

    private static void Unlink(Call call, StrongBox list)
    {
        if (call.Previous is not null)
            call.Previous.Next = call.Next;
        else if (ReferenceEquals(list.First, call))
            list.First = call.Next;
        else
            return;
        if (call.Next is not null)
            call.Next.Previous = call.Previous;
        call.Next = call.Previous = null;
    }

    private void Sweep()
    {
        Volatile.Write(ref _armed, 0);
        var any = false;
        var overdue = new List<(Call Call, TimeSpan Limit)>();
        foreach (var (gate, list) in _pending)
        {
            lock (gate)
            {
                for (var call = list.First; call is not null;)
                {
                    var next = call.Next;
                    var limit = call.Method.ResponseTimeout ?? _limit;
                    if (_clock.GetElapsedTime(call.SentAt) >= limit)
                    {
                        Unlink(call, list);
                        overdue.Add((call, limit));
                    }
                    call = next;
                }
                any |= list.First is not null;
            }
        }
        foreach (var (call, limit) in overdue)
            call.TimeOut(limit);
        if (any && Interlocked.Exchange(ref _armed, 1) == 0)
            _timer.Change(_interval, Timeout.InfiniteTimeSpan);
    }
}
