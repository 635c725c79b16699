namespace Dispatch.Runtime;

/// <summary>
/// The one seam through which everything is scheduled: when a turn runs, and how a message travels. In production
/// turns go to the thread pool and messages arrive at once; the simulator decides both from its seed.
/// </summary>
internal abstract class TurnDispatcher
{
    /// <summary>
    /// Whether nothing may depend on the machine, its threads or its garbage collector: then the pool is never used,
    /// turns are scheduled singly, and observers are held.
    /// </summary>
    public abstract bool IsDeterministic { get; }

    /// <summary>How many turns one queue may run before the others get theirs.</summary>
    public int TurnsPerSlot => IsDeterministic ? 1 : 64;

    /// <summary>How replies resume a caller that named no place to resume.</summary>
    public TaskCreationOptions PromiseOptions => IsDeterministic ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously;

    /// <summary>What "one per processor" means.</summary>
    public int Processors => IsDeterministic ? 2 : Environment.ProcessorCount;

    /// <summary>Has <see cref="TurnQueue.RunSlot"/> called, once, soon, on a thread that runs nothing of that queue.</summary>
    public abstract void Schedule(TurnQueue queue);

    public abstract void SendRequest(GrainHost from, Call call);

    public abstract void SendReply(Call call);

    public abstract void SendCancellation(Call call);

    /// <summary>A caller has waited for as long as a call may take.</summary>
    public virtual void TimedOut(Call call) { }
}

/// <summary>The production dispatcher.</summary>
internal sealed class ThreadPoolDispatcher : TurnDispatcher
{
    public override bool IsDeterministic => false;

    public override void Schedule(TurnQueue queue) => ThreadPool.UnsafeQueueUserWorkItem(queue, preferLocal: true);

    public override void SendRequest(GrainHost from, Call call) => from.Deliver(call);

    public override void SendReply(Call call) => call.Settle();

    public override void SendCancellation(Call call) => call.CancelAtTarget();
}
