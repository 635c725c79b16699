using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage.Feeds;
using Dispatch.Storage.Grains;
using Dispatch.Storage.Postgres;
using Dispatch.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dispatch.Storage;

public static class StorageServices
{
    /// <summary>The name under which grains ask for their storage.</summary>
    public const string GrainStorageName = "dispatch";

    /// <summary>
    /// Keeps everything in one SQLite file: grain states (<c>IGrainStorage</c> under <see cref="GrainStorageName"/>), <see cref="IDatabase"/>,
    /// <see cref="IFeedStore"/> and <see cref="IDueStore"/>. The file is opened and brought to this version by whoever asks first, at the latest when the
    /// host starts; if that fails, the host does not start. Closing the container finishes what is queued.
    /// </summary>
    /// <remarks>Its time-outs run by the system's clock, whatever clock the host runs its business by.</remarks>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, Action<SqliteStorageOptions> configure)
    {
        services.AddOptions<SqliteStorageOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new SqliteDatabase(
            provider.GetRequiredService<IOptions<SqliteStorageOptions>>().Value,
            TimeProvider.System,
            provider.GetService<ILogger<SqliteDatabase>>()));
        services.AddSingleton<IDatabase>(provider => provider.GetRequiredService<SqliteDatabase>());
        services.AddKeyedSingleton<IGrainStorage>(GrainStorageName, (provider, _) => new SqliteGrainStorage(
            provider.GetRequiredService<IDatabase>(), provider.GetRequiredService<IOptions<SqliteStorageOptions>>().Value.ServiceId));
        return services.AddStores(provider => provider.GetRequiredService<IOptions<SqliteStorageOptions>>().Value.ServiceId);
    }

    /// <summary>
    /// The same over PostgreSQL, for one host or many, without the grain states: those are kept by Orleans' ADO.NET provider, which finds its statements and rows in the same database.
    /// Give it <see cref="PostgresPools.Main"/> and <see cref="GrainStateJson"/>, and the cluster the same service id as here.
    /// </summary>
    public static IServiceCollection AddPostgresStorage(this IServiceCollection services, Action<PostgresStorageOptions> configure)
    {
        services.AddOptions<PostgresStorageOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new PostgresPools(provider.GetRequiredService<IOptions<PostgresStorageOptions>>().Value));
        services.AddSingleton(provider => new PostgresDatabase(
            provider.GetRequiredService<PostgresPools>(), provider.GetRequiredService<IOptions<PostgresStorageOptions>>().Value, TimeProvider.System));
        services.AddSingleton<IDatabase>(provider => provider.GetRequiredService<PostgresDatabase>());
        return services.AddStores(provider => provider.GetRequiredService<IOptions<PostgresStorageOptions>>().Value.ServiceId);
    }

    private static IServiceCollection AddStores(this IServiceCollection services, Func<IServiceProvider, string> serviceId)
    {
        services.AddSingleton<IFeedStore, SqlFeedStore>();
        services.AddSingleton<IDueStore>(provider => new SqlDueStore(provider.GetRequiredService<IDatabase>(), serviceId(provider)));
        services.AddHostedService<OpensDatabase>();
        return services;
    }

    /// <summary>The database is open when this is made, and takes a write; or start-up has failed.</summary>
    private sealed class OpensDatabase(IDatabase database) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            if (await database.Probe(cancellationToken) is { } fault)
                throw new StorageUnavailableException(fault.Message);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
