using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage.Feeds;
using Dispatch.Storage.Grains;
using Dispatch.Storage.Reminders;
using Dispatch.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dispatch.Storage;

public static class StorageServices
{
    /// <summary>The name under which grains ask for their storage.</summary>
    public const string GrainStorageName = "dispatch";

    /// <summary>
    /// Keeps everything in one SQLite file: grain states (<c>IGrainStorage</c> under <see cref="GrainStorageName"/>), reminders, <see cref="IDatabase"/>,
    /// <see cref="IFeedStore"/> and <see cref="IDueStore"/>. The file is opened and brought to this version by whoever asks first, at the latest when the
    /// host starts; if that fails, the host does not start. Closing the container finishes what is queued. Works alike for either engine.
    /// </summary>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, Action<SqliteStorageOptions> configure)
    {
        services.AddOptions<SqliteStorageOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new SqliteDatabase(
            provider.GetRequiredService<IOptions<SqliteStorageOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<SqliteDatabase>>()));
        services.AddSingleton<IDatabase>(provider => provider.GetRequiredService<SqliteDatabase>());
        services.AddKeyedSingleton<IGrainStorage>(GrainStorageName, (provider, _) => new SqliteGrainStorage(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<IFeedStore, SqlFeedStore>();
        services.AddSingleton<IDueStore>(provider => new SqlDueStore(provider.GetRequiredService<IDatabase>(), ServiceId(provider)));
        services.AddSingleton<IReminderTable>(provider => new SqlReminderTable(provider.GetRequiredService<IDatabase>(), ServiceId(provider)));
        services.AddHostedService<OpensDatabase>();
        return services;
    }

    private static string ServiceId(IServiceProvider provider) => provider.GetRequiredService<SqliteDatabase>().ServiceId;

    /// <summary>Its dependency is all it does: the database is open, or start-up has failed.</summary>
    private sealed class OpensDatabase(SqliteDatabase database) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => database.Probe(cancellationToken) is { } probe ? Truthful(probe) : Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        private static async Task Truthful(Task<string?> probe)
        {
            if (await probe is { } reason)
                throw new StorageUnavailableException(reason);
        }
    }
}
