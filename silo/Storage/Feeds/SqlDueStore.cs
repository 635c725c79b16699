using System.Collections.Immutable;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Storage.Feeds;

/// <summary>Finds due grains by the column that is computed from their records.</summary>
public sealed class SqlDueStore(IDatabase database, string serviceId) : IDueStore
{
    public Task<ImmutableArray<DueGrain>> Due(DateTimeOffset now, int limit, CancellationToken cancellation = default) => Find(Sql, now, limit, null, cancellation);

    public Task<ImmutableArray<DueGrain>> Due(DateTimeOffset now, int limit, string stateName, bool but, CancellationToken cancellation = default) =>
        Find(Sql.Replace(IsDue, but ? $"GrainTypeString <> @state AND {IsDue}" : $"GrainTypeString = @state AND {IsDue}", StringComparison.Ordinal), now, limit, stateName, cancellation);

    private Task<ImmutableArray<DueGrain>> Find(string sql, DateTimeOffset now, int limit, string? stateName, CancellationToken cancellation) =>
        database.Read(connection =>
        {
            using var statement = connection.Statement(null, sql);
            statement.Set("@service", serviceId).Set("@now", now.ToUnixTimeMilliseconds()).Set("@limit", (long)limit);
            if (stateName is not null)
                statement.Set("@state", stateName);
            using var reader = statement.Query();
            var due = ImmutableArray.CreateBuilder<DueGrain>();
            while (reader.Read())
                due.Add(new DueGrain(reader.GetString(0), reader.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2))));
            return due.ToImmutable();
        }, cancellation);

    private const string IsDue = "DueAt <= @now";

    internal const string Sql = """
        SELECT GrainTypeString, GrainIdExtensionString, DueAt
        FROM OrleansStorage
        WHERE ServiceId = @service AND DueAt <= @now
        ORDER BY DueAt
        LIMIT @limit
        """;
}
