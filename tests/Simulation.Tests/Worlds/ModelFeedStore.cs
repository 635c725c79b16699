using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Dispatch.Domain;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Simulation.Tests;

/// <summary>The feed store as its contract says it, in memory, with the simulator's delays and failures on every operation.</summary>
internal sealed class ModelFeedStore(Planted planted) : IFeedStore
{
    private readonly Dictionary<(string Source, long Number), Stored> events = [];
    private readonly List<Stored> inOrder = [];
    private readonly Dictionary<string, List<Stored>> streams = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Kind, string Id), ViewRow> views = [];

    /// <summary>An event and the number it has in each of its streams, in the order of its streams.</summary>
    internal sealed record Stored(string Source, FeedEntry Entry, string ViewKind, string ViewId, ImmutableArray<long> Seqs)
    {
        private JsonNode? data;

        /// <summary>What the event says; read by every judge, so read once.</summary>
        public JsonNode Data => data ??= JsonNode.Parse(Entry.Data)!;
    }

    /// <summary>Set once the simulation exists; operations before that are immediate.</summary>
    public Simulator.Simulation? World { get; set; }

    /// <summary>Every event of every source, in the order appended.</summary>
    public IReadOnlyList<Stored> Events => inOrder;

    public IReadOnlyList<Stored> Stream(string stream) => streams.TryGetValue(stream, out List<Stored>? list) ? list : [];

    public ViewRow? View(string kind, string id) => views.GetValueOrDefault((kind, id));

    public Task<ImmutableArray<SequencedEvent>> Append(FeedAppend append, CancellationToken cancellation = default) =>
        World!.Write("append", () => AppendNow(append));

    public Task<ImmutableArray<SequencedEvent>> Read(TenantId tenant, string stream, long after, int limit, CancellationToken cancellation = default) =>
        World!.Read("events", () => ReadNow(stream, after, limit));

    public Task<ImmutableArray<StreamHead>> Heads(TenantId tenant, ImmutableArray<string> names, CancellationToken cancellation = default) =>
        World!.Read("heads", () => names.Select(n => new StreamHead(n, Stream(n).Count)).ToImmutableArray());

    public Task<ImmutableArray<ViewRow>> LoadOpen(TenantId tenant, string kind, string zone, CancellationToken cancellation = default) =>
        World!.Read("open", () => views.Values.Where(v => v.Kind == kind && v.Open && (zone.Length == 0 || v.Zone == zone)).OrderBy(v => v.Id, StringComparer.Ordinal).ToImmutableArray());

    public ImmutableArray<SequencedEvent> ReadNow(string stream, long after, int limit)
    {
        IReadOnlyList<Stored> all = Stream(stream);
        ImmutableArray<SequencedEvent>.Builder page = ImmutableArray.CreateBuilder<SequencedEvent>();
        for (long seq = after + 1; seq <= all.Count && page.Count < limit; seq++)
            page.Add(Sequenced(stream, seq, all[(int)seq - 1]));
        return page.DrainToImmutable();
    }

    private ImmutableArray<SequencedEvent> AppendNow(FeedAppend append)
    {
        ImmutableArray<SequencedEvent>.Builder result = ImmutableArray.CreateBuilder<SequencedEvent>();
        foreach (FeedEntry entry in planted.HasFlag(Planted.OutboxOutOfOrder) ? append.Entries.Reverse() : append.Entries)
        {
            if (!events.TryGetValue((append.Source, entry.Number), out Stored? stored) || planted.HasFlag(Planted.OutboxDrainedTwice))
                stored = Add(append, entry);
            for (int i = 0; i < entry.Streams.Length; i++)
                result.Add(Sequenced(entry.Streams[i], stored.Seqs[i], stored));
        }
        if (views.GetValueOrDefault((append.View.Kind, append.View.Id)) is not { } known || known.Version < append.View.Version)
            views[(append.View.Kind, append.View.Id)] = append.View;
        return result.DrainToImmutable();
    }

    private Stored Add(FeedAppend append, FeedEntry entry)
    {
        ImmutableArray<long>.Builder seqs = ImmutableArray.CreateBuilder<long>(entry.Streams.Length);
        foreach (string name in entry.Streams)
        {
            if (!streams.TryGetValue(name, out List<Stored>? list))
                streams[name] = list = [];
            seqs.Add(list.Count + 1);
            list.Add(null!);
        }
        Stored stored = new(append.Source, entry, append.View.Kind, append.View.Id, seqs.DrainToImmutable());
        foreach ((string name, long seq) in entry.Streams.Zip(stored.Seqs))
            streams[name][(int)seq - 1] = stored;
        events[(append.Source, entry.Number)] = stored;
        inOrder.Add(stored);
        return stored;
    }

    private static SequencedEvent Sequenced(string stream, long seq, Stored of) =>
        new(stream, seq, of.Entry.Type, of.Entry.At, of.Source, of.Entry.Number, of.Entry.Data, of.ViewKind, of.ViewId, null);
}
