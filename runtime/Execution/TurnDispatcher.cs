namespace Dispatch.Runtime;

/// <summary>
/// The one seam through which everything is scheduled: when a turn runs, and how a message travels. In production
/// turns go to the thread pool and messages arrive at once; the simulator decides both from its seed.
/// </summary>
internal abstract class TurnDispatcher
{
    /// <summary>How many turns one queue may run before the others get theirs.</summary>
    public abstract int TurnsPerSlot { get; }

    /// <summary>How replies resume a caller: on the pool, or in the order the simulator keeps.</summary>
    public abstract TaskCreationOptions PromiseOptions { get; }

    /// <summary>What "one per processor" means.</summary>
    public abstract int Processors { get; }

    /// <summary>Has <see cref="TurnQueue.RunSlot"/> called, once, soon, on a thread that runs nothing of that queue.</summary>
    public abstract void Schedule(TurnQueue queue);

    public abstract void SendRequest(GrainHost from, Call call);

    public abstract void SendReply(Call call);

    public abstract void SendCancellation(Call call);
}

/// <summary>The production dispatcher.</summary>
internal sealed class ThreadPoolDispatcher : TurnDispatcher
{
    public override int TurnsPerSlot => 64;

    public override TaskCreationOptions PromiseOptions => TaskCreationOptions.RunContinuationsAsynchronously;

    public override int Processors => Environment.ProcessorCount;

    public override void Schedule(TurnQueue queue) => ThreadPool.UnsafeQueueUserWorkItem(queue, preferLocal: true);

    public override void SendRequest(GrainHost from, Call call) => from.Deliver(call);

    public override void SendReply(Call call) => call.Settle();

    public override void SendCancellation(Call call) => call.CancelAtTarget();
}
