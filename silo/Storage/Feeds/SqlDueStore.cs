using System.Collections.Immutable;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Storage.Feeds;

/// <summary>Finds due grains by the column that is computed from their records.</summary>
public sealed class SqlDueStore(IDatabase database, string serviceId) : IDueStore
{
    public Task<ImmutableArray<DueGrain>> Due(DateTimeOffset now, int limit, CancellationToken cancellation = default) =>
        database.Read(connection =>
        {
            using var statement = connection.Statement(null, Sql);
            using var reader = statement.Set("@service", serviceId).Set("@now", now.ToUnixTimeMilliseconds()).Set("@limit", (long)limit).Query();
            var due = ImmutableArray.CreateBuilder<DueGrain>();
            while (reader.Read())
                due.Add(new DueGrain(reader.GetString(0), reader.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2))));
            return due.ToImmutable();
        }, cancellation);

    internal const string Sql = """
        SELECT GrainTypeString, GrainIdExtensionString, DueAt
        FROM OrleansStorage
        WHERE ServiceId = @service AND DueAt <= @now
        ORDER BY DueAt
        LIMIT @limit
        """;
}
