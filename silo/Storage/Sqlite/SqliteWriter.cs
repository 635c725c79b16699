using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage.Work;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Dispatch.Storage.Sqlite;

/// <summary>
/// The one thread that writes. It gathers what is queued into a transaction, every item in a savepoint of its own so that a failing one is undone
/// alone, commits once and only then answers.
/// </summary>
internal sealed partial class SqliteWriter
{
    private readonly SqliteFile _file;
    private readonly SqliteStorageOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly List<WorkItem> _batch = [];
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private KeepingConnection? _connection;
    private volatile Exception? _failing;
    private long _writes, _failures, _commits, _failedCommits, _largestBatch;

    public SqliteWriter(SqliteFile file, SqliteStorageOptions options, TimeProvider clock, ILogger log, KeepingConnection connection)
    {
        (_file, _options, _clock, _log, _connection) = (file, options, clock, log, connection);
        Queue = new WorkQueue(options.WriteQueueCapacity);
        new Thread(Loop) { IsBackground = true, Name = "Storage writer" }.Start();
    }

    public WorkQueue Queue { get; }

    /// <summary>Why the last commit failed; null once one has gone through.</summary>
    public Exception? Failing => _failing;

    public WriterFigures Figures => new(
        Interlocked.Read(ref _writes), Interlocked.Read(ref _failures), Interlocked.Read(ref _commits), Interlocked.Read(ref _failedCommits),
        Interlocked.Read(ref _largestBatch), Queue.Count);

    /// <summary>Finishes what is queued, then closes the file; the last connection to do so moves the log into it.</summary>
    public async Task Stop()
    {
        Queue.Close();
        await _stopped.Task.ConfigureAwait(false);
        Discard();
    }

    private void Loop()
    {
        try
        {
            while (Queue.Take(out var first))
                RunBatch(first);
        }
        finally
        {
            _stopped.SetResult();
        }
    }

    private void RunBatch(WorkItem first)
    {
        _batch.Clear();
        _batch.Add(first);
        var started = _clock.GetTimestamp();
        var spoilt = false;
        try
        {
            _connection ??= _file.OpenWriter();
            using var transaction = _connection.BeginTransaction(deferred: false);
            Gather(_connection, transaction, started, ref spoilt);
            transaction.Commit();
        }
        catch (Exception failure)
        {
            FailBatch(failure);
            return;
        }
        if (spoilt)
            Discard();
        CountAndAnswer(_clock.GetElapsedTime(started));
    }

    /// <summary>Runs the first item and everything else that is there or comes meanwhile, within the bounds.</summary>
    private void Gather(KeepingConnection connection, SqliteTransaction transaction, long started, ref bool spoilt)
    {
        var item = _batch[0];
        while (true)
        {
            RunAlone(item, connection, transaction);
            spoilt |= item.Failure is { } failure && SqliteErrors.SpoilsConnection(failure);
            if (_batch.Count >= _options.MaxBatchItems
                || _clock.GetElapsedTime(started).TotalMilliseconds >= _options.MaxBatchMilliseconds
                || !Queue.TryTake(out item))
                return;
            _batch.Add(item);
        }
    }

    private static void RunAlone(WorkItem item, KeepingConnection connection, SqliteTransaction transaction)
    {
        connection.RunKept("SAVEPOINT item", transaction);
        item.Run(connection, transaction);
        // Some errors make the engine undo the whole transaction; then those before this item are lost as well, and nothing may be committed.
        if (!connection.InTransaction)
            throw item.Failure ?? new InvalidOperationException("Work given to the database has ended the transaction it shares with others.");
        if (item.Failure is not null)
            connection.RunKept("ROLLBACK TO item", transaction);
        connection.RunKept("RELEASE item", transaction);
    }

    /// <summary>Nothing of the batch was committed, or nobody knows: every caller hears so, those who wait as well, and the file is opened anew next time.</summary>
    private void FailBatch(Exception failure)
    {
        Discard();
        // While the database cannot be had, whoever waits would wait for the same answer, one time-out after the other.
        while (_batch.Count < _options.MaxBatchItems && Queue.TryTake(out var waiting))
            _batch.Add(waiting);
        Interlocked.Increment(ref _failedCommits);
        StorageMetrics.FailedCommits.Add(1);
        if (_failing is null)
            LogFailing(failure, _file.Path);
        _failing = failure;
        Interlocked.Add(ref _failures, _batch.Count);
        foreach (var item in _batch)
            item.Fail(new StorageUnavailableException($"The write was not committed: {failure.Message}", failure));
    }

    private void CountAndAnswer(TimeSpan took)
    {
        if (_failing is not null)
            LogRecovered(_file.Path);
        _failing = null;
        var failed = 0;
        foreach (var item in _batch)
            if (item.Failure is not null)
                failed++;
        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _writes, _batch.Count - failed);
        Interlocked.Add(ref _failures, failed);
        if (_batch.Count > Interlocked.Read(ref _largestBatch))
            Interlocked.Exchange(ref _largestBatch, _batch.Count);
        StorageMetrics.Commits.Add(1);
        StorageMetrics.BatchSize.Record(_batch.Count);
        StorageMetrics.CommitMilliseconds.Record(took.TotalMilliseconds);
        foreach (var item in _batch)
        {
            if (item.Failure is { } failure)
                item.Fail(SqliteErrors.ForCaller(failure));
            else
                item.Answer();
        }
    }

    private void Discard()
    {
        try
        {
            _connection?.Dispose();
        }
        catch (SqliteException failure)
        {
            LogCloseFailed(failure, _file.Path);
        }
        _connection = null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Writes to {File} fail; every caller is told so.")]
    private partial void LogFailing(Exception failure, string file);

    [LoggerMessage(Level = LogLevel.Information, Message = "Writes to {File} go through again.")]
    private partial void LogRecovered(string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Closing {File} failed; it is opened anew.")]
    private partial void LogCloseFailed(Exception failure, string file);
}
