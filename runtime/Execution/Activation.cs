using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatch.Runtime;

/// <summary>One living instance of a grain: its turns, its stored records, its timers, its beginning and end.</summary>
internal sealed partial class Activation : RequestQueue, IGrainContext
{
    [ThreadStatic]
    private static Activation? _constructing;

    private readonly TaskCompletionSource _ended = new();
    private readonly List<IActivationState> _states = [];
    private readonly HashSet<GrainTimer> _timers = [];
    private readonly CancellationTokenSource _activating;
    private AsyncServiceScope _scope;
    private Stage _stage = Stage.Activating;
    private DeactivationReason _reason;
    private Exception? _activationFailure;
    private bool _wasValid;
    private long _lastUse;
    private DateTimeOffset _keepUntil;

    public Activation(GrainHost host, GrainClass grainClass, GrainId id) : base(host.Dispatcher)
    {
        Host = host;
        Class = grainClass;
        GrainId = id;
        _lastUse = host.CoarseNow;
        _scope = host.Services.CreateAsyncScope();
        _activating = new CancellationTokenSource(host.Options.ActivationTimeout, host.Clock);
        Enqueue((Action)(() => ActivateAsync().Forget()));
    }

    private enum Stage { Activating, Valid, Deactivating, Invalid }

    public GrainHost Host { get; }
    public GrainClass Class { get; }
    public GrainId GrainId { get; }
    public object? GrainInstance { get; private set; }
    public IServiceProvider ActivationServices => _scope.ServiceProvider;
    public Task Deactivated => _ended.Task;

    /// <summary>The activation whose turn this is; null outside.</summary>
    public static new Activation? Current => Running as Activation;

    /// <summary>The activation whose instance is being made on this thread.</summary>
    public static Activation Constructing => _constructing
        ?? throw new InvalidOperationException("Grains are made by their host: call one through a reference from IGrainFactory.");

    protected override bool IsReentrant => Class.IsReentrant;

    protected override object? Target => GrainInstance;

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override string ToString() => $"[{GrainId} on {Host.Name}, {_stage}]";

    public IPersistentState<T> AddState<T>(string name, string? storageName)
    {
        var state = new PersistentState<T>(this, name, storageName, ActivationServices);
        _states.Add(state);
        return state;
    }

    public void KeepAliveFor(TimeSpan span) => _keepUntil = span == Timeout.InfiniteTimeSpan || span == TimeSpan.MaxValue
        ? DateTimeOffset.MaxValue
        : span <= TimeSpan.Zero ? DateTimeOffset.MinValue : Host.Clock.GetUtcNow() + span;

