namespace Engine.Conformance;

public sealed class CancelGrain(IGrainContext context) : Grain(context), ICancelGrain
{
    public async Task Wait(string phase, CancellationToken cancellation)
    {
        var cancelled = new TaskCompletionSource();
        using var registration = cancellation.Register(cancelled.SetResult);
        _ = Phase.Named(phase).PassAsync();
        await cancelled.Task;
        Journal.Add(this.GetPrimaryKeyString(), "token came");
        cancellation.ThrowIfCancellationRequested();
    }

    public Task<bool> IsCancelled(CancellationToken cancellation)
    {
        Journal.Add(this.GetPrimaryKeyString(), "asked");
        return Task.FromResult(cancellation.IsCancellationRequested);
    }
}
