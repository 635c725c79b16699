using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage;
using Dispatch.Storage.Feeds;
using Dispatch.Storage.Grains;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Storage.Tests.Support;

namespace Storage.Tests.Schema;

public sealed class RegistrationTests : IAsyncLifetime
{
    private readonly TestFile _file = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private IHost Host(Action<SqliteStorageOptions> configure)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSqliteStorage(configure);
        return builder.Build();
    }

    [Fact]
    public async Task OneRegistration_GivesEveryPort()
    {
        using var host = Host(options => options.Path = _file.Path);
        await host.StartAsync();
        Assert.True(File.Exists(_file.Path));
        Assert.IsType<SqliteGrainStorage>(host.Services.GetRequiredKeyedService<IGrainStorage>("dispatch"));
        Assert.IsType<SqlFeedStore>(host.Services.GetRequiredService<IFeedStore>());
        Assert.IsType<SqlDueStore>(host.Services.GetRequiredService<IDueStore>());
        Assert.Null(await host.Services.GetRequiredService<IDatabase>().Probe());
        await host.StopAsync();
    }

    [Fact]
    public async Task AFileThatCannotBeUsed_StopsTheHostFromStarting()
    {
        await using (var database = _file.Open())
            await database.Execute("INSERT INTO schema_version (version, applied_at) VALUES (999, 0)");
        using var host = Host(options => options.Path = _file.Path);
        await Assert.ThrowsAsync<Dispatch.Storage.Schema.SchemaException>(() => host.StartAsync());
    }

    [Fact]
    public async Task AWrongOption_StopsTheHostFromStarting()
    {
        using var host = Host(options => (options.Path, options.ReadConnections) = (_file.Path, 0));
        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.False(File.Exists(_file.Path));
    }
}
