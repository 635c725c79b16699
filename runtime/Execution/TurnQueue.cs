namespace Dispatch.Runtime;

/// <summary>
/// Runs turns one at a time: the task scheduler every await of an activation comes back to. A turn is the stretch
/// between two suspensions.
/// </summary>
internal abstract class TurnQueue(TurnDispatcher dispatcher) : TaskScheduler, IThreadPoolWorkItem
{
    private static readonly Action<object?> DrainSlot = static queue => ((TurnQueue)queue!).Drain();

    private readonly Queue<object> _turns = new();
    private bool _scheduled, _abandoned;
    private Task? _slot;

    /// <summary>Guards the queue and, in subclasses, the admission of requests.</summary>
    protected Lock Gate { get; } = new();

    protected TurnDispatcher Dispatcher { get; } = dispatcher;

    /// <summary>The queue whose turn this is; null outside of turns.</summary>
    public static TurnQueue? Running => TaskScheduler.Current as TurnQueue;

    public sealed override int MaximumConcurrencyLevel => 1;

    public bool IsIdle
    {
        get
        {
            lock (Gate)
                return _turns.Count == 0 && !_scheduled;
        }
    }

    void IThreadPoolWorkItem.Execute() => RunSlot();

    /// <summary>
    /// Runs some turns. They are nested in one task of this scheduler, because only inside such a task does an
    /// await find its way back; the task is new each time, so that no caller's ambient values reach a grain.
    /// </summary>
    public void RunSlot()
    {
        _slot = new Task(DrainSlot, this);
        _slot.RunSynchronously(this);
    }

    /// <summary>Never again runs anything: what a crash does to the turns in flight.</summary>
    protected void Abandon()
    {
        lock (Gate)
        {
            _abandoned = true;
            _turns.Clear();
        }
    }

    protected void Enqueue(object turn)
    {
        bool schedule;
        lock (Gate)
            schedule = EnqueueLocked(turn);
        if (schedule)
            Dispatcher.Schedule(this);
    }

    /// <summary>To be called with the gate held.</summary>
    /// <returns>Whether the caller must schedule the queue once it has let go of the gate.</returns>
    protected bool EnqueueLocked(object turn)
    {
        if (_abandoned)
            return false;
        _turns.Enqueue(turn);
        if (_scheduled)
            return false;
        return _scheduled = true;
    }

    /// <summary>Runs a turn that is not a task. Must not throw.</summary>
    protected abstract void Run(object turn);

    protected sealed override void QueueTask(Task task) => Enqueue(task);

    protected sealed override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        (ReferenceEquals(task, _slot) || (!taskWasPreviouslyQueued && !_abandoned && ReferenceEquals(Running, this)))
        && TryExecuteTask(task);

    protected sealed override IEnumerable<Task> GetScheduledTasks()
    {
        lock (Gate)
            return [.. _turns.OfType<Task>()];
    }

    private void Drain()
    {
        var ambient = ExecutionContext.Capture();
        for (var left = Dispatcher.TurnsPerSlot; ; left--)
        {
            object? turn;
            lock (Gate)
            {
                if (!_turns.TryPeek(out turn))
                {
                    _scheduled = false;
                    return;
                }
                if (left > 0)
                    _turns.Dequeue();
            }

            if (left == 0)
            {
                Dispatcher.Schedule(this);
                return;
            }

            if (turn is Task task)
            {
                TryExecuteTask(task);
            }
            else
            {
                Run(turn);
                if (ambient is not null && !ReferenceEquals(ExecutionContext.Capture(), ambient))
                    ExecutionContext.Restore(ambient);
            }
        }
    }
}
