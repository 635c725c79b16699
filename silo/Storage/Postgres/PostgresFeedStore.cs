using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage.Feeds;
using Npgsql;
using NpgsqlTypes;

namespace Dispatch.Storage.Postgres;

/// <summary>
/// The same feeds with statements of PostgreSQL's own where the way to the server counts: an append is one statement, and the heads of many
/// streams are one question.
/// </summary>
public sealed class PostgresFeedStore(PostgresDatabase database) : IFeedStore
{
    private const string AppendAll = """
        SELECT seq, fresh FROM append_feed($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) ORDER BY place
        """;

    private readonly SqlFeedStore rest = new(database);

    public Task<ImmutableArray<SequencedEvent>> Append(FeedAppend append, CancellationToken cancellation = default) =>
        database.Execute(connection => Append((NpgsqlConnection)connection, append), cancellation);

    public Task<ImmutableArray<SequencedEvent>> Read(TenantId tenant, string stream, long after, int limit, CancellationToken cancellation = default) =>
        rest.Read(tenant, stream, after, limit, cancellation);

    public Task<ImmutableArray<ViewRow>> LoadOpen(TenantId tenant, string kind, string zone, CancellationToken cancellation = default) => rest.LoadOpen(tenant, kind, zone, cancellation);

    public Task<ImmutableArray<StreamHead>> Heads(TenantId tenant, ImmutableArray<string> streams, CancellationToken cancellation = default) =>
        database.Read(connection =>
        {
            using NpgsqlCommand command = new("SELECT stream, seq FROM stream_head WHERE tenant = $1 AND stream = ANY($2)", (NpgsqlConnection)connection);
            Add(command, NpgsqlDbType.Text, tenant.Value);
            Add(command, NpgsqlDbType.Array | NpgsqlDbType.Text, streams.ToArray());
            Dictionary<string, long> known = new(StringComparer.Ordinal);
            using NpgsqlDataReader reader = command.ExecuteReader();
            while (reader.Read())
                known[reader.GetString(0)] = reader.GetInt64(1);
            return streams.Select(stream => new StreamHead(stream, known.GetValueOrDefault(stream))).ToImmutableArray();
        }, cancellation);

    private static ImmutableArray<SequencedEvent> Append(NpgsqlConnection connection, FeedAppend append)
    {
        (FeedEntry Entry, int Owner, string Stream)[] places = [.. append.Entries.SelectMany((entry, i) => entry.Streams.Select(stream => (entry, i + 1, stream)))];
        using NpgsqlCommand command = new(AppendAll, connection);
        Bind(command, append, places);
        ImmutableArray<SequencedEvent>.Builder events = ImmutableArray.CreateBuilder<SequencedEvent>(places.Length);
        using NpgsqlDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            (FeedEntry entry, _, string stream) = places[events.Count];
            events.Add(new SequencedEvent(
                stream, reader.GetInt64(0), entry.Type, entry.At, append.Source, entry.Number, entry.Data, append.View.Kind, append.View.Id, reader.GetBoolean(1) ? append.View.Doc : null));
        }
        return events.ToImmutable();
    }

    private static void Bind(NpgsqlCommand command, FeedAppend append, (FeedEntry Entry, int Owner, string Stream)[] places)
    {
        const NpgsqlDbType Texts = NpgsqlDbType.Array | NpgsqlDbType.Text, Numbers = NpgsqlDbType.Array | NpgsqlDbType.Bigint;
        ViewRow view = append.View;
        Add(command, NpgsqlDbType.Text, append.Tenant.Value);
        Add(command, NpgsqlDbType.Text, append.Source);
        Add(command, Numbers, append.Entries.Select(e => e.Number).ToArray());
        Add(command, Texts, append.Entries.Select(e => e.Type).ToArray());
        Add(command, Numbers, append.Entries.Select(e => e.At.ToUnixTimeMilliseconds()).ToArray());
        Add(command, Texts, append.Entries.Select(e => e.Data).ToArray());
        Add(command, Texts, places.Select(p => p.Stream).ToArray());
        Add(command, NpgsqlDbType.Array | NpgsqlDbType.Integer, places.Select(p => p.Owner).ToArray());
        foreach (string text in (string[])[view.Kind, view.Id, view.Zone, view.Status])
            Add(command, NpgsqlDbType.Text, text);
        Add(command, NpgsqlDbType.Smallint, (short)(view.Open ? 1 : 0));
        Add(command, NpgsqlDbType.Text, view.Technician);
        Add(command, NpgsqlDbType.Text, view.Point);
        Add(command, NpgsqlDbType.Bigint, view.SortAt.ToUnixTimeMilliseconds());
        Add(command, NpgsqlDbType.Bigint, view.Version);
        Add(command, NpgsqlDbType.Text, view.Doc);
        Add(command, NpgsqlDbType.Text, view.Search);
        Add(command, Texts, view.Keys.IsDefault ? [] : view.Keys.ToArray());
    }

    private static void Add(NpgsqlCommand command, NpgsqlDbType type, object? value) => command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
}
