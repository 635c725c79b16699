using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Runtime;

internal interface IActivationState
{
    Task LoadAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Bridges one record of an activation to its store. Operations of one record run one after another in the order
/// asked, so that interleaving calls do not race for the version.
/// </summary>
internal sealed class PersistentState<TState> : IPersistentState<TState>, IActivationState
{
    private readonly Activation _activation;
    private readonly string _name;
    private readonly IGrainStorage _store;
    private readonly GrainState<TState> _record = new(Fresh());
    private Task _last = Task.CompletedTask;
    private bool _loaded;

    public PersistentState(Activation activation, string name, string? storageName, IServiceProvider services)
    {
        _activation = activation;
        _name = name;
        _store = (string.IsNullOrWhiteSpace(storageName)
            ? services.GetService<IGrainStorage>()
            : services.GetKeyedService<IGrainStorage>(storageName))
            ?? throw new OrleansException(
                $"No storage named '{storageName ?? "Default"}' for state '{name}' of {activation.GrainId}: register IGrainStorage under that key.");
    }

    public TState State
    {
        get { Inside(); return _record.State!; }
        set { Inside(); _record.State = value; }
    }

    public string? Etag => _record.ETag;

    public bool RecordExists => _loaded ? _record.RecordExists
        : throw new InvalidOperationException($"State '{_name}' of {_activation.GrainId} has not been read yet.");

    public Task LoadAsync(CancellationToken cancellationToken) => ReadStateAsync(cancellationToken);

    public Task ReadStateAsync() => ReadStateAsync(default);

    public Task WriteStateAsync() => WriteStateAsync(default);

    public Task ClearStateAsync() => ClearStateAsync(default);

    public Task ReadStateAsync(CancellationToken cancellationToken) => Enqueue(Operation.Read, cancellationToken);

    public Task WriteStateAsync(CancellationToken cancellationToken) => Enqueue(Operation.Write, cancellationToken);

    public Task ClearStateAsync(CancellationToken cancellationToken) => Enqueue(Operation.Clear, cancellationToken);

    private enum Operation { Read, Write, Clear }

    private Task Enqueue(Operation operation, CancellationToken cancellationToken)
    {
        Inside();
        return _last = RunAsync(_last, operation, cancellationToken);
    }

    private async Task RunAsync(Task previous, Operation operation, CancellationToken cancellationToken)
    {
        // Its failure is its caller's; only the order matters here.
        await previous.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            switch (operation)
            {
                case Operation.Write:
                    await _store.WriteStateAsync(_name, _activation.GrainId, _record, cancellationToken);
                    break;
                case Operation.Read:
                    await _store.ReadStateAsync(_name, _activation.GrainId, _record, cancellationToken);
                    _loaded = true;
                    break;
                default:
                    await _store.ClearStateAsync(_name, _activation.GrainId, _record, cancellationToken);
                    break;
            }
        }
        catch (Exception failure) when (failure is not OrleansException
            && !(failure is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            throw new OrleansException($"{operation} of state '{_name}' of {_activation.GrainId} failed: {failure.Message}", failure);
        }
    }

    private static void Inside()
    {
        if (Activation.Current is null)
            throw new InvalidOperationException("Grain state is only accessible from the turns of its activation.");
    }

    /// <summary>The state of a record that does not exist; without a parameterless constructor nothing of the type has run.</summary>
    internal static TState Fresh() => typeof(TState).GetConstructor(Type.EmptyTypes) is not null || typeof(TState).IsValueType
        ? Activator.CreateInstance<TState>()
        : typeof(TState) == typeof(string) ? default!
        : (TState)RuntimeHelpers.GetUninitializedObject(typeof(TState));
}
