using Dispatch.Api.Streams;
using Dispatch.Api.Streams.Live;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Grains.Contracts.Feeds;

namespace Dispatch.SystemTests.Api.Streams;

public sealed class StreamRelayTests : IDisposable
{
    private const string Stream = "zone/zone_a";

    private readonly RelayBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Subscription_AnswersTheHeadAndHandsOnWhatComesAfter()
    {
        FakeLink link = new();
        Viewer viewer = RelayBench.Viewer(link);
        _bench.Store.Commit(Stream);
        _bench.Store.Commit(Stream);
        Assert.Equal(2, await _bench.Subscribe(viewer));
        _bench.Publish(_bench.Store.Commit(Stream));
        await _bench.Settle(viewer);
        Assert.Equal([Stream + " 3"], link.Sent);
    }

    [Fact]
    public async Task Events_PublishedInAnyOrderAndTwiceArriveOnceAndInOrder()
    {
        FakeLink link = new();
        Viewer viewer = RelayBench.Viewer(link);
        await _bench.Subscribe(viewer);
        SequencedEvent[] events = [.. Enumerable.Range(0, 50).Select(_ => _bench.Store.Commit(Stream))];
        Random order = new(7);
        foreach (SequencedEvent e in events.Concat(events).OrderBy(_ => order.Next()))
            _bench.Publish(e);
        await _bench.Settle(viewer);
        Assert.Equal(Enumerable.Range(1, 50).Select(n => $"{Stream} {n}"), link.Sent);
    }

    [Fact]
    public async Task LostPush_IsReadFromTheStoreWhenTheNextOneShowsTheGap()
    {
        FakeLink link = new();
        Viewer viewer = RelayBench.Viewer(link);
        await _bench.Subscribe(viewer);
        _bench.Store.Commit(Stream);
        _bench.Store.Commit(Stream);
        _bench.Publish(_bench.Store.Commit(Stream));
        await _bench.Settle(viewer);
        Assert.Equal([Stream + " 1", Stream + " 2", Stream + " 3"], link.Sent);
    }

    [Fact]
    public async Task LostPush_WithoutAnotherIsFoundByTheNextHead()
    {
        FakeLink link = new();
        Viewer viewer = RelayBench.Viewer(link);
        await _bench.Subscribe(viewer);
        _bench.Store.Commit(Stream);
        await _bench.Relay.TellHeads(everybody: false, CancellationToken.None);
        await _bench.Settle(viewer);
        Assert.Contains(Stream + " 1", link.Sent);
    }

    [Fact]
    public async Task StoreThatFails_IsAskedAgainAtTheNextHead()
    {
        FakeLink link = new();
        Viewer viewer = RelayBench.Viewer(link);
        await _bench.Subscribe(viewer);
        _bench.Store.Commit(Stream);
        SequencedEvent second = _bench.Store.Commit(Stream);
        _bench.Store.FailsOnce = true;
        _bench.Publish(second);
        await _bench.Settle(viewer);
        Assert.Empty(link.Sent);
        await _bench.Relay.TellHeads(everybody: false, CancellationToken.None);
        await _bench.Settle(viewer);
        Assert.Equal([Stream + " 1", Stream + " 2"], link.Sent.Where(s => !s.Contains("head")));
    }

    [Fact]
    public async Task SlowViewer_IsToldTheHeadInsteadOfItsBacklogAndThenGoesOn()
    {
        FakeLink link = new();
        Viewer viewer = RelayBench.Viewer(link, backlog: 10);
        await _bench.Subscribe(viewer);
        link.Stall();
        for (int i = 0; i < 500; i++)
            _bench.Publish(_bench.Store.Commit(Stream));
        await _bench.Relay.Drained(RelayBench.Tenant, RelayBench.Zone);
        link.Resume();
        await _bench.Settle(viewer);
        Assert.Equal(Stream + " head 500", link.Sent[^1]);
        Assert.InRange(link.Sent.Count, 1, 150);
        _bench.Publish(_bench.Store.Commit(Stream));
        await _bench.Settle(viewer);
        Assert.Equal(Stream + " 501", link.Sent[^1]);
    }

    [Fact]
    public async Task BrokenViewer_DoesNotKeepOthersFromTheirEvents()
    {
        FakeLink broken = new() { IsBroken = true }, sound = new();
        Viewer one = RelayBench.Viewer(broken), other = RelayBench.Viewer(sound);
        await _bench.Subscribe(one);
        await _bench.Subscribe(other);
        _bench.Publish(_bench.Store.Commit(Stream));
        await _bench.Settle(one, other);
        Assert.True(one.IsClosed);
        Assert.Equal([Stream + " 1"], sound.Sent);
    }

    [Fact]
    public async Task Heads_AreToldWhenNewAndToEverybodyWhenAsked()
    {
        FakeLink link = new();
        Viewer viewer = RelayBench.Viewer(link);
        _bench.Store.Commit(Stream);
        await _bench.Subscribe(viewer, after: 1);
        foreach (bool everybody in new[] { false, false, true })
            await _bench.Relay.TellHeads(everybody, CancellationToken.None);
        await _bench.Settle(viewer);
        Assert.InRange(link.Sent.Count(s => s == Stream + " head 1"), 1, 2);
    }

