namespace Dispatch.Storage.Sqlite;

/// <summary>Threads that read, each over a connection of its own. Work sees one committed state from its first to its last statement.</summary>
internal sealed class SqliteReaders
{
    private readonly SqliteFile _file;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;

    public SqliteReaders(SqliteFile file, SqliteStorageOptions options)
    {
        _file = file;
        Queue = new WorkQueue(options.ReadQueueCapacity);
        _running = options.ReadConnections;
        for (var i = 1; i <= options.ReadConnections; i++)
            new Thread(Loop) { IsBackground = true, Name = $"Storage reader {i}" }.Start();
    }

    public WorkQueue Queue { get; }

    public Task Stop()
    {
        Queue.Close();
        return _stopped.Task;
    }

    private void Loop()
    {
        KeepingConnection? connection = null;
        try
        {
            while (Queue.Take(out var item))
                RunOne(item, ref connection);
        }
        finally
        {
            connection?.Dispose();
            if (Interlocked.Decrement(ref _running) == 0)
                _stopped.SetResult();
        }
    }

    private void RunOne(WorkItem item, ref KeepingConnection? connection)
    {
        try
        {
            connection ??= _file.OpenReader();
            connection.RunKept("BEGIN");
            item.Run(connection, null);
            // A failed statement may have ended the transaction already.
            if (connection.InTransaction)
                connection.RunKept("COMMIT");
        }
        catch (Exception failure)
        {
            connection?.Dispose();
            connection = null;
            item.Fail(SqliteErrors.ForCaller(failure));
            return;
        }
        if (item.Failure is { } failed)
        {
            if (SqliteErrors.SpoilsConnection(failed))
            {
                connection.Dispose();
                connection = null;
            }
            item.Fail(SqliteErrors.ForCaller(failed));
        }
        else
        {
            item.Answer();
        }
    }
}
