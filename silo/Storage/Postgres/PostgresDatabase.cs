using System.Data.Common;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage.Schema;
using Dispatch.Storage.Work;
using Npgsql;

namespace Dispatch.Storage.Postgres;

/// <summary>
/// The database of a cluster: PostgreSQL. Work runs on threads of its own, one transaction each (read committed for writes, one snapshot for a read), and is run
/// again when it loses against another host's.
/// </summary>
public sealed class PostgresDatabase : IDatabase, IAsyncDisposable
{
    // One number for all hosts: who holds it may change the tables.
    private const string LockOthersOut = "SELECT pg_advisory_xact_lock(4701300115)";

    private readonly PostgresStorageOptions _options;
    private readonly TimeProvider _clock;
    private readonly PostgresPools _pools;
    private readonly WorkThreads _writers, _readers;
    private int _disposed;

    /// <summary>Makes the tables where missing, or brings them to this version.</summary>
    /// <exception cref="SchemaException">The tables were made by a newer version.</exception>
    /// <exception cref="StorageUnavailableException">The server cannot be reached.</exception>
    public PostgresDatabase(PostgresPools pools, PostgresStorageOptions options, TimeProvider clock)
    {
        options.Validate();
        _options = options;
        _clock = clock;
        _pools = pools;
        try
        {
            using var connection = OpenFirst();
            Migrator.Run(connection, SqlScripts.Postgres, clock.GetUtcNow(), LockOthersOut);
        }
        catch (Exception failure)
        {
            if (PostgresErrors.IsUnavailable(failure))
                throw PostgresErrors.ForCaller(failure);
            throw;
        }
        _writers = new WorkThreads("Storage writer", options.WriteConnections, options.QueueCapacity, () => new PostgresWorker(pools.Main, writes: true, options.Attempts));
        _readers = new WorkThreads("Storage reader", options.ReadConnections, options.QueueCapacity, () => new PostgresWorker(pools.Main, writes: false, options.Attempts));
    }

    public string ServiceId => _options.ServiceId;

    /// <summary>A server that starts together with this host may need a while longer.</summary>
    private NpgsqlConnection OpenFirst()
    {
        for (var since = _clock.GetTimestamp(); ; Thread.Sleep(500))
        {
            try
            {
                return _pools.Main.OpenConnection();
            }
            catch (Exception failure) when (PostgresErrors.IsUnavailable(failure) && _clock.GetElapsedTime(since).TotalSeconds < _options.StartPatienceSeconds)
            {
                // Not there yet.
            }
        }
    }

    public Task<T> Write<T>(Func<DbConnection, DbTransaction, T> work, CancellationToken cancellation = default) =>
        _writers.Queue.Ask(new WorkItem<T>((connection, transaction) => work(connection, transaction!), cancellation), cancellation);

    public Task<T> Read<T>(Func<DbConnection, T> work, CancellationToken cancellation = default) =>
        _readers.Queue.Ask(new WorkItem<T>((connection, _) => work(connection), cancellation), cancellation);

    public Task<WriteFault?> Probe(CancellationToken cancellation = default) =>
        WriteProbe.Of(this, _clock, TimeSpan.FromMilliseconds(_options.ProbeTimeoutMilliseconds), () => null, cancellation);

    /// <summary>Takes no more work and finishes what is queued.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await Task.WhenAll(_writers.Stop(), _readers.Stop()).ConfigureAwait(false);
    }
}
