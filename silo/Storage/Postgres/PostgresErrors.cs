using Dispatch.Grains.Contracts.Storage;
using Npgsql;

namespace Dispatch.Storage.Postgres;

internal static class PostgresErrors
{
    /// <summary>The work lost against a concurrent one and may simply be run again.</summary>
    public static bool IsLostRace(Exception failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    /// <summary>Connection, disk, memory, start-up or shutdown of the server: the statement is not to blame.</summary>
    public static bool IsUnavailable(Exception failure) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => true,
        PostgresException server => server.SqlState[..2] is "08" or "53" or "57" or "58" or "XX" || IsLostRace(server),
        NpgsqlException or IOException or TimeoutException => true,
        _ => false,
    };

    /// <summary>The word for it, or null if this is no error of PostgreSQL's.</summary>
    public static string? Reason(Exception failure) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => "disk_full",
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => "read_only",
        PostgresException server => server.SqlState[..2] is "08" or "57" ? "unreachable" : server.SqlState[..2] == "58" ? "io_error" : server.SqlState[..2] == "XX" ? "damaged" : "failed",
        NpgsqlException { InnerException: TimeoutException } => "no_answer",
        NpgsqlException => "unreachable",
        _ => null,
    };

    public static Exception ForCaller(Exception failure) => IsUnavailable(failure)
        ? new StorageUnavailableException($"The database is unavailable: {failure.Message}", failure)
        : failure;
}
