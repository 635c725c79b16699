using System.Globalization;
using Dispatch.Sim.Chaos.Servers;

namespace Dispatch.Sim.Chaos.Clusters;

/// <summary>The processes of a cluster and their folders, as <c>./dispatch cluster</c> has them: PostgreSQL, silos, API nodes. Everything ends and goes with it; the files stay where the run failed.</summary>
public sealed class ClusterStage : IAsyncDisposable
{
    public const int ApiNodes = 2;

    private ClusterStage(PrivatePostgres postgres, IReadOnlyList<ClusterNode> silos, IReadOnlyList<ClusterNode> apis, string folder) =>
        (Postgres, Silos, Apis, Folder) = (postgres, silos, apis, folder);

    public PrivatePostgres Postgres { get; }

    public IReadOnlyList<ClusterNode> Silos { get; }

    public IReadOnlyList<ClusterNode> Apis { get; }

    public IEnumerable<ClusterNode> All => [.. Silos, .. Apis];

    public string Folder { get; }

    /// <summary>Leave the files behind.</summary>
    public bool Keep { get; set; }

    /// <param name="failed">Told of a process that ends without being disturbed.</param>
    /// <param name="arguments">Further arguments of every node.</param>
    /// <exception cref="PostgresMissingException">PostgreSQL is not installed.</exception>
    public static async Task<ClusterStage> Build(ChaosOptions options, TimeProvider time, Action<string> failed, params IReadOnlyList<string> arguments)
    {
        if (!File.Exists(options.Server))
            throw new ChaosRefusedException($"There is no server {options.Server}: build it first.");
        string folder = Directory.CreateTempSubdirectory($"dispatch-cluster-{options.Seed}-").FullName;
        PrivatePostgres? postgres = null;
        try
        {
            postgres = await PrivatePostgres.Start(folder + "-db");
            IReadOnlyList<int> ports = FreePorts.Take(3 * options.Silos + ApiNodes);
            ClusterNode Node(string name, int port, params string[] own) =>
                new(name, new ServerProcess(Settings(options, folder, postgres, name, port, [.. own, .. arguments]), time), time, failed);
            ClusterNode[] silos = [.. Enumerable.Range(0, options.Silos).Select(n => Node(
                Name("silo", n), ports[3 * n], "--Dispatch:Cluster:Role", "silo", "--Dispatch:Cluster:SiloPort", Number(ports[3 * n + 1]), "--Dispatch:Cluster:GatewayPort", Number(ports[3 * n + 2])))];
            ClusterNode[] apis = [.. Enumerable.Range(0, ApiNodes).Select(n => Node(Name("api", n), ports[3 * options.Silos + n], "--Dispatch:Cluster:Role", "api"))];
            return new ClusterStage(postgres, silos, apis, folder);
        }
        catch
        {
            if (postgres is not null)
                await postgres.DisposeAsync();
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Starts all nodes at once, as a machine that boots does, and waits until each is ready.</summary>
    public async Task Begin(TimeSpan patience, CancellationToken cancellation)
    {
        foreach (ClusterNode node in All)
            node.Begin();
        await Ready(patience, cancellation);
    }

    public Task Ready(TimeSpan patience, CancellationToken cancellation) => Task.WhenAll(All.Select(node => node.Ready(patience, cancellation)));

    public async ValueTask DisposeAsync()
    {
        foreach (ClusterNode node in All)
            await node.DisposeAsync();
        Postgres.Keep = Keep;
        await Postgres.DisposeAsync();
        if (!Keep)
            Directory.Delete(Folder, recursive: true);
    }

    private static string Name(string role, int n) => $"{role}-{Number(n + 1)}";

    private static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);

    private static ServerSettings Settings(ChaosOptions options, string folder, PrivatePostgres postgres, string name, int port, IReadOnlyList<string> own)
    {
        Dictionary<string, string> environment = ChaosStage.ServerEnvironment(postgres);
        (environment["Dispatch__Cluster__Kind"], environment["Dispatch__Cluster__Address"]) = ("postgres", "127.0.0.1");
        return new ServerSettings(options.Server, folder, port, environment, [.. ChaosStage.ServerArguments, .. own]) { Name = name };
    }
}
