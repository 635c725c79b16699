namespace Dispatch.Runtime;

/// <summary>A stored record of the activation. It is read before <see cref="Grain.OnActivateAsync"/>.</summary>
public interface IStorage
{
    string? Etag { get; }

    /// <exception cref="InvalidOperationException">The record has not been read yet.</exception>
    bool RecordExists { get; }

    Task ReadStateAsync();
    Task WriteStateAsync();
    Task ClearStateAsync();
    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();
    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();
}

/// <inheritdoc cref="IStorage"/>
public interface IStorage<TState> : IStorage
{
    /// <summary>Changing it changes memory only, until the next write. It is not undone when that write fails.</summary>
    TState State { get; set; }
}

/// <inheritdoc cref="IStorage{TState}"/>
public interface IPersistentState<TState> : IStorage<TState>;

/// <summary>Asks for a stored record as a constructor argument.</summary>
/// <param name="stateName">Name of the record within the grain; with the key it is the stored key, so it is unique across classes.</param>
/// <param name="storageName">Key under which the <see cref="IGrainStorage"/> is registered; null takes the unkeyed one.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
{
    public string StateName { get; } = stateName;
    public string? StorageName { get; } = storageName;
}
