using Dispatch.Sim.Chaos.Load;
using Dispatch.Sim.Chaos.Servers;

namespace Dispatch.Sim.Chaos;

/// <summary>The processes of a run and their folders. Everything ends and goes with it; the files stay where the run failed.</summary>
public sealed class ChaosStage : IAsyncDisposable
{
    private ChaosStage(ServerProcess server, PrivatePostgres? postgres, string folder) => (Server, Postgres, Folder) = (server, postgres, folder);

    public ServerProcess Server { get; }

    public PrivatePostgres? Postgres { get; }

    public string Folder { get; }

    /// <summary>Leave the files behind.</summary>
    public bool Keep { get; set; }

    public static async Task<ChaosStage> Build(ChaosOptions options, TimeProvider time)
    {
        if (!File.Exists(options.Server))
            throw new ChaosRefusedException($"There is no server {options.Server}: build it first.");
        string folder = Directory.CreateTempSubdirectory($"dispatch-chaos-{options.Store}-{options.Seed}-").FullName;
        PrivatePostgres? postgres = null;
        try
        {
            // Beside, because its server runs as another user, whom the folder of this one is closed to.
            postgres = options.Store == "postgres" ? await PrivatePostgres.Start(folder + "-db") : null;
            return new ChaosStage(new ServerProcess(Settings(options, folder, postgres), time), postgres, folder);
        }
        catch
        {
            if (postgres is not null)
                await postgres.DisposeAsync();
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        if (Postgres is not null)
        {
            Postgres.Keep = Keep;
            await Postgres.DisposeAsync();
        }
        if (!Keep)
            Directory.Delete(Folder, recursive: true);
    }

    private static ServerSettings Settings(ChaosOptions options, string folder, PrivatePostgres? postgres) =>
        new(options.Server, folder, FreePorts.Take(1)[0], ServerEnvironment(postgres), ServerArguments);

    /// <summary>A planner in a hurry and offers that end soon, so that there is always something under way; everything else as in production.</summary>
    internal static IReadOnlyList<string> ServerArguments { get; } =
    [
        "--Dispatch:Api:PasswordIterations", "1000", "--Dispatch:Api:OfferLasts", "00:00:06", "--Dispatch:Planning:Tick", "00:00:00.25", "--Dispatch:Planning:OfferLead", "08:00:00",
        "--Dispatch:Planning:OfferTimeout", "00:00:05", "--Dispatch:Planning:Iterations", "200", "--Dispatch:Planning:ImproveFor", "2", "--Dispatch:Planning:MailIn:DaysAhead", "4",
        "--Dispatch:Planning:BenchRetry", "00:00:10", "--Logging:LogLevel:Default", "Warning",
    ];

    internal static Dictionary<string, string> ServerEnvironment(PrivatePostgres? postgres)
    {
        Dictionary<string, string> environment = new(StringComparer.Ordinal)
        {
            ["Dispatch__BootstrapUser"] = ChaosSetup.Manager,
            ["Dispatch__BootstrapPassword"] = ChaosWorld.Password,
        };
        if (postgres is not null)
            (environment["Dispatch__Store"], environment["Dispatch__ConnectionString"]) = ("postgres", postgres.ConnectionString);
        return environment;
    }
}
