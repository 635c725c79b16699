using System.Diagnostics;
using System.Text.Json.Nodes;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Hub;
using Dispatch.Sim.Client.Streams;
using Dispatch.SystemTests.Api.Support;

namespace Dispatch.SystemTests.Push;

/// <summary>
/// Followers over a network that swallows everything, or is slow: real sockets, a real server, and the time it takes. The pages' client is tried the same way by web/e2e/silence.test.ts.
/// </summary>
[Collection(RealProcesses.Name)]
public sealed class SilentNetworkTests(City city) : IClassFixture<City>
{
    /// <summary>For how long a client may say "live" over a network that swallows everything, and how soon it is back after it.</summary>
    private static readonly TimeSpan NotLiveWithin = TimeSpan.FromSeconds(10), BackWithin = TimeSpan.FromSeconds(10);

    private static string Stream => $"zone/{City.Zone}";

    [Fact]
    public async Task ANetworkThatSwallowsEverything_IsNotLiveWithinTenSeconds_AndNothingIsMissedAfterIt()
    {
        await using TroubledNetwork network = new(city.Server.Address);
        await using Follower follower = await Follower.At(network.Address);
        await city.Job();
        await DispatchServer.Until("the first events arrive", () => Task.FromResult(follower.Applied > 0));
        network.Swallow();
        long swallowed = Stopwatch.GetTimestamp();
        await follower.Until(state => state != LinkState.Live);
        TimeSpan noticed = Stopwatch.GetElapsedTime(swallowed);
        await follower.Until(state => state == LinkState.Offline);
        await city.Job();
        network.Recover();
        long recovered = Stopwatch.GetTimestamp();
        await follower.Until(state => state == LinkState.Live);
        TimeSpan back = Stopwatch.GetElapsedTime(recovered);
        long head = (await city.Server.Get($"/v1/streams/{Stream}/events?after=0", city.Dispatcher)).Must(200)["head"]!.GetValue<long>();
        await DispatchServer.Until("nothing is missing", () => Task.FromResult(follower.Applied == head));
        TestContext.Current.TestOutputHelper?.WriteLine($"not live after {noticed.TotalSeconds:0.0} s, back {back.TotalSeconds:0.0} s after the network");
        Assert.True(noticed < NotLiveWithin, $"said live for {noticed}");
        Assert.True(back < BackWithin, $"back after {back}");
    }

    /// <summary>A round trip of 400 ms and 400 kbit/s, quiet and under a burst of more than it carries at once.</summary>
    [Fact]
    public async Task ASlowNetwork_StaysConnected()
    {
        await using TroubledNetwork network = new(city.Server.Address, TimeSpan.FromMilliseconds(200), 50_000);
        await using Follower follower = await Follower.At(network.Address);
        // Far longer than the silence after which a server is taken for gone.
        using (PeriodicTimer quiet = new(TimeSpan.FromSeconds(20)))
            await quiet.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        JsonObject body = City.JobBody();
        body["symptom"] = new string('x', 1_900);
        for (int i = 0; i < 150; i++)
            (await city.Server.Post("/v1/jobs", body.DeepClone())).Must(201);
        long head = (await city.Server.Get($"/v1/streams/{Stream}/events?after=0&limit=1", city.Dispatcher)).Must(200)["head"]!.GetValue<long>();
        await DispatchServer.Until("the burst has arrived", () => Task.FromResult(follower.Applied >= head));
        Assert.DoesNotContain(follower.States, state => state is LinkState.Reconnecting or LinkState.Offline);
    }

    /// <summary>A client of the zone that keeps what it was told about its connection since it was live first.</summary>
    private sealed class Follower : IStreamListener, IAsyncDisposable
    {
        private readonly Lock gate = new();
        private readonly List<LinkState> states = [];
        private readonly SocketsHttpHandler handler = new();
        private ApiClient api = null!;
        private StreamClient client = null!;
        private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long applied;

        public long Applied => Volatile.Read(ref applied);

        public LinkState[] States
        {
            get
            {
                lock (gate)
                    return [.. states.SkipWhile(state => state != LinkState.Live)];
            }
        }

        public static async Task<Follower> At(Uri address)
        {
            Follower follower = new();
            follower.api = new ApiClient(address, follower.handler, TimeProvider.System, RetryRules.Standard, new Random(1));
            (await follower.api.SignIn(new Credentials(DispatchServer.Dispatcher, DispatchServer.Password), TestContext.Current.CancellationToken)).Must("sign in");
            follower.client = new StreamClient(
                WebSocketTransport.To(address, "/hub", follower.api.Token), follower.api, follower, new HubOptions(), Backoff.Standard, StreamLimits.Standard, TimeProvider.System, new Random(2));
            follower.client.Follow(Stream, 0);
            await follower.Until(state => state == LinkState.Live);
            return follower;
        }

        public async Task Until(Func<LinkState, bool> isSo)
        {
            using CancellationTokenSource limit = new(TimeSpan.FromMinutes(2));
            while (true)
            {
                Task next;
                lock (gate)
                {
                    if (states.Count > 0 && isSo(states[^1]))
                        return;
                    next = changed.Task;
                }
                await next.WaitAsync(limit.Token);
            }
        }

        void IStreamListener.Applied(string stream, StreamEvent happened) => Volatile.Write(ref applied, happened.Seq);

        public void Restored(StreamSnapshot snapshot) => Volatile.Write(ref applied, snapshot.Seq);

        public void LinkChanged(LinkState state)
        {
            lock (gate)
            {
                states.Add(state);
                changed.SetResult();
                changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        public void Trouble(string what) => TestContext.Current.SendDiagnosticMessage(what);

        public async ValueTask DisposeAsync()
        {
            await client.DisposeAsync();
            api.Dispose();
            handler.Dispose();
        }
    }
}
