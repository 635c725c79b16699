using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Dispatch.Simulator;

/// <summary>A state that an activation reads before its first call.</summary>
internal interface ILoadedState
{
    Task ReadStateAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Bridges one record of an activation to its store, as Orleans' own bridge does, which needs a silo's thread. Operations of one record run
/// one after another in the order asked, each in a turn of its own, so that interleaving calls do not race for the version.
/// </summary>
internal sealed class PersistentState<TState>(Activation activation, string name, IGrainStorage store)
    : IPersistentState<TState>, ILoadedState
{
    private readonly GrainState<TState> _record = new(OrleansTypes.NewState<TState>());
    private Task _last = Task.CompletedTask;
    private bool _loaded;

    private enum Operation { Read, Write, Clear }

    public TState State
    {
        get { ThrowIfOutside(); return _record.State!; }
        set { ThrowIfOutside(); _record.State = value; }
    }

    public string? Etag => _record.ETag;

    public bool RecordExists => _loaded
        ? _record.RecordExists
        : throw new InvalidOperationException($"State '{name}' has not been read yet.");

    public Task ReadStateAsync() => ReadStateAsync(default);

    public Task WriteStateAsync() => WriteStateAsync(default);

    public Task ClearStateAsync() => ClearStateAsync(default);

    public Task ReadStateAsync(CancellationToken cancellationToken) => Enqueue(Operation.Read, cancellationToken);

    public Task WriteStateAsync(CancellationToken cancellationToken) => Enqueue(Operation.Write, cancellationToken);

    public Task ClearStateAsync(CancellationToken cancellationToken) => Enqueue(Operation.Clear, cancellationToken);

    private Task Enqueue(Operation operation, CancellationToken cancellationToken)
    {
        ThrowIfOutside();
        return _last = RunAsync(_last, operation, cancellationToken);
    }

    private async Task RunAsync(Task previous, Operation operation, CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.ForceYielding);
        // Its failure is its caller's; only the order matters here.
        await previous.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            switch (operation)
            {
                case Operation.Write:
                    await store.WriteStateAsync(name, activation.GrainId, _record, cancellationToken);
                    break;
                case Operation.Read:
                    await store.ReadStateAsync(name, activation.GrainId, _record, cancellationToken);
                    _loaded = true;
                    break;
                default:
                    await store.ClearStateAsync(name, activation.GrainId, _record, cancellationToken);
                    break;
            }
        }
        catch (Exception failure) when (failure is not OrleansException
            && !(failure is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            throw new OrleansException($"{operation} of state '{name}' of {activation.GrainId} failed: {failure.Message}", failure);
        }
    }

    private static void ThrowIfOutside()
    {
        if (Activation.Current is null)
            throw new InvalidOperationException("Grain state is only accessible from the turns of its activation.");
    }
}