    /// <summary>Ends the activation when it has not been used since the given coarse time.</summary>
    public void CollectIfIdle(long usedBefore)
    {
        lock (Gate)
        {
            if (_stage != Stage.Valid || RunningCount > 0 || _lastUse > usedBefore || _keepUntil > Host.Clock.GetUtcNow())
                return;
        }
        Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "Not used for the collection age."));
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        bool schedule = false, cancel = false;
        lock (Gate)
        {
            if (_stage is Stage.Deactivating or Stage.Invalid)
                return;
            _reason = deactivationReason;
            _wasValid = _stage == Stage.Valid;
            cancel = _stage == Stage.Activating;
            _stage = Stage.Deactivating;
            if (_wasValid && RunningCount == 0)
                schedule = EnqueueLocked((Action)(() => DeactivateAsync().Forget()));
        }
        if (cancel)
            _activating.Cancel();
        if (schedule)
            Dispatcher.Schedule(this);
    }

    /// <summary>The process died: nothing of this activation runs any more, no reply leaves, nothing is disposed.</summary>
    public void Crash()
    {
        Abandon();
        GrainTimer[] timers;
        lock (Gate)
        {
            _stage = Stage.Invalid;
            timers = [.. _timers];
            _timers.Clear();
        }
        foreach (var timer in timers)
            timer.Dispose();
        TakeWaiting();
    }

    public IGrainTimer AddTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        GrainTimer.Validate(options.DueTime, options.Period);
        var timer = new GrainTimer(this, callback, options);
        lock (Gate)
        {
            if (_stage is Stage.Deactivating or Stage.Invalid)
            {
                timer.Dispose();
                return timer;
            }
            _timers.Add(timer);
        }
        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    public void RemoveTimer(GrainTimer timer)
    {
        lock (Gate)
            _timers.Remove(timer);
    }

    protected override Admission Accepts(Request request) => _stage switch
    {
        Stage.Valid => Admission.Now,
        Stage.Invalid => Admission.Refused,
        // The timers are about to be disposed with the activation; a tick is not handed on.
        Stage.Deactivating when request.IsLocal => Admission.Refused,
        _ => Admission.Later,
    };

    protected override bool EndedLocked(Request request)
    {
        if (request.KeepsAlive)
            _lastUse = Host.CoarseNow;
        return _stage switch
        {
            Stage.Valid => StartWaitingLocked(),
            Stage.Deactivating when RunningCount == 0 => EnqueueLocked((Action)(() => DeactivateAsync().Forget())),
            _ => false,
        };
    }

    protected override void Failed(Exception failure)
    {
        if (failure is not InconsistentStateException { IsSourceActivation: true } conflict)
            return;
        conflict.IsSourceActivation = false;
        Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, conflict, "The stored state was changed elsewhere."));
    }

    private async Task ActivateAsync()
    {
        try
        {
            _constructing = this;
            try
            {
                GrainInstance = Class.Create(this);
            }
            finally
            {
                _constructing = null;
            }
            foreach (var state in _states)
                await state.LoadAsync(_activating.Token);
            if (GrainInstance is IGrainBase grain)
                await grain.OnActivateAsync(_activating.Token).WaitAsync(_activating.Token);
        }
        catch (Exception failure)
        {
            _activationFailure = failure;
            LogActivationFailed(Host.Log, failure, GrainId);
        }

        _activating.CancelAfter(Timeout.InfiniteTimeSpan);
        bool schedule = false, end;
        lock (Gate)
        {
            if (_stage == Stage.Activating && _activationFailure is null)
            {
                _stage = Stage.Valid;
                schedule = StartWaitingLocked();
            }
            else if (_stage == Stage.Activating)
            {
                _stage = Stage.Deactivating;
                _reason = new DeactivationReason(DeactivationReasonCode.ActivationFailed, _activationFailure, "Activation failed.");
            }
            end = _stage == Stage.Deactivating;
        }
        if (schedule)
            Dispatcher.Schedule(this);
        if (end)
            await DeactivateAsync();
    }

    private async Task DeactivateAsync()
    {
        GrainTimer[] timers;
        lock (Gate)
            timers = [.. _timers];
        foreach (var timer in timers)
            timer.Dispose();

        try
        {
            if (_wasValid && GrainInstance is IGrainBase grain)
            {
                using var limit = new CancellationTokenSource(Host.Options.DeactivationTimeout, Host.Clock);
                await grain.OnDeactivateAsync(_reason, limit.Token).WaitAsync(limit.Token);
            }
        }
        catch (Exception failure)
        {
            LogDeactivationFailed(Host.Log, failure, GrainId);
        }

        lock (Gate)
            _stage = Stage.Invalid;
        Host.Forget(this);
        await DisposeAsync();
        _ended.TrySetResult();

        foreach (var request in TakeWaiting())
        {
            if (request.IsLocal)
                continue;
            if (_activationFailure is not null)
                request.Reject(_activationFailure);
            else
                Dispatcher.SendRequest(Host, (Call)request);
        }
    }

    private async Task DisposeAsync()
    {
        try
        {
            if (GrainInstance is IAsyncDisposable asyncDisposable)
                await asyncDisposable.DisposeAsync();
            else
                (GrainInstance as IDisposable)?.Dispose();
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
