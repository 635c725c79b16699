using System.Collections.Concurrent;
using System.Text.Json;

namespace Engine.Conformance;

/// <summary>A store with real compare-and-set.</summary>
public sealed class MemoryStore : IGrainStorage
{
    private readonly ConcurrentDictionary<(string, GrainId), (string Json, int Version)> _rows = new();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_rows.TryGetValue((stateName, grainId), out var row))
            (grainState.State, grainState.ETag, grainState.RecordExists) =
                (JsonSerializer.Deserialize<T>(row.Json)!, Text(row.Version), true);
        else
            (grainState.ETag, grainState.RecordExists) = (null, false);
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_rows)
        {
            var version = Expect(stateName, grainId, grainState.ETag);
            _rows[(stateName, grainId)] = (JsonSerializer.Serialize(grainState.State), version + 1);
            (grainState.ETag, grainState.RecordExists) = (Text(version + 1), true);
        }
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_rows)
        {
            Expect(stateName, grainId, grainState.ETag);
            _rows.TryRemove((stateName, grainId), out _);
            (grainState.State, grainState.ETag, grainState.RecordExists) = (Activator.CreateInstance<T>(), null, false);
        }
        return Task.CompletedTask;
    }

    private int Expect(string stateName, GrainId grainId, string? expected)
    {
        var version = _rows.TryGetValue((stateName, grainId), out var row) ? row.Version : 0;
        return Text(version) == expected ? version
            : throw new InconsistentStateException("The version has changed.", Text(version), expected);
    }

    private static string? Text(int version) => version == 0 ? null : version.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
