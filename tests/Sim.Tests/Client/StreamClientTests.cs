using System.Collections.Concurrent;
using System.Text.Json;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Hub;
using Dispatch.Sim.Client.Streams;
using Sim.Tests.Support;

namespace Sim.Tests.Client;

/// <summary>The whole client against a real SignalR server on loopback.</summary>
public sealed class StreamClientTests : IAsyncLifetime
{
    private const string Stream = "zone/z";
    private static readonly Backoff Quick = new(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(100));

    private readonly Listener listener = new();
    private readonly SocketsHttpHandler handler = new();
    private LoopbackFeed feed = null!;
    private ApiClient api = null!;

    public async ValueTask InitializeAsync()
    {
        feed = await LoopbackFeed.Started();
        api = new ApiClient(feed.Address, handler, TimeProvider.System, RetryRules.Standard with { Backoff = Quick }, new Random(1));
    }

    public async ValueTask DisposeAsync()
    {
        api.Dispose();
        handler.Dispose();
        await feed.DisposeAsync();
    }

    [Fact]
    public async Task HistoryIsFetchedAndWhatFollowsIsPushed()
    {
        await Append(3);
        await using StreamClient client = Client();
        client.Follow(Stream, 0);
        await Live(3);
        await Append(2);
        await Eventually.Holds(() => listener.Applied.Count == 5, "pushed events applied");
        Assert.Equal([1, 2, 3, 4, 5], listener.Applied);
        Assert.Equal(1, feed.Fetches);
        Assert.Equal("secret+token", feed.LastToken);
    }

    [Fact]
    public async Task LostPush_IsFetchedWhenTheNextOneShowsTheGap()
    {
        await using StreamClient client = Client();
        client.Follow(Stream, 0);
        await Live(0);
        await feed.Append(Stream, push: false);
        await feed.Append(Stream, push: false);
        await feed.Append(Stream);
        await Live(3);
        Assert.Equal([1, 2, 3], listener.Applied);
    }

    [Fact]
    public async Task RestartedServer_IsFoundAgainAndNothingIsMissingOrDoubled()
    {
        await Append(2);
        await using StreamClient client = Client();
        client.Follow(Stream, 0);
        await Live(2);
        await feed.Stop();
        await Eventually.Holds(() => listener.State == LinkState.Reconnecting, "loss of the connection noticed");
        await Append(4);
        await feed.Start();
        await Live(6);
        await Append(1);
        await Eventually.Holds(() => listener.Applied.Count == 7, "push after the restart applied");
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], listener.Applied);
        Assert.Equal([(Stream, 0L), (Stream, 2L)], feed.Subscriptions);
    }

    [Fact]
    public async Task TooFarBehind_TakesTheSnapshot()
    {
        await Append(8);
        await using StreamClient client = Client(StreamLimits.Standard with { SnapshotBehind = 5 });
        client.Follow(Stream, 2);
        await Eventually.Holds(() => listener.State == LinkState.Live, "live after the snapshot");
        Assert.Equal(8, listener.RestoredAt);
        Assert.Empty(listener.Applied);
        await Append(1);
        await Eventually.Holds(() => listener.Applied.Count == 1, "push after the snapshot applied");
        Assert.Equal([9], listener.Applied);
    }

    private StreamClient Client(StreamLimits? limits = null) => new(
        WebSocketTransport.To(feed.Address, "hub", _ => Task.FromResult<string?>("secret+token")), api, listener, new HubOptions(), Quick,
        limits ?? StreamLimits.Standard, TimeProvider.System, new Random(1));

    private async Task Append(int count)
    {
        for (int i = 0; i < count; i++)
            await feed.Append(Stream);
    }

    private Task Live(int applied) => Eventually.Holds(() => listener.State == LinkState.Live && listener.Applied.Count == applied, $"live with {applied} events");

    private sealed class Listener : IStreamListener
    {
        private readonly ConcurrentQueue<long> applied = new();

        public IReadOnlyCollection<long> Applied => applied;

        public LinkState State { get; private set; } = LinkState.Reconnecting;

        public long? RestoredAt { get; private set; }

        void IStreamListener.Applied(string stream, StreamEvent happened) => applied.Enqueue(happened.Seq);

        public void Restored(StreamSnapshot snapshot)
        {
            Assert.Equal(JsonValueKind.Array, snapshot.Jobs.ValueKind);
            RestoredAt = snapshot.Seq;
        }

        public void LinkChanged(LinkState state) => State = state;

        public void Trouble(string what) => TestContext.Current.TestOutputHelper?.WriteLine(what);
    }
}