    [Fact]
    public async Task Feed_IsSubscribedOnceForAllViewersAndLeftAfterTheLast()
    {
        Viewer one = RelayBench.Viewer(new FakeLink()), other = RelayBench.Viewer(new FakeLink());
        await _bench.Subscribe(one);
        await _bench.Subscribe(other);
        Assert.Equal([Stream], _bench.Feeds.Subscribed);
        _bench.Relay.Unsubscribe(RelayBench.Tenant, RelayBench.Zone, one);
        await _bench.Relay.DropIdle();
        await _bench.Relay.DropIdle();
        Assert.Empty(_bench.Feeds.Unsubscribed);
        _bench.Relay.Unsubscribe(RelayBench.Tenant, RelayBench.Zone, other);
        await _bench.Relay.DropIdle();
        Assert.Empty(_bench.Feeds.Unsubscribed);
        await _bench.Relay.DropIdle();
        Assert.Equal([Stream], _bench.Feeds.Unsubscribed);
        Assert.Equal(0, _bench.Relay.Watched);
    }

    [Fact]
    public async Task Renewal_SubscribesEveryWatchedStreamAgain()
    {
        await _bench.Subscribe(RelayBench.Viewer(new FakeLink()));
        await _bench.Relay.Renew();
        Assert.Equal([Stream, Stream], _bench.Feeds.Subscribed);
    }

    [Fact]
    public async Task FeedThatDoesNotAnswer_KeepsNoViewerFromWhatTheStoreHolds()
    {
        FakeLink link = new();
        Viewer viewer = RelayBench.Viewer(link);
        _bench.Feeds.Silence = new TaskCompletionSource().Task;
        _bench.Store.Commit(Stream);
        Assert.Equal(1, await _bench.Subscribe(viewer));
        _bench.Store.Commit(Stream);
        await _bench.Relay.TellHeads(everybody: false, CancellationToken.None);
        await _bench.Settle(viewer);
        Assert.Contains(Stream + " 2", link.Sent);
    }

    [Fact]
    public async Task FeedThatRefused_IsAskedAgainUntilItTakesTheSubscription()
    {
        _bench.Feeds.Silence = Task.FromException(new TimeoutException("planted"));
        await _bench.Subscribe(RelayBench.Viewer(new FakeLink()));
        _bench.Feeds.Silence = Task.CompletedTask;
        await _bench.Relay.Reattach();
        await _bench.Relay.Reattach();
        Assert.Equal([Stream, Stream], _bench.Feeds.Subscribed);
    }

    [Fact]
    public async Task ALinkThatIsOver_EndsItsOwnSubscription_WithoutAnotherEvent()
    {
        FakeLink customers = new(), staffs = new();
        Viewer customer = RelayBench.Viewer(customers), staff = RelayBench.Viewer(staffs);
        string? over = null;
        await _bench.Subscribe(staff);
        await _bench.Relay.Subscribe(RelayBench.Tenant, RelayBench.Zone, new Subscription(customer, 0, new TrackedJob(AnyJob(), _ => over)), CancellationToken.None);
        _bench.Publish(_bench.Store.Commit(Stream));
        _bench.Relay.EndLinks();
        await _bench.Settle(customer, staff);
        Assert.Equal([Stream + " 1"], customers.Sent);
        // By time alone: nothing has happened to the job.
        over = "track.ended";
        _bench.Relay.EndLinks();
        _bench.Publish(_bench.Store.Commit(Stream));
        await _bench.Settle(customer, staff);
        Assert.Equal([Stream + " 1", Stream + " ended track.ended"], customers.Sent);
        Assert.Equal([Stream + " 1", Stream + " 2"], staffs.Sent);
    }

    [Fact]
    public async Task AnEventAfterTheEndOfALink_IsNotHandedOn()
    {
        FakeLink link = new();
        Viewer customer = RelayBench.Viewer(link);
        string? over = null;
        await _bench.Relay.Subscribe(RelayBench.Tenant, RelayBench.Zone, new Subscription(customer, 0, new TrackedJob(AnyJob(), _ => over)), CancellationToken.None);
        over = "track.withdrawn";
        _bench.Publish(_bench.Store.Commit(Stream));
        await _bench.Settle(customer);
        Assert.Equal([Stream + " ended track.withdrawn"], link.Sent);
    }

    /// <summary>On a link of 400 kbit/s a message of 400 KB takes eight seconds, after which its viewer takes the server for gone.</summary>
    [Fact]
    public async Task ABacklog_IsSentInMessagesThatASlowLinkCarriesInASecond()
    {
        FakeLink link = new();
        Viewer viewer = RelayBench.Viewer(link);
        link.Stall();
        for (int seq = 1; seq <= 60; seq++)
            viewer.Event(Stream, seq, RawJson.Of(new { seq, view = new string('x', seq == 30 ? 50_000 : 9_000) }));
        viewer.Positions("zone_a", Enumerable.Range(0, 600).Select(i => new PositionView($"tech_{i}", 121, 31, DateTimeOffset.UnixEpoch, null)));
        link.Resume();
        await viewer.Idle;
        Assert.Equal(Enumerable.Range(1, 60).Select(seq => $"{Stream} {seq}"), link.Sent.Take(60));
        // One that is larger by itself goes by itself.
        Assert.Equal([50_000], link.EventBytes.Where(bytes => bytes > 32 * 1024).Select(bytes => bytes / 1_000 * 1_000));
        Assert.Equal([250, 250, 100], link.PositionCounts);
        Assert.Equal(600, link.Sent.Skip(60).Distinct().Count());
    }

    private static JobState AnyJob() => JobEvolution.Apply(
        null, new JobRequested(new JobId("job_a"), RelayBench.Tenant, new ZoneId("zone_a"), new JobRequest("screen", new Place(121, 31), [], Severity.Regular, null, null), DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch);
}
