using System.ComponentModel.DataAnnotations;
using Dispatch.Storage;
using Dispatch.Storage.Schema;
using Dispatch.Storage.Sqlite;
using Storage.Tests.Support;

namespace Storage.Tests.Schema;

public sealed class SchemaTests : IAsyncLifetime
{
    private readonly TestFile _file = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task ANewFile_HasEveryTableAndEveryStep()
    {
        var database = _file.Open();
        var tables = await database.Read(connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name COLLATE NOCASE";
            using var reader = command.ExecuteReader();
            var names = new List<string>();
            while (reader.Read())
                names.Add(reader.GetString(0));
            return names;
        });
        Assert.Equal(["account", "audit", "business_clock", "contact", "desk_person", "desk_text", "event", "OrleansQuery", "OrleansStorage", "probe", "schema_version", "stream_event", "stream_head", "view", "view_key"], tables);
        Assert.Equal(SqlScripts.Sqlite.Count, await database.Count("SELECT COUNT(*) FROM schema_version"));
        Assert.Equal(SqlScripts.Sqlite.Count, await database.Count("SELECT MAX(version) FROM schema_version"));
    }

    [Fact]
    public async Task OpeningAgain_ChangesNothing()
    {
        await using (var first = _file.Open())
            await first.Execute("INSERT INTO audit (tenant, at, who, action, subject, digest) VALUES ('main', 1, 'me', 'looked', 'job_1', 'x')");
        var again = _file.Open();
        Assert.Equal(1, await again.Count("SELECT COUNT(*) FROM audit"));
        Assert.Equal(SqlScripts.Sqlite.Count, await again.Count("SELECT COUNT(*) FROM schema_version"));
    }

    [Fact]
    public async Task ASchemaOfANewerVersion_IsRefusedWithWhatToDo()
    {
        await using (var database = _file.Open())
            await database.Execute($"INSERT INTO schema_version (version, applied_at) VALUES ({SqlScripts.Sqlite.Count + 1}, 0)");
        var refused = Assert.Throws<SchemaException>(() => _file.Open());
        Assert.Contains($"version {SqlScripts.Sqlite.Count + 1}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Start the newer program", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AStepThatFails_LeavesNoHalfOfItself()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file.Path)!);
        using var connection = _file.OpenBeside();
        SqlScript[] scripts = [new(1, "001-good", "CREATE TABLE a (id INTEGER)"), new(2, "002-bad", "CREATE TABLE b (id INTEGER); INSERT INTO nowhere VALUES (1)")];
        Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => Migrator.Run(connection, scripts, DateTimeOffset.UnixEpoch));
        Assert.Equal(0, Steps.Number(connection, "SELECT COUNT(*) FROM sqlite_schema"));
        Migrator.Run(connection, scripts[..1], DateTimeOffset.UnixEpoch);
        Migrator.Run(connection, [scripts[0], new(2, "002-mended", "CREATE TABLE b (id INTEGER)")], DateTimeOffset.UnixEpoch);
        Assert.Equal(2, Steps.Number(connection, "SELECT COUNT(*) FROM sqlite_schema WHERE name IN ('a', 'b')"));
        Assert.Equal(2, Steps.Number(connection, "SELECT MAX(version) FROM schema_version"));
    }

    [Fact]
    public async Task HostsThatStartTogether_MakeTheTablesOnce()
    {
        var files = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () => new SqliteDatabase(new SqliteStorageOptions { Path = _file.Path, BusyTimeoutMilliseconds = 60_000 }, TimeProvider.System), TaskCreationOptions.LongRunning));
        var databases = await Task.WhenAll(files).Within("four hosts open the new file");
        Assert.Equal(SqlScripts.Sqlite.Count, await databases[0].Count("SELECT COUNT(*) FROM schema_version"));
        foreach (var database in databases)
        {
            Assert.Null(await database.Probe());
            await database.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(nameof(SqliteStorageOptions.MaxBatchItems), 0)]
    [InlineData(nameof(SqliteStorageOptions.MaxBatchMilliseconds), 0)]
    [InlineData(nameof(SqliteStorageOptions.WriteQueueCapacity), 0)]
    [InlineData(nameof(SqliteStorageOptions.ReadConnections), 0)]
    [InlineData(nameof(SqliteStorageOptions.BusyTimeoutMilliseconds), -1)]
    [InlineData(nameof(SqliteStorageOptions.Path), "")]
    [InlineData(nameof(SqliteStorageOptions.ServiceId), "")]
    public void AWrongOption_StopsTheStartAndIsNamed(string name, object value)
    {
        var wrong = Assert.Throws<ValidationException>(() => _file.Open(options => typeof(SqliteStorageOptions).GetProperty(name)!.SetValue(options, value)));
        Assert.Contains(name, wrong.Message, StringComparison.Ordinal);
    }
}
