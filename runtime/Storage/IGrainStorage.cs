namespace Dispatch.Runtime;

/// <summary>The stored record of one state of one grain, as a storage provider reads and fills it.</summary>
public interface IGrainState<T>
{
    T? State { get; set; }

    /// <summary>The version last read or written; null when no record is known.</summary>
    string? ETag { get; set; }

    bool RecordExists { get; set; }
}

/// <inheritdoc cref="IGrainState{T}"/>
public sealed class GrainState<T> : IGrainState<T>
{
    public GrainState() { }
    public GrainState(T? state) => State = state;
    public GrainState(T? state, string? eTag) : this(state) => ETag = eTag;

    public T? State { get; set; }
    public string? ETag { get; set; }
    public bool RecordExists { get; set; }
}

/// <summary>
/// A store of grain states, registered as a keyed service under its name. Every write and clear is a compare-and-set
/// on <see cref="IGrainState{T}.ETag"/>; the returned task completes when the change is durable.
/// </summary>
public interface IGrainStorage
{
    /// <summary>Fills the state, version and existence; leaves a fresh instance and a null version when there is no record.</summary>
    Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <exception cref="InconsistentStateException">The stored version is not the one given.</exception>
    Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Removes the record and leaves a fresh instance as the state: nobody else makes one.</summary>
    /// <exception cref="InconsistentStateException">The stored version is not the one given.</exception>
    Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <inheritdoc cref="ReadStateAsync{T}(string, GrainId, IGrainState{T})"/>
    Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        ReadStateAsync(stateName, grainId, grainState);

    /// <inheritdoc cref="WriteStateAsync{T}(string, GrainId, IGrainState{T})"/>
    Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        WriteStateAsync(stateName, grainId, grainState);

    /// <inheritdoc cref="ClearStateAsync{T}(string, GrainId, IGrainState{T})"/>
    Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        ClearStateAsync(stateName, grainId, grainState);
}

/// <summary>
/// The stored version differs from the expected one: another activation has written. When it escapes a call of the
/// activation that met it, that activation ends, so that the next call reads the truth.
/// </summary>
public class InconsistentStateException : OrleansException
{
    public InconsistentStateException() { }
    public InconsistentStateException(string message) : base(message) { }
    public InconsistentStateException(string message, Exception? innerException) : base(message, innerException) { }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
        : base(errorMsg, storageException) => (StoredEtag, CurrentEtag) = (storedEtag, currentEtag);

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : this(errorMsg, storedEtag, currentEtag, null) { }

    public InconsistentStateException(string? storedEtag, string? currentEtag, Exception storageException)
        : this(storageException.Message, storedEtag, currentEtag, storageException) { }

    public string? StoredEtag { get; }
    public string? CurrentEtag { get; }

    /// <summary>Cleared once it has left the activation that met it, so that callers further up stay alive.</summary>
    internal bool IsSourceActivation { get; set; } = true;
}
