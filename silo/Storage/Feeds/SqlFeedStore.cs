using System.Collections.Immutable;
using System.Data.Common;
using Dispatch.Domain;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Storage.Feeds;

/// <summary>The streams and read models in tables, with SQL that runs on either database.</summary>
public sealed class SqlFeedStore(IDatabase database) : IFeedStore
{
    public Task<ImmutableArray<SequencedEvent>> Append(FeedAppend append, CancellationToken cancellation = default) =>
        database.Write((connection, transaction) => new FeedAppender(connection, transaction, append).Run(), cancellation);

    public Task<ImmutableArray<SequencedEvent>> Read(TenantId tenant, string stream, long after, int limit, CancellationToken cancellation = default) =>
        database.Read(connection =>
        {
            using var statement = connection.Statement(null, """
                SELECT s.seq, e.type, e.at, e.source, e.number, e.data, e.view_kind, e.view_id
                FROM stream_event s
                JOIN event e ON e.tenant = s.tenant AND e.source = s.source AND e.number = s.number
                WHERE s.tenant = @tenant AND s.stream = @stream AND s.seq > @after
                ORDER BY s.seq
                LIMIT @limit
                """);
            using var reader = statement.Set("@tenant", tenant.Value).Set("@stream", stream).Set("@after", after).Set("@limit", (long)limit).Query();
            var events = ImmutableArray.CreateBuilder<SequencedEvent>();
            while (reader.Read())
                events.Add(new SequencedEvent(stream, reader.GetInt64(0), reader.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2)),
                    reader.GetString(3), reader.GetInt64(4), reader.GetString(5), reader.GetString(6), reader.GetString(7), View: null));
            return events.ToImmutable();
        }, cancellation);

    public Task<ImmutableArray<StreamHead>> Heads(TenantId tenant, ImmutableArray<string> streams, CancellationToken cancellation = default) =>
        database.Read(connection =>
        {
            using var statement = connection.Statement(null, "SELECT seq FROM stream_head WHERE tenant = @tenant AND stream = @stream");
            var heads = ImmutableArray.CreateBuilder<StreamHead>(streams.Length);
            foreach (var stream in streams)
                heads.Add(new StreamHead(stream, statement.Set("@tenant", tenant.Value).Set("@stream", stream).Number() ?? 0));
            return heads.MoveToImmutable();
        }, cancellation);

    public Task<ImmutableArray<ViewRow>> LoadOpen(TenantId tenant, string kind, string zone, CancellationToken cancellation = default) =>
        database.Read(connection =>
        {
            // Two texts and not one with OR, so that either runs over the index of open rows.
            using var statement = connection.Statement(null, zone.Length == 0 ? OpenEverywhere : OpenInZone);
            statement.Set("@tenant", tenant.Value).Set("@kind", kind);
            if (zone.Length > 0)
                statement.Set("@zone", zone);
            using var reader = statement.Query();
            var rows = ImmutableArray.CreateBuilder<ViewRow>();
            while (reader.Read())
                rows.Add(new ViewRow(kind, reader.GetString(0), reader.GetString(1), reader.GetString(2), Open: true, reader.IsDBNull(3) ? null : reader.GetString(3),
                    DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(4)), reader.GetInt64(5), reader.GetString(6), reader.GetString(7)));
            return rows.ToImmutable();
        }, cancellation);

    private const string OpenInZone = """
        SELECT id, zone, status, technician, sort_at, version, doc, search
        FROM "view"
        WHERE tenant = @tenant AND kind = @kind AND zone = @zone AND is_open = 1
        ORDER BY id
        """;

    private const string OpenEverywhere = """
        SELECT id, zone, status, technician, sort_at, version, doc, search
        FROM "view"
        WHERE tenant = @tenant AND kind = @kind AND is_open = 1
        ORDER BY id
        """;
}
