using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Runtime.Simulation;

namespace Dispatch.Simulation.Tests;

/// <summary>The feed store as its contract says it, in memory, with the simulator's delays and failures on every operation.</summary>
internal sealed class ModelFeedStore : IFeedStore
{
    private readonly SortedDictionary<(string Source, long Number), (FeedEntry Entry, ViewRow View)> events = [];
    private readonly SortedDictionary<string, List<(string Source, long Number)>> streams = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(string Kind, string Id), ViewRow> views = [];

    /// <summary>Set once the simulation exists; operations before that are immediate.</summary>
    public Runtime.Simulation.Simulation? World { get; set; }

    public IReadOnlyList<(string Source, long Number)> Stream(string stream) => streams.TryGetValue(stream, out List<(string, long)>? list) ? list : [];

    public FeedEntry Event((string Source, long Number) key) => events[key].Entry;

    public ViewRow? View(string kind, string id) => views.GetValueOrDefault((kind, id));

    public Task<ImmutableArray<SequencedEvent>> Append(FeedAppend append, CancellationToken cancellation = default) =>
        World!.Write($"append {append.Source}", () => AppendNow(append));

    public Task<ImmutableArray<SequencedEvent>> Read(TenantId tenant, string stream, long after, int limit, CancellationToken cancellation = default) =>
        World!.Read($"read {stream}", () => ReadNow(stream, after, limit));

    public Task<ImmutableArray<StreamHead>> Heads(TenantId tenant, ImmutableArray<string> names, CancellationToken cancellation = default) =>
        World!.Read("heads", () => names.Select(n => new StreamHead(n, Stream(n).Count)).ToImmutableArray());

    public Task<ImmutableArray<ViewRow>> LoadOpen(TenantId tenant, string kind, string zone, CancellationToken cancellation = default) =>
        World!.Read($"load {kind}", () => views.Values.Where(v => v.Kind == kind && v.Open && (zone.Length == 0 || v.Zone == zone)).ToImmutableArray());

    public ImmutableArray<SequencedEvent> ReadNow(string stream, long after, int limit) =>
        [.. Stream(stream).Select((key, i) => Sequenced(stream, i + 1, events[key].Entry, key.Source)).Skip((int)after).Take(limit)];

    private ImmutableArray<SequencedEvent> AppendNow(FeedAppend append)
    {
        ImmutableArray<SequencedEvent>.Builder result = ImmutableArray.CreateBuilder<SequencedEvent>();
        foreach (FeedEntry entry in append.Entries)
        {
            (string, long) key = (append.Source, entry.Number);
            bool fresh = events.TryAdd(key, (entry, append.View));
            foreach (string name in entry.Streams)
            {
                if (!streams.TryGetValue(name, out List<(string, long)>? list))
                    streams[name] = list = [];
                if (fresh)
                    list.Add(key);
                result.Add(Sequenced(name, list.IndexOf(key) + 1, entry, append.Source));
            }
        }
        if (views.GetValueOrDefault((append.View.Kind, append.View.Id)) is not { } known || known.Version < append.View.Version)
            views[(append.View.Kind, append.View.Id)] = append.View;
        return result.ToImmutable();
    }

    private SequencedEvent Sequenced(string stream, long seq, FeedEntry entry, string source) =>
        new(stream, seq, entry.Type, entry.At, source, entry.Number, entry.Data, events[(source, entry.Number)].View.Kind, events[(source, entry.Number)].View.Id, null);
}
