namespace Dispatch.Simulator;

/// <summary>
/// Runs turns one at a time: the task scheduler that every await of an activation resumes on. A turn is the stretch
/// between two suspensions.
/// </summary>
internal abstract class TurnQueue(TurnScheduler scheduler) : TaskScheduler
{
    private static readonly Action<object?> RunSlot = static queue => ((TurnQueue)queue!).Run(((TurnQueue)queue)._turn!);

    private readonly Queue<object> _turns = new();
    private bool _scheduled, _abandoned;
    private Task? _slot;
    private object? _turn;

    protected TurnScheduler Scheduler { get; } = scheduler;

    /// <summary>The queue whose turn is running; null outside of turns.</summary>
    public static TurnQueue? Running => TaskScheduler.Current as TurnQueue;

    public sealed override int MaximumConcurrencyLevel => 1;

    /// <summary>
    /// Runs one turn. What is not a task is wrapped into one of this scheduler, because only inside a task does an await find
    /// its way back; the wrapper is new each time, so that no ambient value of one caller reaches another.
    /// </summary>
    public void RunTurn()
    {
        if (!_turns.TryDequeue(out var turn))
        {
            _scheduled = false;
            return;
        }
        if (turn is Task task)
        {
            TryExecuteTask(task);
        }
        else
        {
            (_turn, _slot) = (turn, new Task(RunSlot, this));
            _slot.RunSynchronously(this);
        }
        if (_turns.Count > 0)
            Scheduler.Schedule(this);
        else
            _scheduled = false;
    }

    /// <summary>Never again runs anything: a crash ends the turns in flight.</summary>
    protected void Abandon()
    {
        _abandoned = true;
        _turns.Clear();
    }

    protected void Enqueue(object turn)
    {
        if (!Scheduler.IsInside() || _abandoned)
            return;
        _turns.Enqueue(turn);
        if (_scheduled)
            return;
        _scheduled = true;
        Scheduler.Schedule(this);
    }

    /// <summary>Runs a turn that is not a task. Must not throw.</summary>
    protected abstract void Run(object turn);

    protected sealed override void QueueTask(Task task) => Enqueue(task);

    protected sealed override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        (ReferenceEquals(task, _slot) || (!taskWasPreviouslyQueued && !_abandoned && ReferenceEquals(Running, this)))
        && TryExecuteTask(task);

    protected sealed override IEnumerable<Task> GetScheduledTasks() => _turns.OfType<Task>();
}
