using System.Collections.Concurrent;
using System.Collections.Immutable;
using Dispatch.Api.Metrics;
using Dispatch.Api.Technicians;
using Dispatch.Domain;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Grains.Contracts.Technicians;
using Microsoft.Extensions.Logging;

namespace Dispatch.Api.Streams.Live;

/// <summary>
/// What this host watches for its viewers: one subscription per stream however many look at it. Begins with the first viewer, ends some seconds
/// after the last. <see cref="RelayClock"/> calls the methods that happen from time to time.
/// </summary>
internal sealed partial class StreamRelay(IFeeds feeds, IFeedStore store, EventHistory history, TechnicianNames names, DutyFilter duty, ILogger<StreamRelay> log)
{
    private sealed class Entry(WatchedStream stream, PositionBoard board)
    {
        public WatchedStream Stream => stream;
        public PositionBoard Board => board;
        public bool IsIdle { get; set; }

        /// <summary>Whether the feed publishes to this host, as far as is known here.</summary>
        public bool IsAttached { get; set; }
    }

    /// <summary>How long the first viewer of a stream waits for its feed. Push is only faster: a feed on a silent silo must not keep a viewer from what the store holds.</summary>
    private static readonly TimeSpan FeedPatience = TimeSpan.FromSeconds(1);

