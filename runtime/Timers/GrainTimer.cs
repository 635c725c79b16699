using Microsoft.Extensions.Logging;

namespace Dispatch.Runtime;

/// <summary>A timer of one activation: each tick is a request to it, and the next is set when that request ends.</summary>
internal sealed partial class GrainTimer : Request, IGrainTimer
{
    private const uint LongestMilliseconds = 0xfffffffe;

    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationTokenSource _disposed = new();
    private readonly ITimer _timer;
    private TimeSpan _dueTime, _period;
    private volatile bool _ticking;
    private bool _changed;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _callback = callback;
        _options = options;
        _timer = activation.Host.Clock.CreateTimer(
            static timer => ((GrainTimer)timer!).Due(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public override bool AlwaysInterleaves => _options.Interleave;
    public override bool IsReadOnly => false;
    public override bool IsLocal => true;
    public override bool KeepsAlive => _options.KeepAlive;

    public static void Validate(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan((long)dueTime.TotalMilliseconds, -1, nameof(dueTime));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)dueTime.TotalMilliseconds, LongestMilliseconds, nameof(dueTime));
        ArgumentOutOfRangeException.ThrowIfLessThan((long)period.TotalMilliseconds, -1, nameof(period));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)period.TotalMilliseconds, LongestMilliseconds, nameof(period));
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Validate(dueTime, period);
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
        try
        {
            _disposed.Cancel();
        }
        catch (AggregateException failure)
        {
            LogCancellationFailed(_activation.Host.Log, failure, _activation.GrainId);
        }
    }

    public override Task Invoke(object target)
    {
        _changed = false;
        return _disposed.IsCancellationRequested ? Task.CompletedTask : _callback(_disposed.Token);
    }

    public override void Finished(Task outcome)
    {
        if (outcome.IsFaulted)
            LogTickFailed(_activation.Host.Log, outcome.Exception.InnerException!, _activation.GrainId);
        _ticking = false;
        Set(_changed ? _dueTime : _period);
    }

    public override void Reject(Exception reason) { }

    private void Due()
    {
        if (_activation.Host.IsQuiet)
            return;
        _ticking = true;
        _activation.TryReceive(this);
    }

    private void Set(TimeSpan due)
    {
        if (!_disposed.IsCancellationRequested)
            _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What a timer of grain {Grain} does on cancellation failed.")]
    private static partial void LogCancellationFailed(ILogger log, Exception failure, GrainId grain);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A timer of grain {Grain} failed; it goes on ticking.")]
    private static partial void LogTickFailed(ILogger log, Exception failure, GrainId grain);
}
