using System.Collections.Concurrent;

namespace Engine.Conformance;

/// <summary>A store, and the two things a test does to it from behind.</summary>
public sealed class RiggedStore(IGrainStorage inner) : IGrainStorage
{
    /// <summary>Grain keys whose next write fails before it happens.</summary>
    public ConcurrentDictionary<string, bool> FailNextWrite { get; } = new();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        inner.ReadStateAsync(stateName, grainId, grainState);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        FailNextWrite.TryRemove(grainId.Key.ToString()!, out _)
            ? throw new IOException("disk full")
            : inner.WriteStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        inner.ClearStateAsync(stateName, grainId, grainState);

    /// <summary>Writes as another activation would have done.</summary>
    public async Task WriteBehind<T>(string stateName, GrainId grainId, T state) where T : new()
    {
        GrainState<T> known = new(new T());
        await inner.ReadStateAsync(stateName, grainId, known);
        known.State = state;
        await inner.WriteStateAsync(stateName, grainId, known);
    }
}
