using Orleans.Serialization.Invocation;

namespace Dispatch.Simulator;

/// <summary>A unit of work that an activation or observer admits by its rules: a call, or the tick of a timer.</summary>
internal abstract class Request
{
    public abstract bool AlwaysInterleaves { get; }

    /// <summary>Whether it belongs to this activation only and ends with it, as a timer's tick does.</summary>
    public abstract bool IsLocal { get; }

    /// <summary>Whether it counts as use of the activation.</summary>
    public abstract bool KeepsAlive { get; }

    /// <summary>Whether its caller has given up waiting, so that it need not start any more.</summary>
    public abstract bool IsExpired { get; }

    /// <summary>Where it runs or waits; set when it is received.</summary>
    public RequestQueue? Executor { get; set; }

    /// <summary>Starts the work in the present turn. A failure is a response, not an exception.</summary>
    public abstract ValueTask<Response> Invoke(ITargetHolder target);

    /// <summary>The work has ended; called once, in a turn of the executor.</summary>
    public abstract void Finished(Response response);

    /// <summary>The work was refused and never started.</summary>
    public abstract void Reject(Exception reason);
}
