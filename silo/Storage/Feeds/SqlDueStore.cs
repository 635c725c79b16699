using System.Collections.Immutable;
using System.Data.Common;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Storage.Feeds;

/// <summary>Finds due grains by the two columns that are computed from their records, each with an index of its own.</summary>
public sealed class SqlDueStore(IDatabase database, string serviceId) : IDueStore
{
    /// <summary>The due time of the state, business time.</summary>
    internal static readonly string StateSql = Sql("DueAt", "");

    /// <summary>The grace of the outbox, process time.</summary>
    internal static readonly string OutboxSql = Sql("DrainAt", "");

    public Task<ImmutableArray<DueGrain>> Due(Moment now, int limit, CancellationToken cancellation = default) => Find("", null, now, limit, cancellation);

    public Task<ImmutableArray<DueGrain>> Due(Moment now, int limit, string stateName, bool but, CancellationToken cancellation = default) =>
        Find(but ? "AND GrainTypeString <> @state" : "AND GrainTypeString = @state", stateName, now, limit, cancellation);

    private Task<ImmutableArray<DueGrain>> Find(string only, string? stateName, Moment now, int limit, CancellationToken cancellation) =>
        database.Read(connection =>
        {
            HashSet<DueGrain> seen = [];
            ImmutableArray<DueGrain>.Builder due = ImmutableArray.CreateBuilder<DueGrain>();
            Collect("DueAt", now.Business);
            Collect("DrainAt", now.Process);
            return due.ToImmutable();

            void Collect(string column, DateTimeOffset until)
            {
                foreach (DueGrain grain in Query(connection, Sql(column, only), stateName, until, limit))
                    if (seen.Add(grain))
                        due.Add(grain);
            }
        }, cancellation);

    private List<DueGrain> Query(DbConnection connection, string sql, string? stateName, DateTimeOffset until, int limit)
    {
        using var statement = connection.Statement(null, sql);
        statement.Set("@service", serviceId).Set("@now", until.ToUnixTimeMilliseconds()).Set("@limit", (long)limit);
        if (stateName is not null)
            statement.Set("@state", stateName);
        using var reader = statement.Query();
        List<DueGrain> found = [];
        while (reader.Read())
            found.Add(new DueGrain(reader.GetString(0), reader.GetString(1)));
        return found;
    }

    private static string Sql(string column, string only) => $"""
        SELECT GrainTypeString, GrainIdExtensionString
        FROM OrleansStorage
        WHERE ServiceId = @service {only} AND {column} <= @now
        ORDER BY {column}
        LIMIT @limit
        """;
}
