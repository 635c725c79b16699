using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json.Nodes;
using Dispatch.Api.Access;
using Dispatch.Api.Reading;
using Dispatch.Api.Streams;
using Dispatch.Api.Streams.Live;
using Dispatch.Api.Technicians;
using Dispatch.Domain;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Grains.Contracts.Technicians;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatch.SystemTests.Api.Streams;

/// <summary>Streams in memory; what is committed can be read.</summary>
internal sealed class FakeFeedStore : IFeedStore
{
    private readonly ConcurrentDictionary<string, ImmutableList<SequencedEvent>> _streams = new();

    /// <summary>How often a stream was read.</summary>
    public int Reads { get; private set; }

    /// <summary>Makes the next read fail.</summary>
    public bool FailsOnce { get; set; }

    /// <summary>Commits the next event of the stream, published by nobody yet.</summary>
    public SequencedEvent Commit(string stream)
    {
        ImmutableList<SequencedEvent> events = _streams.GetOrAdd(stream, []);
        SequencedEvent e = new(stream, events.Count + 1, "zone.defined", DateTimeOffset.UnixEpoch, "zone:main/zone_a", events.Count + 1, """{"version":1}""", "none", "x", null);
        _streams[stream] = events.Add(e);
        return e;
    }

    public Task<ImmutableArray<SequencedEvent>> Read(TenantId tenant, string stream, long after, int limit, CancellationToken cancellation = default)
    {
        Reads++;
        if (FailsOnce)
        {
            FailsOnce = false;
            throw new TimeoutException("planted");
        }
        return Task.FromResult<ImmutableArray<SequencedEvent>>([.. _streams.GetOrAdd(stream, []).Where(e => e.Seq > after).Take(limit)]);
    }

    public Task<ImmutableArray<StreamHead>> Heads(TenantId tenant, ImmutableArray<string> streams, CancellationToken cancellation = default) =>
        Task.FromResult<ImmutableArray<StreamHead>>([.. streams.Select(s => new StreamHead(s, _streams.GetOrAdd(s, []).Count))]);

    public Task<ImmutableArray<SequencedEvent>> Append(FeedAppend append, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<ImmutableArray<ViewRow>> LoadOpen(TenantId tenant, string kind, string zone, CancellationToken cancellation = default) => throw new NotSupportedException();
}

/// <summary>A database whose read model is empty.</summary>
internal sealed class EmptyDatabase : IDatabase, IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");
    private readonly Lock _gate = new();

    public EmptyDatabase()
    {
        _connection.Open();
        using SqliteCommand create = _connection.CreateCommand();
        create.CommandText = """CREATE TABLE "view" (tenant TEXT, kind TEXT, id TEXT, zone TEXT, status TEXT, is_open INTEGER, technician TEXT, sort_at INTEGER, version INTEGER, doc TEXT, search TEXT)""";
        create.ExecuteNonQuery();
    }

    public Task<T> Write<T>(Func<DbConnection, DbTransaction, T> work, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<T> Read<T>(Func<DbConnection, T> work, CancellationToken cancellation = default)
    {
        lock (_gate)
            return Task.FromResult(work(_connection));
    }

    public Task<WriteFault?> Probe(CancellationToken cancellation = default) => Task.FromResult<WriteFault?>(null);

    public void Dispose() => _connection.Dispose();
}

/// <summary>Counts who watches.</summary>
internal sealed class FakeFeeds : IFeeds
{
    public List<string> Subscribed { get; } = [];

    public List<string> Unsubscribed { get; } = [];

    public ImmutableArray<Position> Known { get; set; } = [];

    /// <summary>As a grain on a frozen silo: calls of this feed end only with this.</summary>
    public Task Silence { get; set; } = Task.CompletedTask;

    public Task Subscribe(TenantId tenant, string stream)
    {
        Subscribed.Add(stream);
        return Silence;
    }

    public Task Unsubscribe(TenantId tenant, string stream)
    {
        Unsubscribed.Add(stream);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<Position>> Positions(TenantId tenant, string stream) => Task.FromResult(Known);
}

/// <summary>A connection that remembers, and can be made to stall or break.</summary>
internal sealed class FakeLink : IViewerLink
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _stalled;

    public List<string> Sent { get; } = [];

    /// <summary>Bytes of the events of each message, and how many positions each held.</summary>
    public List<int> EventBytes { get; } = [];

    public List<int> PositionCounts { get; } = [];

    public bool IsBroken { get; set; }

    /// <summary>Every message from now on waits for <see cref="Resume"/>.</summary>
    public void Stall() => _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume()
    {
        TaskCompletionSource? stalled = _stalled;
        _stalled = null;
        stalled?.SetResult();
    }

    public Task Events(string stream, IReadOnlyList<RawJson> events)
    {
        EventBytes.Add(events.Sum(e => e.Utf8.Length));
        return Note([.. events.Select(e => $"{stream} {JsonNode.Parse(e.ToString())!["seq"]}")]);
    }

    public Task Ended(string stream, string code) => Note($"{stream} ended {code}");

    public Task Head(string stream, long seq) => Note($"{stream} head {seq}");

    public Task Positions(string topic, IReadOnlyList<PositionView> positions)
    {
        PositionCounts.Add(positions.Count);
        return Note([.. positions.Select(p => $"{topic} {p.TechnicianId ?? "-"} at {p.At.ToUnixTimeSeconds()}")]);
    }

    private async Task Note(params string[] lines)
    {
        if (IsBroken)
            throw new IOException("planted");
        if (_stalled is { } stalled)
            await stalled.Task;
        lock (_gate)
            Sent.AddRange(lines);
    }
}

/// <summary>A relay with everything around it in memory.</summary>
internal sealed class RelayBench : IDisposable
{
    private readonly EmptyDatabase _database = new();

    public static readonly TenantId Tenant = new("main");
    public static readonly StreamName Zone = new(StreamName.Zone, "zone_a");

    public RelayBench()
    {
        ViewReader views = new(_database, NullLogger<ViewReader>.Instance);
        TechnicianNames names = new(views);
        Relay = new StreamRelay(Feeds, Store, new EventHistory(Store, views, names), names, new DutyFilter(views), NullLogger<StreamRelay>.Instance);
    }

    public FakeFeedStore Store { get; } = new();

    public FakeFeeds Feeds { get; } = new();

    public StreamRelay Relay { get; }

    public static Viewer Viewer(FakeLink link, Role role = Role.Dispatcher, string subject = "user_a", int backlog = 1_000) => new("c", new Caller(Tenant, role, subject, ""), link, backlog);

    public Task<long> Subscribe(Viewer viewer, long after = 0) => Relay.Subscribe(Tenant, Zone, new Subscription(viewer, after), CancellationToken.None);

    public void Publish(params SequencedEvent[] events) => Relay.Published("main/zone/zone_a", [.. events]);

    /// <summary>Waits until everything that was published has reached the viewers' connections.</summary>
    public async Task Settle(params Viewer[] viewers)
    {
        await Relay.Drained(Tenant, Zone);
        foreach (Viewer viewer in viewers)
            await viewer.Idle;
    }

    public void Dispose() => _database.Dispose();
}
