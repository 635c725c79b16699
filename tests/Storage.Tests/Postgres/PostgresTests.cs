using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage;
using Dispatch.Storage.Feeds;
using Dispatch.Storage.Postgres;
using Dispatch.Storage.Schema;
using Dispatch.Tests.Shared;
using Npgsql;
using Storage.Tests.Feeds;
using Storage.Tests.Grains;
using Storage.Tests.Support;

namespace Storage.Tests.Postgres;

/// <summary>A new database of the server, and as many hosts on it as a test wants.</summary>
internal sealed class PostgresHosts(PostgresServer server) : IAsyncDisposable
{
    private readonly List<(PostgresDatabase Database, PostgresPools Pools)> _open = [];
    private string? _connectionString;

    public async Task<PostgresDatabase> Open(int lockSeconds = 10)
    {
        _connectionString ??= await server.NewDatabase();
        var options = new PostgresStorageOptions { ConnectionString = _connectionString, LockSeconds = lockSeconds };
        var pools = new PostgresPools(options);
        var database = new PostgresDatabase(pools, options, TimeProvider.System);
        _open.Add((database, pools));
        return database;
    }

    public PostgresPools PoolsOf(PostgresDatabase database) => _open.First(host => host.Database == database).Pools;

    public async ValueTask DisposeAsync()
    {
        foreach (var (database, pools) in _open)
        {
            await database.DisposeAsync();
            await pools.DisposeAsync();
        }
    }
}

public sealed class PostgresFeedStoreTests(PostgresServer server) : FeedStoreContract, IAsyncLifetime
{
    private readonly PostgresHosts _hosts = new(server);
    private IDatabase? _database;

    protected override IDatabase Database => _database!;

    public async ValueTask InitializeAsync() => _database = await _hosts.Open();
    public ValueTask DisposeAsync() => _hosts.DisposeAsync();
}

public sealed class PostgresGrainStorageTests(PostgresServer server) : GrainStorageContract, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly PostgresHosts _hosts = new(server);
    private PostgresDatabase? _database;

    protected override IDatabase Database => _database!;

    protected override async Task Reopen()
    {
        await _database!.DisposeAsync();
        _database = await _hosts.Open();
    }

    protected override IGrainStorage Open(string serviceId) => PostgresGrainStates.Open(_hosts.PoolsOf(_database!), serviceId);

    public async ValueTask InitializeAsync() => _database = await _hosts.Open();
    public ValueTask DisposeAsync() => _hosts.DisposeAsync();

    [Fact]
    public async Task OfRacingFirstWritesOfThreeHosts_ExactlyOnePerGrainWins()
    {
        PostgresDatabase[] hosts = [_database!, await _hosts.Open(), await _hosts.Open()];
        await FirstWriteRaceTests.Race(_database!, [.. hosts.Select(host => PostgresGrainStates.Open(_hosts.PoolsOf(host), "dispatch"))], 3_000);
    }

    [Fact]
    public async Task DueRecords_AreFoundByTheComputedColumn()
    {
        foreach (var (id, seconds) in new (string, int?)[] { ("job_b", 0), ("job_a", -1), ("job_c", 1), ("job_d", null) })
            await Storage.WriteStateAsync("job", GrainId.Create("job", $"main/{id}"),
                new GrainState<Sample>(new Sample { DueAt = seconds is { } offset ? Noon.AddSeconds(offset).ToUnixTimeMilliseconds() : null }));
        var due = await new SqlDueStore(Database, "dispatch").Due(new Moment(Noon, Noon.AddHours(-1)), 10);
        Assert.Equal([new DueGrain("job", "main/job_a"), new DueGrain("job", "main/job_b")], due);
    }

    [Fact]
    public async Task ARecordAmongManyOfItsKind_IsFoundByItsWholeKey()
    {
        await Database.Execute("""
            INSERT INTO OrleansStorage (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString, Version, ModifiedOn, PayloadJson)
            SELECT 'dispatch', 'job', 0, 0, 'main/job_' || n, 1, 0, '{}' FROM generate_series(1, 20000) n
            """);
        await Database.Execute("ANALYZE OrleansStorage");
        // A generic plan is the harder case: it is made without knowing whether the key is null.
        foreach (var mode in new[] { "force_custom_plan", "force_generic_plan" })
        {
            var plan = await Database.Write((connection, transaction) =>
            {
                Steps.Run(connection, transaction, $"SET LOCAL plan_cache_mode = {mode}");
                var read = Steps.Text(connection, "SELECT QueryText FROM OrleansQuery WHERE QueryKey = 'ReadFromStorageKey'");
                string[] names = ["ServiceId", "GrainTypeString", "GrainIdN0", "GrainIdN1", "GrainIdExtensionString"];
                foreach (var name in names.OrderByDescending(name => name.Length))
                    read = read.Replace($"@{name}", $"${Array.IndexOf(names, name) + 1}", StringComparison.Ordinal);
                Steps.Run(connection, transaction, $"PREPARE look (text, text, bigint, bigint, text) AS {read}");
                using var command = connection.CreateCommand();
                command.CommandText = "EXPLAIN (ANALYZE, FORMAT TEXT) EXECUTE look ('dispatch', 'job', 0, 0, 'main/job_777')";
                using var reader = command.ExecuteReader();
                var lines = new List<string>();
                while (reader.Read())
                    lines.Add(reader.GetString(0));
                reader.Close();
                Steps.Run(connection, transaction, "DEALLOCATE look");
                return string.Join('\n', lines);
            });
            Assert.Contains("orleansstorage_key", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Rows Removed", plan, StringComparison.Ordinal);
        }
    }
}

