using System.Collections.Immutable;
using System.Data.Common;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Storage.Feeds;

/// <summary>
/// One append within a transaction. Locks are taken in one order by everybody (events by number, then stream heads by name, then the view),
/// so that appends from several hosts cannot block each other in a circle; a head stays locked until the commit, so that numbers become visible in order.
/// </summary>
internal sealed class FeedAppender(DbConnection connection, DbTransaction transaction, FeedAppend append)
{
    private readonly string _tenant = append.Tenant.Value;
    private readonly SortedDictionary<string, long> _heads = new(StringComparer.Ordinal);

    /// <summary>Streams that got a number, and so have a new head.</summary>
    private readonly HashSet<string> _moved = new(StringComparer.Ordinal);

    public ImmutableArray<SequencedEvent> Run()
    {
        foreach (var entry in append.Entries.OrderBy(entry => entry.Number))
            InsertEvent(entry);
        LockHeads();
        var result = ImmutableArray.CreateBuilder<SequencedEvent>();
        foreach (var entry in append.Entries)
            foreach (var stream in entry.Streams)
                result.Add(Sequenced(entry, stream));
        SaveHeads();
        SaveView();
        return result.ToImmutable();
    }

    private void InsertEvent(FeedEntry entry)
    {
        using var statement = connection.Statement(transaction, """
            INSERT INTO event (tenant, source, number, type, at, data, view_kind, view_id)
            VALUES (@tenant, @source, @number, @type, @at, @data, @kind, @id)
            ON CONFLICT DO NOTHING
            """);
        statement.Set("@tenant", _tenant).Set("@source", append.Source).Set("@number", entry.Number).Set("@type", entry.Type)
            .Set("@at", entry.At.ToUnixTimeMilliseconds()).Set("@data", entry.Data).Set("@kind", append.View.Kind).Set("@id", append.View.Id)
            .Execute();
    }

    private void LockHeads()
    {
        foreach (var stream in append.Entries.SelectMany(entry => entry.Streams))
            _heads[stream] = 0;
        foreach (var stream in _heads.Keys.ToArray())
        {
            using var statement = connection.Statement(transaction, """
                INSERT INTO stream_head (tenant, stream, seq) VALUES (@tenant, @stream, 0)
                ON CONFLICT (tenant, stream) DO UPDATE SET seq = stream_head.seq
                RETURNING seq
                """);
            _heads[stream] = statement.Set("@tenant", _tenant).Set("@stream", stream).Number()!.Value;
        }
    }

    private SequencedEvent Sequenced(FeedEntry entry, string stream)
    {
        var seq = Known(entry, stream);
        var fresh = seq is null;
        if (fresh)
        {
            seq = ++_heads[stream];
            _moved.Add(stream);
            using var statement = connection.Statement(transaction,
                "INSERT INTO stream_event (tenant, stream, seq, source, number) VALUES (@tenant, @stream, @seq, @source, @number)");
            statement.Set("@tenant", _tenant).Set("@stream", stream).Set("@seq", seq).Set("@source", append.Source).Set("@number", entry.Number).Execute();
        }
        return new SequencedEvent(stream, seq!.Value, entry.Type, entry.At, append.Source, entry.Number, entry.Data,
            append.View.Kind, append.View.Id, fresh ? append.View.Doc : null);
    }

    /// <summary>The number it got the first time; looked up under the lock of the head, so that two hosts cannot both find none.</summary>
    private long? Known(FeedEntry entry, string stream)
    {
        using var statement = connection.Statement(transaction,
            "SELECT seq FROM stream_event WHERE tenant = @tenant AND stream = @stream AND source = @source AND number = @number");
        return statement.Set("@tenant", _tenant).Set("@stream", stream).Set("@source", append.Source).Set("@number", entry.Number).Number();
    }

    private void SaveHeads()
    {
        foreach (var (stream, seq) in _heads)
        {
            if (!_moved.Contains(stream))
                continue;
            using var statement = connection.Statement(transaction, "UPDATE stream_head SET seq = @seq WHERE tenant = @tenant AND stream = @stream");
            statement.Set("@tenant", _tenant).Set("@stream", stream).Set("@seq", seq).Execute();
        }
    }

    private void SaveView()
    {
        var view = append.View;
        using var statement = connection.Statement(transaction, """
            INSERT INTO "view" (tenant, kind, id, zone, status, is_open, technician, point, sort_at, version, doc, search)
            VALUES (@tenant, @kind, @id, @zone, @status, @open, @technician, @point, @sortAt, @version, @doc, @search)
            ON CONFLICT (tenant, kind, id) DO UPDATE
            SET zone = excluded.zone, status = excluded.status, is_open = excluded.is_open, technician = excluded.technician,
                point = excluded.point, sort_at = excluded.sort_at, version = excluded.version, doc = excluded.doc, search = excluded.search
            WHERE excluded.version > "view".version
            """);
        statement.Set("@tenant", _tenant).Set("@kind", view.Kind).Set("@id", view.Id).Set("@zone", view.Zone).Set("@status", view.Status)
            .Set("@open", view.Open ? 1 : 0).Set("@technician", view.Technician).Set("@point", view.Point).Set("@sortAt", view.SortAt.ToUnixTimeMilliseconds())
            .Set("@version", view.Version).Set("@doc", view.Doc).Set("@search", view.Search)
            .Execute();
        if (!view.Keys.IsDefaultOrEmpty)
            foreach (var key in view.Keys.Order(StringComparer.Ordinal))
                SaveKey(key);
    }

    private void SaveKey(string key)
    {
        using var statement = connection.Statement(transaction, "INSERT INTO view_key (tenant, key, kind, id) VALUES (@tenant, @key, @kind, @id) ON CONFLICT DO NOTHING");
        statement.Set("@tenant", _tenant).Set("@key", key).Set("@kind", append.View.Kind).Set("@id", append.View.Id).Execute();
    }
}
