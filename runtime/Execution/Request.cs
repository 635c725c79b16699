namespace Dispatch.Runtime;

/// <summary>A unit of work that an activation or observer admits by its rules: a call, or the tick of a timer.</summary>
internal abstract class Request
{
    public abstract bool AlwaysInterleaves { get; }

    public abstract bool IsReadOnly { get; }

    /// <summary>Whether it belongs to this activation only and dies with it, as a timer's tick does.</summary>
    public abstract bool IsLocal { get; }

    /// <summary>Whether it counts as use of the activation.</summary>
    public abstract bool KeepsAlive { get; }

    /// <summary>Where it runs or waits; set when it is received.</summary>
    public RequestQueue? Executor { get; set; }

    /// <summary>Starts the work in the present turn.</summary>
    public abstract Task Invoke(object target);

    /// <summary>The work has ended, one way or the other; called once, in a turn of the executor.</summary>
    public abstract void Finished(Task outcome);

    /// <summary>The work was refused and never started.</summary>
    public abstract void Reject(Exception reason);
}

/// <summary>Something requests can be delivered to.</summary>
internal interface IRequestTarget
{
    /// <returns>False when it no longer takes any: deliver to its successor.</returns>
    bool TryReceive(Request request);
}
