using Microsoft.Extensions.Logging;
using Orleans.CodeGeneration;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Dispatch.Simulator;

/// <summary>
/// One call: the request on its way to the target, and the reply that its caller waits for. The network decides when,
/// and whether, either arrives.
/// </summary>
internal abstract partial class Call(IInvokable body, InvokeMethodOptions options, GrainId target, GrainHost origin, Activation? caller)
    : Request
{
    private Response? _response;

    public IInvokable Body { get; } = body;
    public GrainId Target { get; } = target;
    public GrainHost Origin { get; } = origin;
    public Activation? Caller { get; } = caller;
    public TimeSpan? TimeLimit { get; } = body.GetDefaultResponseTimeout();
    public bool IsOneWay { get; } = (options & InvokeMethodOptions.OneWay) != 0;

    /// <summary>The machine that the request went to; null while it goes nowhere.</summary>
    public Machine? SentTo { get; set; }

    /// <summary>When it was sent, by the origin's clock; and its neighbors among the calls waiting for a reply.</summary>
    public long SentAt { get; set; }
    public Call? Next { get; set; }
    public Call? Previous { get; set; }
    public bool IsPending { get; set; }

    public override bool AlwaysInterleaves => (options & InvokeMethodOptions.AlwaysInterleave) != 0;
    public override bool IsLocal => false;
    public override bool KeepsAlive => true;

    /// <summary>As in Orleans, a call is not started once its time limit is over; a one-way call has none.</summary>
    public override bool IsExpired => !IsOneWay && Waited >= (TimeLimit ?? Origin.Options.ResponseTimeout);

    /// <summary>How long its caller has waited by now.</summary>
    public TimeSpan Waited => Origin.Clock.GetElapsedTime(SentAt);

    protected CancellationTokenRegistration CallerCancellation { get; set; }

    public override string ToString() => $"{Body.GetInterfaceType().Name}.{Body.GetMethodName()}";

    public override async ValueTask<Response> Invoke(ITargetHolder target)
    {
        Body.SetTarget(target);
        if (target is Activation { Host.Filters: { Length: > 0 } filters } activation)
            return await new IncomingCall(this, activation, filters).Run();
        return OrleansTypes.ResponseCopier.Copy(await Body.Invoke())!;
    }

    public override void Finished(Response response)
    {
        _response = response;
        if (!IsOneWay)
            Origin.Network.SendReply(this);
        else if (response.Exception is { } failure)
            LogOneWayFailed(Origin.Log, failure, ToString(), Target);
    }

    public override void Reject(Exception reason) => Finished(Response.FromException(reason));

    /// <summary>The reply has arrived at the caller.</summary>
    public void Settle()
    {
        Origin.Timeouts.Remove(this);
        CallerCancellation.Dispose();
        Complete(_response!);
    }

    public void TimeOut(TimeSpan limit)
    {
        CallerCancellation.Dispose();
        Origin.Network.TimedOut(this);
        var failure = new TimeoutException($"No reply within {limit} from {this} of {Target}; whether it took effect is unknown.");
        Complete(Response.FromException(failure));
    }

    /// <summary>The caller no longer waits; the target is told.</summary>
    public void CancelByCaller(CancellationToken token)
    {
        Origin.Timeouts.Remove(this);
        Complete(Response.FromException(new OperationCanceledException(token)));
        Origin.Network.SendCancellation(this);
    }

    /// <summary>The cancellation has reached the target: a waiting call never starts, a running one sees its token.</summary>
    public void CancelAtTarget()
    {
        if (Executor is not { } executor || executor.TryWithdraw(this))
            return;
        Task.Factory.StartNew(
            static body => ((IInvokable)body!).TryCancel(), Body, CancellationToken.None, TaskCreationOptions.None, executor);
    }

    protected abstract void Complete(Response response);

    [LoggerMessage(Level = LogLevel.Error, Message = "One-way call {Method} of {Target} failed; its caller is not told.")]
    private static partial void LogOneWayFailed(ILogger log, Exception failure, string method, GrainId target);
}

/// <inheritdoc/>
internal sealed class Call<T>(IInvokable body, InvokeMethodOptions options, GrainId target, GrainHost origin, Activation? caller)
    : Call(body, options, target, origin, caller)
{
    private readonly TaskCompletionSource<T?> _reply = new();

    /// <returns>The reply; null where none is waited for.</returns>
    public Task<T?>? Send(CancellationToken token)
    {
        if (IsOneWay)
        {
            Origin.Network.SendRequest(Origin, this);
            return null;
        }
        Origin.Timeouts.Add(this);
        Origin.Network.SendRequest(Origin, this);
        if (token.CanBeCanceled)
            CallerCancellation = token.UnsafeRegister(static (call, canceled) => ((Call)call!).CancelByCaller(canceled), this);
        return _reply.Task;
    }

    protected override void Complete(Response response)
    {
        if (response.Exception is { } failure)
            _reply.TrySetException(failure);
        else
            _reply.TrySetResult(response is Response<T> typed ? typed.TypedResult : (T?)response.Result);
    }
}
