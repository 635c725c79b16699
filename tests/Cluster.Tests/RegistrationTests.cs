using Dispatch.Silo;
using Dispatch.Storage.Grains;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Serialization;

namespace Dispatch.ClusterTests;

/// <summary>
/// Which part of Orleans a process plays, and which provider keeps its grains, by its settings alone; nothing is started.
/// </summary>
public sealed class RegistrationTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dispatch-registration-").FullName;

    private string[] OnPostgres => ["--data", folder, "--Dispatch:Store", "postgres", "--Dispatch:ConnectionString", "Host=127.0.0.1;Port=1;Database=none;Username=none", "--Dispatch:Cluster:Kind", "postgres", "--Dispatch:Cluster:Address", "127.0.0.1"];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task OnPostgres_GrainsAreKeptByOrleansAdoNetProvider()
    {
        await using WebApplication app = DispatchHost.Build(OnPostgres);
        Assert.Equal("Orleans.Storage.AdoNetGrainStorage", app.Services.GetRequiredKeyedService<IGrainStorage>("dispatch").GetType().FullName);
    }

    [Fact]
    public async Task OnSqlite_GrainsAreKeptByOurOwnProvider()
    {
        await using WebApplication app = DispatchHost.Build(["--data", folder]);
        Assert.IsType<SqliteGrainStorage>(app.Services.GetRequiredKeyedService<IGrainStorage>("dispatch"));
    }

    /// <summary>An activation that could not read its state ends its calls with what the driver said.</summary>
    [Fact]
    public async Task FailureOfTheDatabase_TravelsFromSiloToApiNode()
    {
        await using WebApplication silo = DispatchHost.Build([.. OnPostgres, "--Dispatch:Cluster:Role", "silo"]);
        await using WebApplication api = DispatchHost.Build([.. OnPostgres, "--Dispatch:Cluster:Role", "api"]);
        PostgresException server = new("terminating connection", "FATAL", "FATAL", PostgresErrorCodes.AdminShutdown);
        Exception thrown = new OrleansException("Error from storage provider", new NpgsqlException("The connection pool has been exhausted", server));
        byte[] bytes = silo.Services.GetRequiredService<Serializer>().SerializeToArray(thrown);
        Exception arrived = api.Services.GetRequiredService<Serializer>().Deserialize<Exception>(bytes)!;
        Assert.Equal("The connection pool has been exhausted", Assert.IsType<NpgsqlException>(Assert.IsType<OrleansException>(arrived).InnerException).Message);
        Assert.IsType<PostgresException>(arrived.InnerException!.InnerException);
    }

    [Fact]
    public async Task ApiNode_IsAClient_AndASiloIsASilo()
    {
        await using WebApplication api = DispatchHost.Build([.. OnPostgres, "--Dispatch:Cluster:Role", "api"]), silo = DispatchHost.Build([.. OnPostgres, "--Dispatch:Cluster:Role", "silo"]);
        Assert.Null(api.Services.GetService<ISiloStatusOracle>());
        Assert.NotNull(api.Services.GetService<IClusterClient>());
        Assert.NotNull(silo.Services.GetService<ISiloStatusOracle>());
    }
}
