using System.Collections.Concurrent;
using System.Text.Json;
using Dapper;
using Dispatch.Api.Metrics;
using Dispatch.Domain;
using Dispatch.Grains.Contracts.Storage;
using Microsoft.Extensions.Logging;

namespace Dispatch.Api.Reading;

/// <summary>What a list is narrowed to; null means not at all.</summary>
/// <param name="Statuses">Words of the status column.</param>
/// <param name="Technician">Who has it.</param>
/// <param name="OrIds">Shown as well although another has them or nobody: what is offered to <paramref name="Technician"/>.</param>
/// <param name="Words">Each must be found.</param>
/// <param name="IdPrefix">How ids begin, plain ASCII.</param>
/// <param name="Since">Sorted at this time or later.</param>
internal sealed record ViewFilter(
    string? Zone = null,
    IReadOnlyList<string>? Statuses = null,
    string? Technician = null,
    IReadOnlyList<string>? OrIds = null,
    IReadOnlyList<string>? Words = null,
    bool OpenOnly = false,
    string? Point = null,
    string? IdPrefix = null,
    long? Since = null);

/// <summary>
/// Reads the read models. Rows are a moment behind the grains; see <see cref="ReadBarrier"/>. A row that cannot be read, for example one that a newer server wrote, is left out of lists and logged: one
/// bad row must not take all the others off every page.
/// </summary>
internal sealed partial class ViewReader(IDatabase database, ILogger<ViewReader> log)
{
    /// <summary>Unreadable rows that are logged already, by version; bounded, because a log of them all helps nobody.</summary>
    private const int MostLogged = 1_000;

    private readonly ConcurrentDictionary<(string Kind, string Id, long Version), bool> _logged = new();

    private const string Columns = "SELECT kind AS Kind, id AS Id, sort_at AS SortAt, version AS Version, doc AS Doc FROM \"view\" WHERE tenant = @tenant AND kind = @kind";

    /// <summary>Parameters of one statement are limited; more ids are read in several.</summary>
    private const int IdsPerStatement = 500;

    public Task<StoredView?> Find(TenantId tenant, string kind, string id, CancellationToken cancellation) =>
        database.Read(connection => connection.QuerySingleOrDefault<StoredView>($"{Columns} AND id = @id", new { tenant = tenant.Value, kind, id }), cancellation);

