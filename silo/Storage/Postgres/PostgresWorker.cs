using System.Data;
using Dispatch.Storage.Work;
using Npgsql;

namespace Dispatch.Storage.Postgres;

/// <summary>One thread's connection. Each item has a transaction of its own, or is one; the server itself lets concurrent commits share a sync.</summary>
internal sealed class PostgresWorker(NpgsqlDataSource source, bool writes, int attempts) : IWorker
{
    private NpgsqlConnection? _connection;

    public void Run(WorkItem item)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                RunOnce(item);
            }
            catch (Exception failure)
            {
                if (attempt < attempts && PostgresErrors.IsLostRace(failure))
                    continue;
                if (PostgresErrors.IsUnavailable(failure))
                    Dispose();
                item.Fail(PostgresErrors.ForCaller(failure));
                return;
            }
            item.Answer();
            return;
        }
    }

    /// <summary>Throws what the work or the commit threw; then nothing was committed, or nobody knows.</summary>
    private void RunOnce(WorkItem item)
    {
        _connection ??= Open();
        if (item.IsOneStatement)
        {
            item.Run(_connection, null);
            if (item.Failure is not null)
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(item.Failure);
            return;
        }
        // Readers see one state throughout. Writers see what others commit meanwhile, so work that depends on a row has to lock or change it first.
        using var transaction = _connection.BeginTransaction(writes ? IsolationLevel.ReadCommitted : IsolationLevel.RepeatableRead);
        item.Run(_connection, transaction);
        if (item.Failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(item.Failure);
        transaction.Commit();
    }

    private NpgsqlConnection Open()
    {
        var connection = source.OpenConnection();
        try
        {
            if (writes)
                return connection;
            using var command = connection.CreateCommand();
            command.CommandText = "SET default_transaction_read_only = on";
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
