using Dispatch.Grains.Contracts.Storage;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Dispatch.Storage.Sqlite;

/// <summary>The database file: makes it, and opens connections to it in the one way that keeps its promises.</summary>
internal sealed class SqliteFile(SqliteStorageOptions options)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Path { get; } = System.IO.Path.GetFullPath(options.Path);

    /// <summary>Makes the folder (0700) and the file (0600) where missing; SQLite gives its other files the mode of this one.</summary>
    public void Prepare()
    {
        var folder = System.IO.Path.GetDirectoryName(Path)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }
        if (!Directory.Exists(folder))
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        new FileStream(Path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, UnixCreateMode = OwnerOnly }).Dispose();
        File.SetUnixFileMode(Path, OwnerOnly);
    }

    /// <summary>A connection whose commits are on the disk when they return.</summary>
    /// <exception cref="StorageUnavailableException">The file system does not let SQLite promise that.</exception>
    public KeepingConnection OpenWriter()
    {
        var connection = Open(SqliteOpenMode.ReadWriteCreate);
        try
        {
            // fullfsync matters on macOS only, where fsync does not reach the disk.
            connection.Run($"""
                PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = 1; PRAGMA checkpoint_fullfsync = 1;
                PRAGMA wal_autocheckpoint = {options.WalAutoCheckpointPages}; PRAGMA journal_size_limit = {4096L * 4 * options.WalAutoCheckpointPages};
                PRAGMA cache_size = -{options.CacheKilobytes}; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON
                """);
            var journal = Convert.ToString(connection.Scalar("PRAGMA journal_mode"), CultureInfo.InvariantCulture);
            var sync = Convert.ToInt64(connection.Scalar("PRAGMA synchronous"), CultureInfo.InvariantCulture);
            return journal == "wal" && sync == 2
                ? connection
                : throw new StorageUnavailableException(
                    $"{Path}: journal mode is '{journal}' and synchronous {sync}, not 'wal' and 2. Put the file on a local file system.");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public KeepingConnection OpenReader()
    {
        var connection = Open(SqliteOpenMode.ReadOnly);
        try
        {
            connection.Run($"PRAGMA query_only = 1; PRAGMA cache_size = -{options.CacheKilobytes / 4}; PRAGMA temp_store = MEMORY");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private KeepingConnection Open(SqliteOpenMode mode)
    {
        var connection = new KeepingConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = mode,
            Pooling = false,
            // The provider repeats a busy statement until this has passed; in whole seconds, and 0 would mean for ever.
            DefaultTimeout = Math.Max(1, (options.BusyTimeoutMilliseconds + 999) / 1000),
        }.ToString());
        try
        {
            connection.Open();
            connection.Run($"PRAGMA busy_timeout = {options.BusyTimeoutMilliseconds}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
