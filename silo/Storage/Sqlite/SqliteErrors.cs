using Dispatch.Grains.Contracts.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dispatch.Storage.Sqlite;

/// <summary>Tells trouble with the database itself from an error in what was asked of it.</summary>
internal static class SqliteErrors
{
    /// <summary>The file, the disk or another process is in the way; the statement is not to blame.</summary>
    public static bool IsUnavailable(Exception failure) => failure is SqliteException { SqliteErrorCode:
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_NOMEM or raw.SQLITE_READONLY or raw.SQLITE_IOERR or raw.SQLITE_CORRUPT
        or raw.SQLITE_FULL or raw.SQLITE_CANTOPEN or raw.SQLITE_PROTOCOL or raw.SQLITE_PERM or raw.SQLITE_NOTADB };

    /// <summary>The connection itself may be damaged and is better opened again.</summary>
    public static bool SpoilsConnection(Exception failure) => failure is SqliteException { SqliteErrorCode:
        raw.SQLITE_NOMEM or raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_CANTOPEN or raw.SQLITE_PROTOCOL or raw.SQLITE_NOTADB };

    /// <summary>The word for it, or null if this is no error of SQLite's.</summary>
    public static string? Reason(Exception failure) => (failure as SqliteException)?.SqliteErrorCode switch
    {
        null => null,
        raw.SQLITE_FULL => "disk_full",
        raw.SQLITE_READONLY or raw.SQLITE_PERM => "read_only",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => "locked",
        raw.SQLITE_CANTOPEN => "unreachable",
        raw.SQLITE_IOERR => "io_error",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "damaged",
        _ => "failed",
    };

    /// <summary>What the caller sees: trouble with the database becomes one type, anything else stays what it is.</summary>
    public static Exception ForCaller(Exception failure) => IsUnavailable(failure)
        ? new StorageUnavailableException($"The database is unavailable: {failure.Message}", failure)
        : failure;
}
