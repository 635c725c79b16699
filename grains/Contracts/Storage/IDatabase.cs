using System.Data.Common;

namespace Dispatch.Grains.Contracts.Storage;

/// <summary>
/// The one database of a host, whichever it is. SQL given here runs on SQLite and PostgreSQL alike: named parameters with <c>@</c>,
/// <c>ON CONFLICT</c>, times as whole milliseconds since 1970 UTC.
/// </summary>
public interface IDatabase
{
    /// <summary>
    /// Runs work in a transaction of its own or in a group with others, each as if alone: work that throws leaves no trace and fails only its caller.
    /// Durable at the reply. The work is synchronous, touches nothing but the connection, and may be run again.
    /// </summary>
    Task<T> Write<T>(Func<DbConnection, DbTransaction, T> work, CancellationToken cancellation = default);

    /// <summary>Reads what is committed, concurrently with writers.</summary>
    Task<T> Read<T>(Func<DbConnection, T> work, CancellationToken cancellation = default);

    /// <summary>Whether a write would go through now: null, or why not. Truthful: it writes and syncs a row of its own.</summary>
    Task<WriteFault?> Probe(CancellationToken cancellation = default);
}

/// <summary>Why the database takes no writes.</summary>
/// <param name="Reason">One of a few words that say nothing of how things look inside: <c>disk_full</c>, <c>read_only</c>, <c>locked</c>, <c>no_answer</c>, <c>unreachable</c>, <c>io_error</c>, <c>damaged</c>, <c>failed</c>.</param>
/// <param name="Message">For the log.</param>
public sealed record WriteFault(string Reason, string Message);
