using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Dispatch.Simulator;

/// <summary>A timer of one activation: each tick is a request to it, and the next is set when that request ends.</summary>
internal sealed partial class GrainTimer : Request, IGrainTimer
{
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationTokenSource _disposed = new();
    private readonly ITimer _timer;
    private TimeSpan _dueTime, _period;
    private bool _ticking, _changed;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _callback = callback;
        _options = options;
        _timer = activation.Host.Clock.CreateTimer(
            static timer => ((GrainTimer)timer!).Due(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public override bool AlwaysInterleaves => _options.Interleave;
    public override bool IsLocal => true;
    public override bool KeepsAlive => _options.KeepAlive;
    public override bool IsExpired => false;

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        (_dueTime, _period, _changed) = (dueTime, period, true);
        if (!_ticking)
            Set(dueTime);
    }

    public void Dispose()
    {
        if (_disposed.IsCancellationRequested)
            return;
        _timer.Dispose();
        _activation.RemoveTimer(this);
        _disposed.Cancel();
    }

    public override async ValueTask<Response> Invoke(ITargetHolder target)
    {
        _changed = false;
        if (_disposed.IsCancellationRequested)
            return Response.Completed;
        try
        {
            await _callback(_disposed.Token);
            return Response.Completed;
        }
        catch (Exception failure)
        {
            LogTickFailed(_activation.Host.Log, failure, _activation.GrainId);
            return Response.FromException(failure);
        }
    }

    public override void Finished(Response response)
    {
        _ticking = false;
        Set(_changed ? _dueTime : _period);
    }

    public override void Reject(Exception reason) { }

    private void Due()
    {
        _ticking = true;
        _activation.TryReceive(this);
    }

    private void Set(TimeSpan due)
    {
        if (!_disposed.IsCancellationRequested)
            _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A timer of grain {Grain} failed; it goes on ticking.")]
    private static partial void LogTickFailed(ILogger log, Exception failure, GrainId grain);
}
