using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Dispatch.Simulator;

/// <summary>One living instance of a grain: its turns, its stored records, its timers, its beginning and end.</summary>
internal sealed partial class Activation : RequestQueue, IGrainContext
{
    /// <summary>Marks a conflict that has ended its activation, so that it ends no other that it passes through.</summary>
    private const string ConflictHandled = "Dispatch.Simulator.ConflictHandled";

    private readonly TaskCompletionSource _ended = new();
    private readonly List<ILoadedState> _states = [];
    private readonly HashSet<GrainTimer> _timers = [];
    private readonly CancellationTokenSource _activating;
    private readonly AsyncServiceScope _scope;
    private Stage _stage = Stage.Activating;
    private DeactivationReason _reason;
    private Exception? _activationFailure;
    private object? _instance;
    private bool _wasValid;
    private long _lastUse;

    public Activation(GrainHost host, GrainClass grainClass, GrainId id) : base(host.Scheduler)
    {
        Host = host;
        Class = grainClass;
        GrainId = id;
        _lastUse = host.CoarseNow;
        _scope = host.Services.CreateAsyncScope();
        _activating = new CancellationTokenSource(host.Options.ActivationTimeout, host.Clock);
        Enqueue((Action)(() => _ = ActivateAsync()));
    }

    private enum Stage { Activating, Valid, Deactivating, Invalid }

    public GrainHost Host { get; }
    public GrainClass Class { get; }
    public GrainId GrainId { get; }
    public object? GrainInstance => _instance;
    public GrainReference GrainReference => Host.References.To(Class.Interfaces[0], GrainId);
    public IServiceProvider ActivationServices => _scope.ServiceProvider;
    public Task Deactivated => _ended.Task;

    /// <summary>The activation whose turn is running; null outside of activations.</summary>
    public static new Activation? Current => Running as Activation;

    public override object? GetTarget() => _instance;

    public override string ToString() => $"[{GrainId} on {Host.Name}, {_stage}]";

    public IPersistentState<T> AddState<T>(string name, string? storageName)
    {
        var state = new PersistentState<T>(this, name, ActivationServices.GetRequiredKeyedService<IGrainStorage>(storageName));
        _states.Add(state);
        return state;
    }

    /// <summary>Ends the activation when it has not been used since the given coarse time.</summary>
    public void CollectIfIdle(long usedBefore)
    {
        if (_stage == Stage.Valid && RunningCount == 0 && _lastUse <= usedBefore)
            Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "Not used for the collection age."));
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        if (_stage is Stage.Deactivating or Stage.Invalid)
            return;
        _reason = deactivationReason;
        _wasValid = _stage == Stage.Valid;
        _stage = Stage.Deactivating;
        if (!_wasValid)
            _activating.Cancel();
        else if (RunningCount == 0)
            Enqueue((Action)(() => _ = DeactivateAsync()));
    }

    /// <summary>The process died: nothing of this activation runs any more, no reply leaves, nothing is disposed.</summary>
    public void Crash()
    {
        Abandon();
        _stage = Stage.Invalid;
        DisposeTimers();
        TakeWaiting();
    }

    public IGrainTimer AddTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        var timer = new GrainTimer(this, callback, options);
        if (_stage is Stage.Deactivating or Stage.Invalid)
        {
            timer.Dispose();
            return timer;
        }
        _timers.Add(timer);
        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    public void RemoveTimer(GrainTimer timer) => _timers.Remove(timer);

    protected override Admission Accepts(Request request) => _stage switch
    {
        Stage.Valid => Admission.Now,
        Stage.Invalid => Admission.Refused,
        // The timers are about to be disposed with the activation; a tick is not handed on.
        Stage.Deactivating when request.IsLocal => Admission.Refused,
        _ => Admission.Later,
    };

    protected override void Ended(Request request)
    {
        if (request.KeepsAlive)
            _lastUse = Host.CoarseNow;
        if (_stage == Stage.Valid)
            StartWaiting();
        else if (_stage == Stage.Deactivating && RunningCount == 0)
            Enqueue((Action)(() => _ = DeactivateAsync()));
    }

    protected override void Failed(Exception failure)
    {
        if (failure is not InconsistentStateException conflict || conflict.Data.Contains(ConflictHandled))
            return;
        conflict.Data[ConflictHandled] = true;
        Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, conflict, "The stored state was changed elsewhere."));
    }

    private async Task ActivateAsync()
    {
        try
        {
            _instance = Class.Create(this);
            foreach (var state in _states)
                await state.ReadStateAsync(_activating.Token);
            if (_instance is IGrainBase grain)
                await grain.OnActivateAsync(_activating.Token).WaitAsync(_activating.Token);
        }
        catch (Exception failure)
        {
            _activationFailure = failure;
            LogActivationFailed(Host.Log, failure, GrainId);
        }

        _activating.CancelAfter(Timeout.InfiniteTimeSpan);
        if (_stage == Stage.Activating && _activationFailure is null)
        {
            _stage = Stage.Valid;
            StartWaiting();
            return;
        }
        if (_stage == Stage.Activating)
        {
            _stage = Stage.Deactivating;
            _reason = new DeactivationReason(DeactivationReasonCode.ActivationFailed, _activationFailure!, "Activation failed.");
        }
        await DeactivateAsync();
    }

    private async Task DeactivateAsync()
    {
        DisposeTimers();
        try
        {
            if (_wasValid && _instance is IGrainBase grain)
            {
                using var limit = new CancellationTokenSource(Host.Options.DeactivationTimeout, Host.Clock);
                await grain.OnDeactivateAsync(_reason, limit.Token).WaitAsync(limit.Token);
            }
        }
        catch (Exception failure)
        {
            LogDeactivationFailed(Host.Log, failure, GrainId);
        }

        _stage = Stage.Invalid;
        Host.Forget(this);
        await DisposeInstanceAsync();
        _ended.TrySetResult();

        foreach (var request in TakeWaiting())
        {
            if (request is not Call call)
                continue;
            if (_activationFailure is not null)
                call.Reject(_activationFailure);
            else
                Host.Network.SendRequest(Host, call);
        }
    }

    private void DisposeTimers()
    {
        GrainTimer[] timers = [.. _timers];
        _timers.Clear();
        foreach (var timer in timers)
            timer.Dispose();
    }

    private async Task DisposeInstanceAsync()
    {
        try
        {
            if (_instance is IAsyncDisposable asyncDisposable)
                await asyncDisposable.DisposeAsync();
            else
                (_instance as IDisposable)?.Dispose();
            await _scope.DisposeAsync();
        }
        catch (Exception failure)
        {
            LogDisposalFailed(Host.Log, failure, GrainId);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Grain {Grain} failed to activate; the waiting calls fail with it.")]
    private static partial void LogActivationFailed(ILogger log, Exception failure, GrainId grain);

    [LoggerMessage(Level = LogLevel.Error, Message = "OnDeactivateAsync of grain {Grain} failed; it is deactivated all the same.")]
    private static partial void LogDeactivationFailed(ILogger log, Exception failure, GrainId grain);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Disposing grain {Grain} failed.")]
    private static partial void LogDisposalFailed(ILogger log, Exception failure, GrainId grain);
}
