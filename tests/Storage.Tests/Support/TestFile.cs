using Dispatch.Storage;
using Dispatch.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Storage.Tests.Support;

/// <summary>A database file in a folder of its own, which goes away with it.</summary>
public sealed class TestFile : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dispatch-storage-");
    private readonly List<SqliteDatabase> _open = [];

    public string Path => System.IO.Path.Combine(_folder.FullName, "data", "dispatch.db");

    public SqliteDatabase Open(Action<SqliteStorageOptions>? change = null)
    {
        var options = new SqliteStorageOptions { Path = Path };
        change?.Invoke(options);
        var database = new SqliteDatabase(options, TimeProvider.System);
        _open.Add(database);
        return database;
    }

    /// <summary>A connection past the database object, as another process would have it.</summary>
    public SqliteConnection OpenBeside()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _open)
            await database.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
