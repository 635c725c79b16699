using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage.Feeds;
using Dispatch.Storage.Postgres;
using Storage.Tests.Support;

namespace Storage.Tests.Feeds;

/// <summary>The same promises on either database; a subclass says which.</summary>
public abstract class FeedStoreContract
{
    private static readonly TenantId Tenant = new("main");
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    protected abstract IDatabase Database { get; }

    private IFeedStore Store => Database is PostgresDatabase postgres ? new PostgresFeedStore(postgres) : new SqlFeedStore(Database);

    private static FeedEntry Entry(long number, params ImmutableArray<string> streams) => new(number, "job.queued", Noon.AddSeconds(number), $$"""{"n":{{number}}}""", streams);

    private static ViewRow View(string id, long version, bool open = true, string zone = "zone_1", string kind = "job") =>
        new(kind, id, zone, "queued", open, "tech_1", Noon, version, $$"""{"version":{{version}}}""", $"word {version}");

    private static FeedAppend Append(string id, long version, params ImmutableArray<FeedEntry> entries) => new(Tenant, $"job:main/{id}", entries, View(id, version));

    [Fact]
    public async Task AnAppend_NumbersEachStreamAndPutsTheViewInPlace()
    {
        await Store.Append(Append("job_0", 1, Entry(1, "zone/z", "job/job_0")));
        var events = await Store.Append(Append("job_1", 2, Entry(1, "zone/z", "job/job_1"), Entry(2, "job/job_1", "zone/z")));

        Assert.Equal([("zone/z", 2L, 1L), ("job/job_1", 1L, 1L), ("job/job_1", 2L, 2L), ("zone/z", 3L, 2L)], events.Select(item => (item.Stream, item.Seq, item.Number)));
        Assert.All(events, item => Assert.Equal(("job:main/job_1", "job.queued", "job", "job_1", """{"version":2}"""), (item.Source, item.Type, item.ViewKind, item.ViewId, item.View)));
        var read = await Store.Read(Tenant, "zone/z", 1, 10);
        Assert.Equal([2L, 3L], read.Select(item => item.Seq));
        Assert.Equal(events.Where(item => item.Stream == "zone/z").Select(item => item with { View = null }), read);
        Assert.Equal([new StreamHead("job/job_1", 2), new StreamHead("job/none", 0), new StreamHead("zone/z", 3)], await Store.Heads(Tenant, ["job/job_1", "job/none", "zone/z"]));
        Assert.Equal([View("job_0", 1), View("job_1", 2)], await Store.LoadOpen(Tenant, "job", "zone_1"));
    }

    [Fact]
    public async Task ARepeatedAppend_AppendsNothingAndReturnsTheFirstNumbers()
    {
        var append = Append("job_1", 2, Entry(1, "zone/z", "job/job_1"), Entry(2, "zone/z"));
        var first = await Store.Append(append);
        await Store.Append(Append("job_2", 1, Entry(1, "zone/z")));
        var again = await Store.Append(append);
        Assert.Equal(first.Select(item => item with { View = null }), again);

        // What comes in addition to a repetition is appended, and nothing else.
        var more = await Store.Append(Append("job_1", 3, Entry(2, "zone/z"), Entry(3, "zone/z")));
        Assert.Equal([2L, 4L], more.Select(item => item.Seq));
        Assert.Equal([null, """{"version":3}"""], more.Select(item => item.View));
        Assert.Equal([1L, 2L, 3L, 4L], (await Store.Read(Tenant, "zone/z", 0, 100)).Select(item => item.Seq));
        Assert.Equal(4, await Database.Count("SELECT COUNT(*) FROM event"));
    }

    [Fact]
    public async Task AStreamNamedTwice_GetsOneNumber()
    {
        var events = await Store.Append(Append("job_1", 1, Entry(1, "zone/z", "zone/z")));
        Assert.Equal([1L, 1L], events.Select(item => item.Seq));
        Assert.Equal([new StreamHead("zone/z", 1)], await Store.Heads(Tenant, ["zone/z"]));
    }

    [Fact]
    public async Task AView_IsReplacedOnlyByAHigherVersion()
    {
        await Store.Append(Append("job_1", 5, Entry(1, "zone/z")));
        await Store.Append(Append("job_1", 4, Entry(2, "zone/z")));
        Assert.Equal(View("job_1", 5), Assert.Single(await Store.LoadOpen(Tenant, "job", "zone_1")));
        await Store.Append(Append("job_1", 5, Entry(3, "zone/z")) with { View = View("job_1", 5) with { Status = "closed" } });
        Assert.Equal(View("job_1", 5), Assert.Single(await Store.LoadOpen(Tenant, "job", "zone_1")));
        await Store.Append(new FeedAppend(Tenant, "job:main/job_1", [], View("job_1", 6) with { Technician = null }));
        Assert.Equal(View("job_1", 6) with { Technician = null }, Assert.Single(await Store.LoadOpen(Tenant, "job", "zone_1")));
        await Store.Append(Append("job_1", 7) with { View = View("job_1", 7, open: false) });
        Assert.Empty(await Store.LoadOpen(Tenant, "job", "zone_1"));
    }

