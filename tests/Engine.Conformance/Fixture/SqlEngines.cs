using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage;
using Dispatch.Storage.Grains;
using Dispatch.Storage.Postgres;
using Dispatch.Storage.Reminders;
using Dispatch.Storage.Sqlite;
using Dispatch.Tests.Shared;

namespace Engine.Conformance;

/// <summary>A silo whose store and reminders are in a real SQLite file.</summary>
public sealed class SqliteEngine : OrleansEngine
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dispatch-conformance-");
    private SqliteDatabase? _database;

    protected override Task<(IGrainStorage, IReminderTable)> OpenAsync()
    {
        var options = new SqliteStorageOptions { Path = Path.Combine(_folder.FullName, "dispatch.db") };
        _database = new SqliteDatabase(options, TimeProvider.System);
        return Task.FromResult(Parts(_database));
    }

    internal static (IGrainStorage, IReminderTable) Parts(IDatabase database) =>
        (new SqlGrainStorage(database, "conformance"), new SqlReminderTable(database, "conformance"));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database!.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <summary>A silo whose store and reminders are in a database of its own on a PostgreSQL server.</summary>
public sealed class PostgresEngine(PostgresServer server) : OrleansEngine
{
    private PostgresDatabase? _database;

    protected override async Task<(IGrainStorage, IReminderTable)> OpenAsync()
    {
        _database = new PostgresDatabase(new PostgresStorageOptions { ConnectionString = await server.NewDatabase() }, TimeProvider.System);
        return SqliteEngine.Parts(_database);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
    }
}
