using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Dispatch.Runtime.Simulation;

/// <summary>Ways to break the store on purpose, to see that a test notices.</summary>
[Flags]
public enum Sabotage
{
    None = 0,

    /// <summary>Writes and clears no longer compare versions.</summary>
    DropCompareAndSet = 1,

    /// <summary>A write is acknowledged and visible at once, and gone if the writer's host dies within a second.</summary>
    AcknowledgeBeforeDurable = 2,
}

/// <summary>
/// The store all simulated hosts share. States are kept as JSON, so nothing is shared with a grain; a version is a
/// number that only grows, also over a clear. An operation takes virtual time, goes on when its caller dies, and may fail.
/// </summary>
public sealed class SimulatedStorage(Simulation simulation, JsonSerializerOptions json) : IGrainStorage
{
    private readonly SortedDictionary<(GrainId, string), Row> _rows = [];
    private readonly List<(GrainHost Writer, (GrainId, string) Key, Row Before)> _volatile = [];

    private readonly record struct Row(string? Json, long Version);

    public Sabotage Sabotage { get; set; }

    /// <summary>All records, ordered by grain and state name, one line each: the same bytes for the same seed.</summary>
    public byte[] Snapshot()
    {
        var text = new StringBuilder();
        foreach (var ((grain, state), row) in _rows)
            text.Append(CultureInfo.InvariantCulture, $"{grain} {state} {row.Version} {row.Json}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>What is stored, read without delay or failure; null when there is no record.</summary>
    public T? Peek<T>(GrainId grain, string stateName) =>
        _rows.TryGetValue((grain, stateName), out var row) && row.Json is not null ? JsonSerializer.Deserialize<T>(row.Json, json) : default;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        simulation.Read($"read {grainId} {stateName}", () =>
        {
            var row = _rows.GetValueOrDefault((grainId, stateName));
            grainState.RecordExists = row.Json is not null;
            grainState.ETag = Text(row.Version);
            grainState.State = row.Json is null ? PersistentState<T>.Fresh() : JsonSerializer.Deserialize<T>(row.Json, json);
            return 0;
        });

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        // The bytes are those of the call: what the grain changes while it waits is not written.
        var bytes = JsonSerializer.Serialize(grainState.State, json);
        var expected = grainState.ETag;
        grainState.ETag = await simulation.Write($"write {grainId} {stateName}", Set((grainId, stateName), expected, bytes));
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.ETag = await simulation.Write($"clear {grainId} {stateName}", Set((grainId, stateName), grainState.ETag, null));
        grainState.RecordExists = false;
        grainState.State = PersistentState<T>.Fresh();
    }

    internal void HostDied(GrainHost host)
    {
        for (var i = _volatile.Count - 1; i >= 0; i--)
        {
            if (_volatile[i].Writer != host)
                continue;
            _rows[_volatile[i].Key] = _volatile[i].Before;
            _volatile.RemoveAt(i);
        }
    }

    private Func<string?> Set((GrainId Grain, string State) key, string? expected, string? value)
    {
        var writer = Activation.Current?.Host;
        return () =>
        {
            var row = _rows.GetValueOrDefault(key);
            if (Text(row.Version) != expected && !Sabotage.HasFlag(Sabotage.DropCompareAndSet))
            {
                simulation.Counts.Conflicts++;
                throw new InconsistentStateException($"{key.Grain} {key.State} has another version.", Text(row.Version), expected);
            }
            if (writer is not null && Sabotage.HasFlag(Sabotage.AcknowledgeBeforeDurable))
            {
                var pending = (writer, key, row);
                _volatile.Add(pending);
                simulation.After(TimeSpan.FromSeconds(1), () => _volatile.Remove(pending));
            }
            _rows[key] = new Row(value, row.Version + 1);
            return Text(row.Version + 1);
        };
    }

    private static string? Text(long version) => version == 0 ? null : version.ToString(CultureInfo.InvariantCulture);
}