    [Fact]
    public async Task OpenRows_AreThoseOfTheTenantKindAndZoneByOrdinalId()
    {
        foreach (var (id, zone, kind) in new[] { ("job_b", "zone_1", "job"), ("job_B", "zone_1", "job"), ("job_a", "zone_1", "job"), ("job_c", "zone_2", "job"), ("tech_1", "zone_1", "technician") })
            await Store.Append(new FeedAppend(Tenant, $"{kind}:main/{id}", [], View(id, 1, zone: zone, kind: kind)));
        await Store.Append(new FeedAppend(new TenantId("other"), "job:other/job_a", [], View("job_a", 1)));

        Assert.Equal(["job_B", "job_a", "job_b"], (await Store.LoadOpen(Tenant, "job", "zone_1")).Select(row => row.Id));
        Assert.Equal(["job_B", "job_a", "job_b", "job_c"], (await Store.LoadOpen(Tenant, "job", "")).Select(row => row.Id));
        Assert.Equal(["tech_1"], (await Store.LoadOpen(Tenant, "technician", "zone_1")).Select(row => row.Id));
        Assert.Empty(await Store.LoadOpen(Tenant, "job", "zone_9"));
    }

    [Fact]
    public async Task Tenants_HaveStreamsOfTheirOwn()
    {
        await Store.Append(Append("job_1", 1, Entry(1, "zone/z")));
        var other = await Store.Append(Append("job_1", 1, Entry(1, "zone/z")) with { Tenant = new TenantId("other") });
        Assert.Equal(1, Assert.Single(other).Seq);
        Assert.Single(await Store.Read(Tenant, "zone/z", 0, 10));
    }

    [Fact]
    public async Task Reading_StopsAtTheLimit()
    {
        await Store.Append(Append("job_1", 9, [.. Enumerable.Range(1, 9).Select(number => Entry(number, "zone/z"))]));
        Assert.Equal([4L, 5L, 6L], (await Store.Read(Tenant, "zone/z", 3, 3)).Select(item => item.Seq));
        Assert.Empty(await Store.Read(Tenant, "zone/z", 9, 3));
    }

    [Fact]
    public async Task ConcurrentAppendersWithRepetitions_LeaveNoGapsAndNoDoubles()
    {
        const int appenders = 16, appends = 40;
        var zones = new[] { "zone/a", "zone/b", "zone/c" };
        var told = new Dictionary<(string Stream, string Source, long Number), long>();
        using var done = new CancellationTokenSource();
        var watching = Task.Run(() => WatchViews(appenders, done.Token));
        await Task.WhenAll(Enumerable.Range(0, appenders).Select(appender => Task.Run(() => Loop(appender)))).WaitAsync(Steps.Patience);
        await done.CancelAsync();
        Assert.True(await watching.Within("the watcher ends") > 0);

        foreach (var zone in zones)
        {
            var events = await Store.Read(Tenant, zone, 0, 100_000);
            Assert.Equal(Enumerable.Range(1, events.Length).Select(seq => (long)seq), events.Select(item => item.Seq));
            Assert.Equal(events.Length, events.Select(item => (item.Source, item.Number)).Distinct().Count());
            foreach (var source in events.GroupBy(item => item.Source))
                Assert.Equal(source.Select(item => item.Number).Order(), source.Select(item => item.Number));
            Assert.All(events, item => Assert.Equal(told[(zone, item.Source, item.Number)], item.Seq));
            Assert.Equal(events.Length, (await Store.Heads(Tenant, [zone]))[0].Seq);
        }
        Assert.Equal(appenders * appends * 2 * 3, told.Count);
        Assert.Equal(appenders * appends * 2, await Database.Count("SELECT COUNT(*) FROM event"));
        var rows = await Store.LoadOpen(Tenant, "job", "");
        Assert.Equal(appenders, rows.Length);
        Assert.All(rows, row => Assert.Equal(appends * 2, row.Version));

        async Task Loop(int appender)
        {
            var random = new Random(appender);
            var id = $"job_{appender:00}";
            for (var number = 1; number <= appends * 2; number += 2)
            {
                // Two events in streams named in any order; a repetition at the same time, and now and then one of long ago.
                var append = Append(id, number + 1, Entry(number, Streams(random, id)), Entry(number + 1, Streams(random, id)));
                foreach (var events in await Task.WhenAll(Store.Append(append), Store.Append(append)))
                    foreach (var item in events)
                        Note(item.Stream, item.Source, item.Number, item.Seq);
                if (random.Next(4) == 0)
                {
                    var old = random.NextInt64(1, number + 1);
                    foreach (var item in await Store.Append(Append(id, old, Entry(old, $"job/{id}"))))
                        Note(item.Stream, item.Source, item.Number, item.Seq);
                }
            }
        }

        ImmutableArray<string> Streams(Random random, string id)
        {
            string[] streams = [.. zones.OrderBy(_ => random.Next()).Take(2), $"job/{id}"];
            random.Shuffle(streams);
            return [.. streams];
        }

        void Note(string stream, string source, long number, long seq)
        {
            lock (told)
            {
                if (!told.TryAdd((stream, source, number), seq))
                    Assert.Equal(told[(stream, source, number)], seq);
            }
        }
    }

    /// <summary>Views seen in turn never go back to a lower version.</summary>
    private async Task<int> WatchViews(int expected, CancellationToken done)
    {
        var seen = new Dictionary<string, long>();
        var looks = 0;
        do
        {
            foreach (var row in await Store.LoadOpen(Tenant, "job", ""))
            {
                Assert.True(row.Version >= seen.GetValueOrDefault(row.Id), $"{row.Id} went from version {seen.GetValueOrDefault(row.Id)} to {row.Version}");
                seen[row.Id] = row.Version;
            }
            looks++;
        }
        while (!done.IsCancellationRequested || seen.Count < expected);
        return looks;
    }
}

public sealed class SqliteFeedStoreTests : FeedStoreContract, IAsyncLifetime
{
    private readonly TestFile _file = new();
    private IDatabase? _database;

    protected override IDatabase Database => _database ??= _file.Open();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;
    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
