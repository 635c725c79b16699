using Dispatch.Storage.Work;

namespace Dispatch.Storage.Sqlite;

/// <summary>Reads over a connection of its own. Work sees one committed state from its first to its last statement.</summary>
internal sealed class SqliteReader(SqliteFile file) : IWorker
{
    private KeepingConnection? _connection;

    public void Run(WorkItem item)
    {
        try
        {
            _connection ??= file.OpenReader();
            _connection.RunKept("BEGIN");
            item.Run(_connection, null);
            // A failed statement may have ended the transaction already.
            if (_connection.InTransaction)
                _connection.RunKept("COMMIT");
        }
        catch (Exception failure)
        {
            Dispose();
            item.Fail(SqliteErrors.ForCaller(failure));
            return;
        }
        if (item.Failure is { } failed)
        {
            if (SqliteErrors.SpoilsConnection(failed))
                Dispose();
            item.Fail(SqliteErrors.ForCaller(failed));
        }
        else
        {
            item.Answer();
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