public sealed class PostgresDatabaseTests(PostgresServer server) : IAsyncLifetime
{
    private readonly PostgresHosts _hosts = new(server);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;
    public ValueTask DisposeAsync() => _hosts.DisposeAsync();

    [Fact]
    public async Task FailingWork_LeavesNoTraceAndFailsAlone()
    {
        var database = await _hosts.Open();
        await database.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        var writes = Enumerable.Range(0, 50).Select(id => database.Write((connection, transaction) =>
        {
            Steps.Run(connection, transaction, $"INSERT INTO t VALUES ({id})");
            return id % 10 == 3 ? throw new InvalidOperationException() : id;
        })).ToArray();
        for (var id = 0; id < writes.Length; id++)
        {
            if (id % 10 == 3)
                await Assert.ThrowsAsync<InvalidOperationException>(() => writes[id].Within("a failing write"));
            else
                Assert.Equal(id, await writes[id].Within("a write"));
        }
        Assert.Equal(45, await database.Count("SELECT COUNT(*) FROM t"));
        Assert.Equal(PostgresErrorCodes.UniqueViolation, (await Assert.ThrowsAsync<PostgresException>(() => database.Execute("INSERT INTO t VALUES (1)"))).SqlState);
        Assert.Null(await database.Probe());
    }

    [Fact]
    public async Task WorkThatLosesAgainstAnother_IsRunAgain()
    {
        var database = await _hosts.Open();
        await database.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER)");
        await database.Execute("INSERT INTO t VALUES (1, 0), (2, 0)");
        using var both = new Barrier(2);
        var runs = 0;

        // Each locks one row, then wants the other's: one of them has to give way.
        Task<int> Cross(int first, int second)
        {
            var met = false;
            return database.Write((connection, transaction) =>
            {
                Interlocked.Increment(ref runs);
                Steps.Run(connection, transaction, $"UPDATE t SET n = n + 1 WHERE id = {first}");
                if (!met)
                    met = both.SignalAndWait(Steps.Patience);
                return Steps.Run(connection, transaction, $"UPDATE t SET n = n + 1 WHERE id = {second}");
            });
        }

        await Task.WhenAll(Cross(1, 2), Cross(2, 1)).Within("both get through");
        Assert.InRange(runs, 3, 9);
        Assert.Equal(4, await database.Count("SELECT SUM(n) FROM t"));
    }

    [Fact]
    public async Task AConnectionThatTheServerEnds_FailsItsWorkAndIsReplaced()
    {
        var database = await _hosts.Open();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => database.Execute("SELECT pg_terminate_backend(pg_backend_pid())").Within("the ended work"));
        Assert.Null(await database.Probe());
        await Assert.ThrowsAsync<StorageUnavailableException>(() => database.Read(connection => Steps.Run(connection, null, "DELETE FROM audit")));
        Assert.Equal(0, await database.Count("SELECT COUNT(*) FROM audit"));
    }

    [Fact]
    public async Task HostsThatStartTogether_MakeTheTablesOnce()
    {
        var connectionString = await server.NewDatabase();
        var databases = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () => Open(connectionString, 30), TaskCreationOptions.LongRunning)))
            .Within("four hosts open the new database");
        Assert.Equal(SqlScripts.Postgres.Count, await databases[0].Count("SELECT COUNT(*) FROM schema_version"));
        foreach (var database in databases)
            await database.DisposeAsync();
    }

    [Fact]
    public async Task ASchemaOfANewerVersion_IsRefused()
    {
        var database = await _hosts.Open();
        await database.Execute("INSERT INTO schema_version (version, applied_at) VALUES (999, 0)");
        await Assert.ThrowsAsync<SchemaException>(() => _hosts.Open());
    }

    [Fact]
    public void AServerThatIsNotThere_StopsTheStart() => Assert.Throws<StorageUnavailableException>(
        () => Open("Host=/nowhere;Username=dispatch", 0));

    private static PostgresDatabase Open(string connectionString, int patience)
    {
        var options = new PostgresStorageOptions { ConnectionString = connectionString, StartPatienceSeconds = patience };
        return new PostgresDatabase(new PostgresPools(options), options, TimeProvider.System);
    }
}
