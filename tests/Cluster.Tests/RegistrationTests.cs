using Dispatch.Silo;
using Dispatch.Storage.Grains;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.ClusterTests;

/// <summary>Which part of Orleans a process plays, and which provider keeps its grains, by its settings alone; nothing is started.</summary>
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

    [Fact]
    public async Task ApiNode_IsAClient_AndASiloIsASilo()
    {
        await using WebApplication api = DispatchHost.Build([.. OnPostgres, "--Dispatch:Cluster:Role", "api"]), silo = DispatchHost.Build([.. OnPostgres, "--Dispatch:Cluster:Role", "silo"]);
        Assert.Null(api.Services.GetService<ISiloStatusOracle>());
        Assert.NotNull(api.Services.GetService<IClusterClient>());
        Assert.NotNull(silo.Services.GetService<ISiloStatusOracle>());
    }
}
