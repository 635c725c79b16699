using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Technicians;
using Dispatch.Domain.Geo;

namespace Dispatch.Grains.Tests;

public sealed class FeedTests : IAsyncLifetime
{
    /// <summary>Long for a turn, and short beside a response timeout.</summary>
    private static readonly TimeSpan ATurn = TimeSpan.FromSeconds(10);

    private readonly SqliteSilo silo = new();

    public ValueTask InitializeAsync() => silo.InitializeAsync();

    public ValueTask DisposeAsync() => silo.DisposeAsync();

    /// <summary>As on a host that is frozen: what is called never comes back.</summary>
    private sealed class FrozenHost : IFeedObserver
    {
        private readonly TaskCompletionSource never = new();

        public Task Published(string key, ImmutableArray<SequencedEvent> events) => never.Task;

        public Task Moved(string key, ImmutableArray<Position> positions) => never.Task;
    }

    private sealed class LivingHost : IFeedObserver
    {
        private readonly TaskCompletionSource<long> heard = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<long> Heard => heard.Task;

        public Task Published(string key, ImmutableArray<SequencedEvent> events)
        {
            heard.TrySetResult(events[0].Seq);
            return Task.CompletedTask;
        }

        public Task Moved(string key, ImmutableArray<Position> positions) => Task.CompletedTask;
    }

    [Fact]
    public async Task HostThatNeverAnswers_HoldsNoTurnOfItsFeed()
    {
        IFeedGrain feed = silo.Feed("zone/zone_n");
        FrozenHost frozen = new();
        LivingHost living = new();
        await feed.Subscribe(silo.Reference<IFeedObserver>(frozen));
        await feed.Subscribe(silo.Reference<IFeedObserver>(living));
        await feed.Publish([new SequencedEvent("zone/zone_n", 7, "zone.defined", DateTimeOffset.UnixEpoch, "zone:main/zone_n", 7, "{}", "none", "x", null)]);
        await feed.Move([new Position(new TechnicianId("tech_a"), new Place(121, 31), DateTimeOffset.UnixEpoch, null)]);
        Assert.Single(await feed.Positions().WaitAsync(ATurn, TestContext.Current.CancellationToken));
        Assert.Equal(7, await living.Heard.WaitAsync(ATurn, TestContext.Current.CancellationToken));
        GC.KeepAlive(frozen);
        GC.KeepAlive(living);
    }

    [Fact]
    public void Renewal_LeavesRoomForTwoLostOnes() => Assert.True(FeedRenewal.Expiry >= 3 * FeedRenewal.Interval);
}
