using System.Globalization;
using Dispatch.Sim.Chaos;
using Dispatch.Sim.Chaos.Clusters;
using Dispatch.Sim.Chaos.Journals;
using Dispatch.Sim.Chaos.Load;
using Dispatch.Sim.Chaos.Servers;
using Dispatch.Sim.City;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Hub;

namespace Dispatch.ClusterTests;

/// <summary>
/// The topology of docker-compose.yml as real processes: PostgreSQL, two silos and two API nodes, with a small town entered. Tests take it
/// one after the other; one that disturbs a node waits at its end until all are ready again.
/// </summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    /// <summary>Business time runs faster than process time, so that a node with a clock of its own shows itself.</summary>
    public const int Speed = 5;

    /// <summary>For a machine that does much else.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly RetryRules Rules = new(TimeSpan.FromSeconds(40), Patience, ChaosWorld.Backoff);

    private readonly SocketsHttpHandler handler = new();
    private readonly List<string> failures = [];
    private ClusterStage? stage;
    private ChaosWorld? world;
    private int keys;

    public ClusterStage Stage => stage!;

    public ClusterNode FirstApi => Stage.Apis[0];

    public ClusterNode SecondApi => Stage.Apis[1];

    public ChaosWorld World => world!;

    public static string Server => Path.Combine(AppContext.BaseDirectory, "Dispatch.Silo.dll");

    public async ValueTask InitializeAsync()
    {
        if (PrivatePostgres.FindPrograms() is null)
            return;
        stage = await ClusterStage.Build(new ChaosOptions(0, 1, "postgres", Server) { Silos = 2 }, TimeProvider.System, Failed, "--speed", Speed.ToString(CultureInfo.InvariantCulture));
        stage.Keep = true;
        await stage.Begin(Patience, CancellationToken.None);
        world = new ChaosWorld([.. stage.Apis.Select(a => a.Address)], 1, new Journal(TimeProvider.System), TimeProvider.System, _ => { }) { AttemptTimeout = TimeSpan.FromSeconds(40), GiveUpAfter = Patience };
        await ChaosSetup.Enter(world, 10, CancellationToken.None);
        stage.Keep = false;
    }

    public async ValueTask DisposeAsync()
    {
        world?.Dispose();
        if (stage is not null)
            await stage.DisposeAsync();
        handler.Dispose();
    }

    /// <summary>Skips the test where there is no PostgreSQL; otherwise all nodes are ready.</summary>
    public async Task Ready()
    {
        Assert.SkipWhen(stage is null, "PostgreSQL is not installed");
        await Stage.Ready(Patience, TestContext.Current.CancellationToken);
        foreach (ClusterNode node in Stage.All)
            node.IsDisturbed = false;
        lock (failures)
            Assert.Empty(failures);
    }

    /// <summary>Silos that the database knows as active.</summary>
    public async Task<int> ActiveMembers() => int.Parse(await Stage.Postgres.Ask("SELECT count(*) FROM cluster_member WHERE status = 3") ?? "-1", CultureInfo.InvariantCulture);

    /// <summary>A client that speaks to this node only.</summary>
    public async Task<ApiClient> At(ClusterNode node, string user = "desk1")
    {
        ApiClient client = new(node.Address, handler, TimeProvider.System, Rules, new Random(1));
        (await client.SignIn(new Credentials(user, ChaosWorld.Password), TestContext.Current.CancellationToken)).Must("sign-in of " + user);
        return client;
    }

    /// <summary>Files a request for a visit; the job's id.</summary>
    public async Task<string> File(ApiClient by)
    {
        string key = string.Create(CultureInfo.InvariantCulture, $"cluster-{Interlocked.Increment(ref keys)}");
        ClockReply clock = await by.Clock(TestContext.Current.CancellationToken);
        CustomerRequest request = new(
            "screen", ChaosSetup.PlaceOf(1, key), "1 River Road", new Contact("Customer", "+86 21 5555 0101", "en"), new Device("Sony", "One", null), key, "doorToDoor", new Period(clock.Now, clock.Now.AddHours(8)));
        return (await by.Command<Created>("v1/jobs", request, key, TestContext.Current.CancellationToken)).Must(key).Id;
    }

    /// <summary>Status and reason of a health path; status 0 where nobody answers.</summary>
    public async Task<(int Status, string Body)> Health(ClusterNode node, string path)
    {
        using HttpClient http = new(handler, disposeHandler: false) { BaseAddress = node.Address, Timeout = TimeSpan.FromSeconds(20) };
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return (0, e.Message);
        }
    }

    /// <summary>Looks again until it is so.</summary>
    public static async Task Until(string what, Func<Task<bool>> look)
    {
        using PeriodicTimer again = new(TimeSpan.FromMilliseconds(50));
        long since = TimeProvider.System.GetTimestamp();
        while (!await look())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, $"{what}: not within {Patience.TotalSeconds} s");
            await again.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    public static HubDial Dial(ApiClient who, params IReadOnlyList<ClusterNode> nodes)
    {
        int next = -1;
        return cancellation => WebSocketTransport.To(nodes[Interlocked.Increment(ref next) % nodes.Count].Address, "hub", who.Token)(cancellation);
    }

    private void Failed(string what)
    {
        lock (failures)
            failures.Add(what);
    }
}

/// <summary>All that takes the one cluster, one after the other and beside nothing else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TheCluster : ICollectionFixture<ClusterFixture>
{
    public const string Name = "the cluster";
}

/// <summary>What starts a cluster of its own: never beside the other one.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OwnClusters
{
    public const string Name = "clusters of their own";
}
