using System.Data.Common;
using System.Globalization;

namespace Dispatch.Storage.Schema;

/// <summary>Brings the tables of a database to the newest version, one step after the other, all steps in one transaction.</summary>
internal static class Migrator
{
    /// <param name="lockOthersOut">A statement that makes a second host wait until this one is done; SQLite's transaction does so by itself.</param>
    /// <exception cref="SchemaException">The tables are newer than this version.</exception>
    public static void Run(DbConnection connection, IReadOnlyList<SqlScript> scripts, DateTimeOffset now, string? lockOthersOut = null)
    {
        using var transaction = connection.BeginTransaction();
        if (lockOthersOut is not null)
            Execute(connection, transaction, lockOthersOut);
        Execute(connection, transaction, "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL)");
        var present = Version(connection, transaction);
        var newest = scripts[^1].Version;
        if (present > newest)
            throw new SchemaException(string.Create(CultureInfo.InvariantCulture,
                $"{connection.DataSource}: its schema has version {present}, this program knows up to {newest}. Start the newer program it was used with, or restore a backup from before."));
        foreach (var script in scripts.Where(script => script.Version > present))
        {
            Execute(connection, transaction, script.Text);
            Execute(connection, transaction, string.Create(CultureInfo.InvariantCulture,
                $"INSERT INTO schema_version (version, applied_at) VALUES ({script.Version}, {now.ToUnixTimeMilliseconds()})"));
        }
        transaction.Commit();
    }

    private static long Version(DbConnection connection, DbTransaction transaction)
    {
        using var statement = connection.Statement(transaction, "SELECT COALESCE(MAX(version), 0) FROM schema_version");
        return statement.Number() ?? 0;
    }

    private static void Execute(DbConnection connection, DbTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
