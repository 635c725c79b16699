using System.Globalization;
using System.Text;
using System.Text.Json;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Dispatch.Simulator;

/// <summary>Ways to break the store on purpose, to see that a test notices.</summary>
[Flags]
public enum StorageFault
{
    None = 0,

    /// <summary>Writes and clears no longer compare versions.</summary>
    DropCompareAndSet = 1,

    /// <summary>A write is acknowledged and visible at once, and gone if the writer's host dies within a second.</summary>
    AcknowledgeBeforeDurable = 2,

    /// <summary>A write is acknowledged and visible although it is not synced, and gone if the power fails within thirty seconds.</summary>
    NoSync = 4,
}

/// <summary>
/// The store that all simulated hosts share. States are kept as JSON, so nothing is shared with a grain; a version is a number that only
/// grows, also over a clear. An operation takes virtual time, goes on when its caller dies, and may fail.
/// </summary>
public sealed class SimulatedStore : IGrainStorage
{
    private static readonly Comparer<(GrainId Grain, string State)> Ordinal = Comparer<(GrainId Grain, string State)>.Create(
        static (a, b) => a.Grain.CompareTo(b.Grain) is var byGrain and not 0 ? byGrain : string.CompareOrdinal(a.State, b.State));

    private readonly ExternalOperations _operations;
    private readonly SimulationCounts _counts;
    private readonly JsonSerializerOptions _json;
    private readonly Dictionary<(GrainId, string), Row> _rows = [];
    private readonly List<(GrainHost? Writer, (GrainId, string) Key, Row? Before)> _volatile = [];

    internal SimulatedStore(ExternalOperations operations, SimulationCounts counts, JsonSerializerOptions json) =>
        (_operations, _counts, _json) = (operations, counts, json);

    /// <summary>
    /// One record as stored. What was last read from it is kept, because the checks of a run read the same bytes again and again. Where
    /// states are immutable, the bytes are made only when they are read: many records are overwritten before that.
    /// </summary>
    private sealed class Row(Func<byte[]>? make, byte[]? json, long version)
    {
        private byte[]? _json = json;

        public bool Exists => make is not null || _json is not null;
        public byte[] Json => _json ??= make!();
        public long Version { get; } = version;
        public object? Parsed { get; set; }
    }

    /// <summary>Whether a state that was written is never changed afterwards. Then it need not be copied through JSON to be read.</summary>
    public bool StatesAreImmutable { get; set; }

    public StorageFault Fault { get; set; }

    /// <summary>Called after each change that took place, whether or not its writer hears of it.</summary>
    public Action<GrainId, string>? Changed { get; set; }

    /// <summary>All records, ordered by grain and state name, one line each: the same bytes for the same seed.</summary>
    public byte[] Snapshot()
    {
        var text = new StringBuilder();
        foreach (var ((grain, state), row) in _rows.OrderBy(row => row.Key, Ordinal))
        {
            var json = row.Exists ? Encoding.UTF8.GetString(row.Json) : "";
            text.Append(CultureInfo.InvariantCulture, $"{grain} {state} {row.Version} {json}\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>
    /// The stored state, read without delay or failure; null when there is no record. Not to be changed: the next caller may get the same
    /// object.
    /// </summary>
    public T? Peek<T>(GrainId grain, string stateName) where T : class
    {
        if (!_rows.TryGetValue((grain, stateName), out var row) || !row.Exists)
            return null;
        if (row.Parsed is not T known)
            row.Parsed = known = JsonSerializer.Deserialize<T>(row.Json, _json)!;
        return known;
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        _operations.Read(stateName, grainId, () =>
        {
            var row = _rows.GetValueOrDefault((grainId, stateName));
            grainState.RecordExists = row?.Exists == true;
            grainState.ETag = Text(row?.Version ?? 0);
            grainState.State = row?.Exists != true ? OrleansTypes.NewState<T>()
                : StatesAreImmutable && row.Parsed is T known ? known
                : JsonSerializer.Deserialize<T>(row.Json, _json)!;
            return 0;
        });

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        // The bytes are those of the call: what the grain changes while it waits is not written.
        var state = grainState.State;
        var bytes = StatesAreImmutable ? null : JsonSerializer.SerializeToUtf8Bytes(state, _json);
        var set = Set((grainId, stateName), grainState.ETag, version => bytes is not null
            ? new Row(null, bytes, version)
            : new Row(() => JsonSerializer.SerializeToUtf8Bytes(state, _json), null, version) { Parsed = state });
        grainState.ETag = await _operations.Write(stateName, grainId, set);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var set = Set((grainId, stateName), grainState.ETag, static version => new Row(null, null, version));
        grainState.ETag = await _operations.Write(stateName, grainId, set);
        grainState.RecordExists = false;
        grainState.State = OrleansTypes.NewState<T>();
    }

    internal void HostDied(GrainHost host)
    {
        if (Fault.HasFlag(StorageFault.AcknowledgeBeforeDurable))
            Forget(lost => lost.Writer == host);
    }

    internal void LosePower() => Forget(static _ => true);

    private void Forget(Predicate<(GrainHost? Writer, (GrainId, string) Key, Row? Before)> lost)
    {
        for (var i = _volatile.Count - 1; i >= 0; i--)
        {
            if (!lost(_volatile[i]))
                continue;
            if (_volatile[i].Before is { } before)
                _rows[_volatile[i].Key] = before;
            else
                _rows.Remove(_volatile[i].Key);
            _volatile.RemoveAt(i);
        }
    }

    private Func<string?> Set((GrainId Grain, string State) key, string? expected, Func<long, Row> make)
    {
        var writer = Activation.Current?.Host;
        return () =>
        {
            var row = _rows.GetValueOrDefault(key);
            var version = row?.Version ?? 0;
            if (Text(version) != expected && !Fault.HasFlag(StorageFault.DropCompareAndSet))
            {
                _counts.Conflicts++;
                throw new InconsistentStateException($"{key.Grain} {key.State} has another version.", Text(version), expected);
            }
            if (Fault.HasFlag(StorageFault.NoSync) || (writer is not null && Fault.HasFlag(StorageFault.AcknowledgeBeforeDurable)))
            {
                var pending = (writer, key, row);
                _volatile.Add(pending);
                _operations.After(TimeSpan.FromSeconds(Fault.HasFlag(StorageFault.NoSync) ? 30 : 1), () => _volatile.Remove(pending));
            }
            _rows[key] = make(version + 1);
            Changed?.Invoke(key.Grain, key.State);
            return Text(version + 1);
        };
    }

    private static string? Text(long version) => version == 0 ? null : version.ToString(CultureInfo.InvariantCulture);
}