    /// <summary>The rows there are of these, in no order.</summary>
    public async Task<List<StoredView>> FindMany(TenantId tenant, string kind, IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0)
            return [];
        List<StoredView> rows = await database.Read(connection => ids.Chunk(IdsPerStatement)
            .SelectMany(some =>
            {
                DynamicParameters values = new(new { tenant = tenant.Value, kind });
                return connection.Query<StoredView>($"{Columns} AND id IN {InList.Of(values, "some", some)}", values);
            }).ToList(), cancellation);
        return [.. rows.Where(row => Readable(row) is not null)];
    }

    /// <summary>The row, or null where it cannot be shown.</summary>
    public StoredView? Readable(StoredView row)
    {
        try
        {
            row.ToPublicView();
            return row;
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException or InvalidOperationException or NullReferenceException or ArgumentException)
        {
            ApiMeters.UnreadableRow(row.Kind);
            if (_logged.Count < MostLogged && _logged.TryAdd((row.Kind, row.Id, row.Version), true))
                LogUnreadable(log, unreadable, row.Kind, row.Id, row.Version);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The stored {Kind} {Id} (version {Version}) cannot be read and is left out of lists")]
    private static partial void LogUnreadable(ILogger log, Exception unreadable, string kind, string id, long version);

    /// <summary>The row that has this other name, such as the waybill of a job.</summary>
    public Task<StoredView?> FindByKey(TenantId tenant, string kind, string key, CancellationToken cancellation) => database.Read(connection =>
        connection.QuerySingleOrDefault<StoredView>(
            $"{Columns} AND id = (SELECT k.id FROM view_key k WHERE k.tenant = @tenant AND k.key = @key AND k.kind = @kind)", new { tenant = tenant.Value, kind, key }), cancellation);

    /// <summary>Version of the row, 0 if there is none.</summary>
    public Task<long> VersionOf(TenantId tenant, string kind, string id, CancellationToken cancellation) => database.Read(connection =>
        connection.QuerySingleOrDefault<long?>("SELECT version FROM \"view\" WHERE tenant = @tenant AND kind = @kind AND id = @id", new { tenant = tenant.Value, kind, id }) ?? 0, cancellation);

    /// <summary>Ids and versions of every row of a kind with few rows.</summary>
    public Task<List<(string Id, long Version)>> Versions(TenantId tenant, string kind, CancellationToken cancellation) => database.Read(connection =>
        connection.Query<(string, long)>("SELECT id, version FROM \"view\" WHERE tenant = @tenant AND kind = @kind ORDER BY id", new { tenant = tenant.Value, kind }).ToList(), cancellation);

    /// <summary>Newest first, then by id from the end of the alphabet; rows after the cursor, at most <paramref name="limit"/>, and fewer only where there are no more.</summary>
    public async Task<List<StoredView>> List(TenantId tenant, string kind, ViewFilter filter, PageCursor? after, int limit, CancellationToken cancellation)
    {
        List<StoredView> readable = [];
        while (true)
        {
            int wanted = limit - readable.Count;
            List<StoredView> rows = await Page(tenant, kind, filter, after, wanted, cancellation);
            readable.AddRange(rows.Where(row => Readable(row) is not null));
            if (rows.Count < wanted || readable.Count >= limit)
                return readable;
            after = PageCursor.Of(rows[^1]);
        }
    }

    private Task<List<StoredView>> Page(TenantId tenant, string kind, ViewFilter filter, PageCursor? after, int limit, CancellationToken cancellation)
    {
        System.Text.StringBuilder sql = new(Columns);
        DynamicParameters values = new(new { tenant = tenant.Value, kind, limit });
        if (filter.Zone is { } zone)
            Add(" AND zone = @zone", nameof(zone), zone);
        if (filter.Statuses is { Count: > 0 } statuses)
            sql.Append(" AND status IN ").Append(InList.Of(values, "status", [.. statuses]));
        if (filter.Technician is { } technician)
        {
            IReadOnlyList<string> orIds = filter.OrIds ?? [];
            Add(orIds.Count > 0 ? $" AND (technician = @technician OR id IN {InList.Of(values, "orId", orIds)})" : " AND technician = @technician", nameof(technician), technician);
        }
        if (filter.Point is { } point)
            Add(" AND point = @point", nameof(point), point);
        if (filter.IdPrefix is { } prefix)
        {
            Add(" AND id >= @idFrom AND id < @idTo", "idFrom", prefix);
            values.Add("idTo", $"{prefix[..^1]}{(char)(prefix[^1] + 1)}");
        }
        if (filter.Since is { } since)
            Add(" AND sort_at >= @since", nameof(since), since);
        if (filter.OpenOnly)
            sql.Append(" AND is_open = 1");
        for (int i = 0; i < (filter.Words?.Count ?? 0); i++)
            Add($" AND search LIKE @word{i} ESCAPE '~'", $"word{i}", $"%{filter.Words![i].Replace("~", "~~").Replace("%", "~%").Replace("_", "~_")}%");
        if (after is { } cursor)
        {
            Add(" AND (sort_at < @sortAt OR (sort_at = @sortAt AND id < @afterId))", "sortAt", cursor.SortAt);
            values.Add("afterId", cursor.Id);
        }
        sql.Append(" ORDER BY sort_at DESC, id DESC LIMIT @limit");
        return database.Read(connection => connection.Query<StoredView>(sql.ToString(), values).ToList(), cancellation);

        void Add(string condition, string name, object value)
        {
            sql.Append(condition);
            values.Add(name, value);
        }
    }
}
