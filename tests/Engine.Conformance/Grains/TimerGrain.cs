namespace Engine.Conformance;

public sealed class TimerGrain(IGrainContext context) : Grain(context), ITimerGrain
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(5);

    private IGrainTimer? _timer;
    private int _ticking;

    private string Key => this.GetPrimaryKeyString();

    public Task StartHolding(string phase, bool interleave)
    {
        _timer = this.RegisterGrainTimer(async (name, token) =>
        {
            Journal.Add(Key, Interlocked.Increment(ref _ticking) == 1 ? "tick" : "overlap");
            await Phase.Named(name).PassAsync();
            Journal.Add(Key, token.IsCancellationRequested ? "tick ends cancelled" : "tick ends");
            Interlocked.Decrement(ref _ticking);
        }, phase, new GrainTimerCreationOptions { DueTime = Soon, Period = Soon, Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task StartFailing()
    {
        _timer = this.RegisterGrainTimer(() =>
        {
            Journal.Add(Key, $"tick {++_ticking}");
            throw new BrokenException("tick");
        }, Soon, Soon);
        return Task.CompletedTask;
    }

    public Task StartOnce()
    {
        _timer = this.RegisterGrainTimer(_ =>
        {
            Journal.Add(Key, "once");
            return Task.CompletedTask;
        }, new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        return Task.CompletedTask;
    }

    public async Task Hold(string phase)
    {
        Journal.Add(Key, "call begins");
        await Phase.Named(phase).PassAsync();
        Journal.Add(Key, "call ends");
    }

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public Task StartNever()
    {
        _timer = this.RegisterGrainTimer<string>(text =>
        {
            Journal.Add(Key, text);
            return Task.CompletedTask;
        }, "changed", Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task ChangeToNow()
    {
        _timer!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }
}
