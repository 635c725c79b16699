using System.Data.Common;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage.Schema;
using Dispatch.Storage.Work;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatch.Storage.Sqlite;

/// <summary>
/// One SQLite file. All writes go through one thread and one connection, many of them in one commit and one sync of the disk (group commit);
/// each is acknowledged only after that sync. Reads have threads of their own and see one committed state each.
/// </summary>
/// <remarks>
/// Write work runs one after another in front of everybody else's: keep it short. Cancelling a write works until it is begun; then its outcome counts.
/// After a failed commit nobody in it is acknowledged, and the next writes open the file anew.
/// </remarks>
public sealed class SqliteDatabase : IDatabase, IAsyncDisposable
{
    private readonly SqliteStorageOptions _options;
    private readonly TimeProvider _clock;
    private readonly SqliteFile _file;
    private readonly SqliteWriter _writer;
    private readonly WorkThreads _readers;
    private int _disposed;

    /// <summary>Makes the file and its tables where missing, or brings them to this version.</summary>
    /// <exception cref="SchemaException">The file was written by a newer version, or is not one of ours.</exception>
    /// <exception cref="StorageUnavailableException">The file cannot be opened or kept safely.</exception>
    public SqliteDatabase(SqliteStorageOptions options, TimeProvider clock, ILogger<SqliteDatabase>? log = null)
    {
        options.Validate();
        var logger = log ?? NullLogger<SqliteDatabase>.Instance;
        _options = options;
        _clock = clock;
        _file = new SqliteFile(options);
        KeepingConnection connection;
        try
        {
            _file.Prepare();
            connection = _file.OpenWriter();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException || SqliteErrors.IsUnavailable(failure))
        {
            throw new StorageUnavailableException($"{_file.Path} cannot be opened: {failure.Message}", failure);
        }
        try
        {
            Migrator.Run(connection, SqlScripts.Sqlite, clock.GetUtcNow());
        }
        catch
        {
            connection.Dispose();
            throw;
        }
        _writer = new SqliteWriter(_file, options, clock, logger, connection);
        _readers = new WorkThreads("Storage reader", options.ReadConnections, options.ReadQueueCapacity, () => new SqliteReader(_file));
    }

    /// <summary>The full path of the file.</summary>
    public string Path => _file.Path;

    /// <summary>The service id that is part of every key of grain records.</summary>
    public string ServiceId => _options.ServiceId;

    /// <summary>What the writer has done since start.</summary>
    public WriterFigures Figures => _writer.Figures;

    public Task<T> Write<T>(Func<DbConnection, DbTransaction, T> work, CancellationToken cancellation = default) =>
        _writer.Queue.Ask(new WorkItem<T>((connection, transaction) => work(connection, transaction!), cancellation), cancellation);

    public Task<T> Read<T>(Func<DbConnection, T> work, CancellationToken cancellation = default) =>
        _readers.Queue.Ask(new WorkItem<T>((connection, _) => work(connection), cancellation), cancellation);

    public Task<WriteFault?> Probe(CancellationToken cancellation = default) =>
        WriteProbe.Of(write => Write((connection, transaction) => write(connection, transaction), cancellation), _clock, TimeSpan.FromMilliseconds(_options.ProbeTimeoutMilliseconds), () => _writer.Failing, cancellation);

    /// <summary>Takes no more work, finishes what is queued, moves the log into the file and closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _writer.Queue.Close();
        await _readers.Stop().ConfigureAwait(false);
        await _writer.Stop().ConfigureAwait(false);
    }
}
