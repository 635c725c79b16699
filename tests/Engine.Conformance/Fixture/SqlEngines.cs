using Dispatch.Storage;
using Dispatch.Storage.Grains;
using Dispatch.Storage.Postgres;
using Dispatch.Storage.Sqlite;
using Dispatch.Tests.Shared;

namespace Engine.Conformance;

/// <summary>A silo whose grain states are in a real SQLite file.</summary>
public sealed class SqliteEngine : OrleansEngine
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dispatch-conformance-");
    private SqliteDatabase? _database;

    protected override Task<IGrainStorage> OpenAsync()
    {
        var options = new SqliteStorageOptions { Path = Path.Combine(_folder.FullName, "dispatch.db") };
        _database = new SqliteDatabase(options, TimeProvider.System);
        return Task.FromResult<IGrainStorage>(new SqliteGrainStorage(_database, "conformance"));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database!.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <summary>A silo whose grain states are kept by Orleans' own provider, in a database of its own on a PostgreSQL server.</summary>
public sealed class PostgresEngine(PostgresServer server) : OrleansEngine
{
    private PostgresPools? _pools;
    private PostgresDatabase? _database;

    protected override async Task<IGrainStorage> OpenAsync()
    {
        var options = new PostgresStorageOptions { ConnectionString = await server.NewDatabase() };
        _pools = new PostgresPools(options);
        // Made for its tables, which it brings to this version.
        _database = new PostgresDatabase(_pools, options, TimeProvider.System);
        return PostgresGrainStates.Open(_pools, "conformance");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
        if (_pools is not null)
            await _pools.DisposeAsync();
    }
}
