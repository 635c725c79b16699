using System.Data;
using System.Data.Common;

namespace Dispatch.Storage;

/// <summary>A connection that keeps the commands of the statements it has run, compiled.</summary>
internal interface IKeepsStatements
{
    DbCommand Kept(string sql);
}

/// <summary>
/// One use of a statement whose text is a constant. Where the connection keeps it, it is compiled once; parameters are set anew each time.
/// Not for two overlapping uses of the same text on one connection.
/// </summary>
internal readonly struct Statement : IDisposable
{
    private readonly DbCommand _command;
    private readonly bool _kept;

    public Statement(DbConnection connection, DbTransaction? transaction, string sql)
    {
        _kept = connection is IKeepsStatements;
        if (connection is IKeepsStatements keeper)
        {
            _command = keeper.Kept(sql);
        }
        else
        {
            _command = connection.CreateCommand();
            _command.CommandText = sql;
        }
        _command.Transaction = transaction;
    }

    public Statement Set(string name, string? value) => Set(name, DbType.String, value);
    public Statement Set(string name, long? value) => Set(name, DbType.Int64, value);
    public Statement Set(string name, int? value) => Set(name, DbType.Int32, value);
    public Statement Set(string name, byte[]? value) => Set(name, DbType.Binary, value);
    public Statement Set(string name, double? value) => Set(name, DbType.Double, value);

    private Statement Set(string name, DbType type, object? value)
    {
        var at = _command.Parameters.IndexOf(name);
        DbParameter parameter;
        if (at < 0)
        {
            parameter = _command.CreateParameter();
            parameter.ParameterName = name;
            parameter.DbType = type;
            _command.Parameters.Add(parameter);
        }
        else
        {
            parameter = _command.Parameters[at];
        }
        parameter.Value = value ?? DBNull.Value;
        return this;
    }

    /// <returns>Rows changed.</returns>
    public int Execute() => _command.ExecuteNonQuery();

    public DbDataReader Query() => _command.ExecuteReader();

    /// <summary>The first column of the first row in any of the results, or null where there is none; runs all of them.</summary>
    public long? Number()
    {
        using var reader = _command.ExecuteReader();
        long? number = null;
        do
        {
            while (reader.Read())
                if (number is null && !reader.IsDBNull(0))
                    number = reader.GetInt64(0);
        }
        while (reader.NextResult());
        return number;
    }

    public void Dispose()
    {
        if (!_kept)
            _command.Dispose();
    }
}

internal static class StatementExtensions
{
    public static Statement Statement(this DbConnection connection, DbTransaction? transaction, string sql) => new(connection, transaction, sql);
}
