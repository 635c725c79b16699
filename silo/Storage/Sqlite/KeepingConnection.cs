using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dispatch.Storage.Sqlite;

/// <summary>A connection of one thread, which keeps its statements compiled.</summary>
internal sealed class KeepingConnection(string connectionString) : SqliteConnection(connectionString), IKeepsStatements
{
    private readonly Dictionary<string, SqliteCommand> _kept = new(StringComparer.Ordinal);

    /// <summary>Whether a transaction is open; the engine ends one by itself after some errors.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    public DbCommand Kept(string sql)
    {
        if (!_kept.TryGetValue(sql, out var command))
        {
            command = new SqliteCommand(sql, this);
            _kept.Add(sql, command);
        }
        return command;
    }

    /// <summary>Runs a kept statement that answers nothing.</summary>
    public void RunKept(string sql, SqliteTransaction? transaction = null)
    {
        var command = Kept(sql);
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }

    public void Run(string sql)
    {
        using var command = CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public object? Scalar(string sql)
    {
        using var command = CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var command in _kept.Values)
                command.Dispose();
            _kept.Clear();
        }
        base.Dispose(disposing);
    }
}
