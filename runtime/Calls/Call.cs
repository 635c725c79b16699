using Microsoft.Extensions.Logging;

namespace Dispatch.Runtime;

/// <summary>
/// One call: the request on its way to the target and the promise its caller waits for. Both ends live in this
/// process; the dispatcher decides when, and in the simulator whether, either part arrives.
/// </summary>
internal abstract partial class Call(GrainMethod method, GrainReference reference, GrainHost origin, Activation? caller, object?[] arguments) : Request
{
    private CancellationTokenSource? _cancellation;
    private Exception? _failure;

    public GrainMethod Method { get; } = method;
    public GrainReference Reference { get; } = reference;
    public GrainId Target => Reference.GrainId;
    public GrainHost Origin { get; } = origin;
    public Activation? Caller { get; } = caller;
    public object?[] Arguments { get; } = arguments;

    /// <summary>When it was sent, by the origin's clock; and its neighbours among the calls waiting for a reply.</summary>
    public long SentAt { get; set; }
    public Call? Next { get; set; }
    public Call? Previous { get; set; }
    public int Stripe { get; set; } = -1;

    public override bool AlwaysInterleaves => Method.AlwaysInterleaves;
    public override bool IsReadOnly => Method.IsReadOnly;
    public override bool IsLocal => false;
    public override bool KeepsAlive => true;

    protected Dictionary<string, object>? Ambient { get; } = RequestContext.Capture();
    protected CancellationTokenRegistration CallerCancellation { get; set; }

    public override Task Invoke(object target)
    {
        if (Ambient is not null)
            RequestContext.Import(Ambient);
        var activation = Executor as Activation;
        var filters = activation?.Host.IncomingFilters ?? [];
        return filters.Length == 0 && target is not IIncomingGrainCallFilter
            ? Method.Invoke(target, Arguments)
            : InvokeFilteredAsync(activation!, target, filters);
    }

    public override void Finished(Task outcome)
    {
        if (outcome.IsCompletedSuccessfully)
            Keep(outcome);
        else
            _failure = FailureOf(outcome);

        if (!Method.IsOneWay)
            Origin.Dispatcher.SendReply(this);
        else if (_failure is not null)
            LogOneWayFailed(Origin.Log, _failure, Method, Target);
    }

    public override void Reject(Exception reason)
    {
        _failure = reason;
        if (!Method.IsOneWay)
            Origin.Dispatcher.SendReply(this);
        else
            LogOneWayFailed(Origin.Log, reason, Method, Target);
    }

    /// <summary>The reply has arrived at the caller.</summary>
    public void Settle()
    {
        Origin.Timeouts.Remove(this);
        CallerCancellation.Dispose();
        if (_failure is null)
            Succeed();
        else
            Fail(_failure);
    }

    public void TimeOut(TimeSpan limit)
    {
        CallerCancellation.Dispose();
        Origin.Dispatcher.TimedOut(this);
        Fail(new TimeoutException($"No reply within {limit} from {Method} of {Target}; whether it took effect is unknown."));
    }

    /// <summary>How long its caller has waited by now.</summary>
    public TimeSpan Waited => Origin.Clock.GetElapsedTime(SentAt);

    /// <summary>The caller no longer waits; the target is told.</summary>
    public void CancelByCaller(CancellationToken token)
    {
        Origin.Timeouts.Remove(this);
        Fail(new OperationCanceledException(token));
        Origin.Dispatcher.SendCancellation(this);
    }

    /// <summary>Word of the cancellation has reached the target: a waiting call never starts, a running one sees its token.</summary>
    public void CancelAtTarget()
    {
        if (Executor is not { } executor || executor.TryWithdraw(this))
            return;
        Task.Factory.StartNew(
            static source => ((CancellationTokenSource)source!).Cancel(), _cancellation,
            CancellationToken.None, TaskCreationOptions.None, executor);
    }

    /// <summary>Gives the target a token of its own, which is cancelled in the target's turns.</summary>
    protected CancellationToken ReplaceCancellation()
    {
        var token = (CancellationToken)Arguments[Method.CancellationArgument]!;
        if (!token.CanBeCanceled || token.IsCancellationRequested)
            return token;
        _cancellation = new CancellationTokenSource();
        Arguments[Method.CancellationArgument] = _cancellation.Token;
        return token;
    }

    protected abstract void Keep(Task outcome);

    protected abstract void Keep(object? result);

    protected abstract void Succeed();

    protected abstract void Fail(Exception failure);

    private async Task InvokeFilteredAsync(Activation activation, object target, IIncomingGrainCallFilter[] filters)
    {
        var context = new IncomingCallContext(this, filters, activation, target);
        await context.Invoke();
        Keep(context.Result);
    }

    private static Exception FailureOf(Task outcome)
    {
        if (outcome.IsFaulted)
            return outcome.Exception.InnerException!;
        try
        {
            outcome.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException cancelled)
        {
            return cancelled;
        }
        return new TaskCanceledException(outcome);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "One-way call {Method} of {Target} failed; nobody is told.")]
    private static partial void LogOneWayFailed(ILogger log, Exception failure, GrainMethod method, GrainId target);
}

/// <inheritdoc/>
internal sealed class Call<T> : Call
{
    private readonly TaskCompletionSource<T>? _promise;
    private T _result = default!;

    public Call(GrainMethod<T> method, GrainReference reference, GrainHost origin, Activation? caller, object?[] arguments)
        : base(method, reference, origin, caller, arguments) =>
        _promise = method.IsOneWay ? null : new TaskCompletionSource<T>(origin.Dispatcher.PromiseOptions);

    public Task<T> Send()
    {
        if (_promise is null)
        {
            Origin.Dispatcher.SendRequest(Origin, this);
            return GrainMethod<T>.NoReply;
        }

        var token = CancellationToken.None;
        if (Method.CancellationArgument >= 0)
        {
            token = ReplaceCancellation();
            if (token.IsCancellationRequested)
                return Task.FromCanceled<T>(token);
        }

        Origin.Timeouts.Add(this);
        Origin.Dispatcher.SendRequest(Origin, this);
        if (token.CanBeCanceled)
        {
            CallerCancellation = token.UnsafeRegister(static (call, cancelled) => ((Call)call!).CancelByCaller(cancelled), this);
            // The reply may have come before there was anything to dispose.
            if (_promise.Task.IsCompleted)
                CallerCancellation.Dispose();
        }
        return _promise.Task;
    }

    protected override void Keep(Task outcome)
    {
        if (outcome is not Task<T> typed)
            return;
        if (Method.ReturnsAddressable)
            Keep((object?)typed.Result);
        else
            _result = typed.Result;
    }

    protected override void Keep(object? result) =>
        _result = GrainMethod<T>.Unbox(Method.ReturnsAddressable ? GrainMethod.Refer(result, typeof(T)) : result);

    protected override void Succeed() => _promise!.TrySetResult(_result);

    protected override void Fail(Exception failure)
    {
        if (failure is OperationCanceledException { CancellationToken.IsCancellationRequested: true } cancelled)
            _promise!.TrySetCanceled(cancelled.CancellationToken);
        else
            _promise!.TrySetException(failure);
    }
}