    /// <summary>So many streams can begin or end at once; one stream never does both at the same time.</summary>
    private const int Gates = 64;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, Gates).Select(_ => new SemaphoreSlim(1))];

    public int Watched => _entries.Count;

    /// <summary>Ends when everything published so far has been handed on; for tests and orderly ends.</summary>
    public Task Drained(TenantId tenant, StreamName name) =>
        _entries.TryGetValue(GrainKeys.Of(tenant, name.ToString()), out Entry? entry) ? entry.Stream.Drained : Task.CompletedTask;

    /// <summary>Starts handing the stream on to the viewer. Returns the stream's head, read after the viewer was added: what lies at or below it is history to be fetched.</summary>
    public async Task<long> Subscribe(TenantId tenant, StreamName name, Subscription subscription, CancellationToken cancellation)
    {
        await With(tenant, name, entry => entry.Stream.Add(subscription), cancellation);
        return await history.Head(tenant, name, cancellation);
    }

    /// <summary>Starts handing positions of the zone on to the viewer.</summary>
    public Task WatchPositions(TenantId tenant, ZoneId zone, PositionWatch watch, CancellationToken cancellation) =>
        With(tenant, new StreamName(StreamName.Zone, zone.Value), entry => entry.Board.Watch(watch), cancellation);

    /// <summary>Takes the viewer off the stream and, of a zone, off its positions.</summary>
    public void Unsubscribe(TenantId tenant, StreamName name, Viewer viewer, string? topic = null)
    {
        if (!_entries.TryGetValue(GrainKeys.Of(tenant, name.ToString()), out Entry? entry))
            return;
        if (topic is null)
            entry.Stream.Remove(viewer);
        entry.Board.Remove(viewer, topic);
    }

    public void Published(string key, ImmutableArray<SequencedEvent> events)
    {
        if (_entries.TryGetValue(key, out Entry? entry))
            entry.Stream.Offer(events);
    }

    public void Moved(string key, ImmutableArray<Position> positions)
    {
        if (_entries.TryGetValue(key, out Entry? entry))
            entry.Board.Put(positions);
    }

    /// <summary>Ends what tracking links gave a right to that are over by now. Called every few seconds: nothing happens to a job when the time of its link is up.</summary>
    public void EndLinks()
    {
        foreach (Entry entry in _entries.Values)
            entry.Stream.EndOver();
    }

    /// <summary>Hands on the positions that changed. Called once a second.</summary>
    public void FlushPositions()
    {
        foreach (Entry entry in _entries.Values)
            entry.Board.Flush();
    }

    /// <summary>
    /// Asks the store how far every watched stream has come, so that a lost push is noticed within one round, and tells the viewers: at once what is new to
    /// them, and everybody with <paramref name="everybody"/>.
    /// </summary>
    public async Task TellHeads(bool everybody, CancellationToken cancellation)
    {
        foreach (IGrouping<TenantId, Entry> tenant in _entries.Values.GroupBy(e => e.Stream.Tenant))
        {
            Dictionary<string, WatchedStream> streams = tenant.ToDictionary(e => e.Stream.Key, e => e.Stream);
            foreach (StreamHead head in await store.Heads(tenant.Key, [.. streams.Keys], cancellation))
            {
                WatchedStream stream = streams[head.Stream];
                stream.Reached(head.Seq);
                foreach (Subscription subscription in stream.Viewers)
                    if (subscription.HeadIsDue(stream.Forwarded, everybody))
                        subscription.Viewer.Head(stream.Key, stream.Forwarded);
            }
        }
    }

    /// <summary>Renews every subscription with the feeds. Called every <see cref="FeedRenewal.Interval"/>; they forget a host after <see cref="FeedRenewal.Expiry"/>.</summary>
    public Task Renew() => Attach(_ => true);

    /// <summary>Tries the feeds again that did not answer, so that push is back as soon as their silo is.</summary>
    public Task Reattach() => Attach(entry => !entry.IsAttached);

    private async Task Attach(Func<Entry, bool> which)
    {
        foreach (Entry[] some in _entries.Values.Where(which).Chunk(100))
            await Task.WhenAll(some.Select(Attach));
    }

    /// <summary>Has the feed publish to this host. Does not fail: until it succeeds, <see cref="TellHeads"/> finds what was not pushed.</summary>
    private async Task Attach(Entry entry)
    {
        WatchedStream stream = entry.Stream;
        try
        {
            await feeds.Subscribe(stream.Tenant, stream.Key);
            if (!entry.IsAttached && stream.Name.Kind == StreamName.Zone)
                entry.Board.Put(await duty.OnDuty(stream.Tenant, await feeds.Positions(stream.Tenant, stream.Key), CancellationToken.None));
            entry.IsAttached = true;
        }
        catch (Exception failure)
        {
            entry.IsAttached = false;
            LogNotAttached(failure, stream.Key);
        }
    }

    /// <summary>Drops streams that nobody has watched since the last call.</summary>
    public async Task DropIdle()
    {
        foreach ((string key, Entry entry) in _entries)
        {
            if (IsUsed(entry))
                entry.IsIdle = false;
            else if (!entry.IsIdle)
                entry.IsIdle = true;
            else
                await Drop(key, entry);
        }
    }

    private static bool IsUsed(Entry entry) => !entry.Stream.Viewers.IsEmpty || entry.Board.IsWatched;

    private async Task With(TenantId tenant, StreamName name, Action<Entry> use, CancellationToken cancellation)
    {
        string key = GrainKeys.Of(tenant, name.ToString());
        SemaphoreSlim gate = Gate(key);
        await gate.WaitAsync(cancellation);
        try
        {
            if (!_entries.TryGetValue(key, out Entry? entry))
                entry = await Begin(tenant, name, key, cancellation);
            entry.IsIdle = false;
            use(entry);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<Entry> Begin(TenantId tenant, StreamName name, string key, CancellationToken cancellation)
    {
        PositionBoard board = new();
        Entry entry = new(new WatchedStream(tenant, name, store, history, names, e => Observe(board, e), log), board);
        // Listed before the feed is asked, so that what it publishes from then on finds its way.
        _entries[key] = entry;
        try
        {
            await Task.WhenAny(Attach(entry), Task.Delay(FeedPatience, cancellation));
            entry.Stream.Start(await history.Head(tenant, name, cancellation));
        }
        catch
        {
            _entries.TryRemove(key, out _);
            throw;
        }
        ApiMeters.StreamWatched();
        return entry;
    }

    private static void Observe(PositionBoard board, PreparedEvent e)
    {
        if (e.Technician is { OnDuty: false } technician)
            board.Forget(technician.Id);
    }

    private async Task Drop(string key, Entry entry)
    {
        SemaphoreSlim gate = Gate(key);
        await gate.WaitAsync();
        try
        {
            if (IsUsed(entry) || !_entries.TryRemove(key, out _))
                return;
            ApiMeters.StreamDropped();
            await feeds.Unsubscribe(entry.Stream.Tenant, entry.Stream.Key);
        }
        catch (Exception failure)
        {
            // The feed forgets this host by itself when it is not renewed.
            LogNotUnsubscribed(failure, key);
        }
        finally
        {
            gate.Release();
        }
    }

    private SemaphoreSlim Gate(string key) => _gates[(uint)key.GetHashCode(StringComparison.Ordinal) % Gates];

    [LoggerMessage(Level = LogLevel.Warning, Message = "The feed of {Stream} did not take the subscription; trying again")]
    private partial void LogNotAttached(Exception failure, string stream);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The feed of {Stream} could not be told that nobody watches")]
    private partial void LogNotUnsubscribed(Exception failure, string stream);
}
