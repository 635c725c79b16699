namespace Dispatch.Simulator;

/// <summary>
/// The queues that have a turn to run, and the seed's choice among them. Everything happens on the one thread that drives the
/// simulation.
/// </summary>
internal sealed class TurnScheduler(SeededRandom random)
{
    private readonly List<TurnQueue> _ready = [];
    private volatile int _thread;
    private string? _escape;

    public bool HasReady => _ready.Count > 0;

    /// <summary>Where work came back from another thread; null when it never did.</summary>
    public string? Escape => Volatile.Read(ref _escape);

    /// <summary>Makes this thread the driving one, until disposed.</summary>
    public Driving Drive() => new(this);

    public readonly struct Driving : IDisposable
    {
        private readonly TurnScheduler _scheduler;
        private readonly int _before;

        public Driving(TurnScheduler scheduler)
        {
            (_scheduler, _before) = (scheduler, scheduler._thread);
            scheduler._thread = Environment.CurrentManagedThreadId;
        }

        public void Dispose() => _scheduler._thread = _before;
    }

    /// <summary>False, and noted as an escape, on any thread but the driving one: nothing may be touched from there.</summary>
    public bool IsInside()
    {
        if (Environment.CurrentManagedThreadId == _thread)
            return true;
        Volatile.Write(ref _escape, Environment.StackTrace);
        return false;
    }

    public void Schedule(TurnQueue queue) => _ready.Add(queue);

    public TurnQueue TakeReady()
    {
        var chosen = random.Next(_ready.Count);
        var queue = _ready[chosen];
        _ready[chosen] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        return queue;
    }
}
