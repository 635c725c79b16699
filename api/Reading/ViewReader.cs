using Dapper;
using Dispatch.Domain;
using Dispatch.Grains.Contracts.Storage;

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

/// <summary>Reads the read models. Rows are a moment behind the grains; see <see cref="ReadBarrier"/>.</summary>
internal sealed class ViewReader(IDatabase database)
{
    private const string Columns = "SELECT kind AS Kind, id AS Id, sort_at AS SortAt, version AS Version, doc AS Doc FROM \"view\" WHERE tenant = @tenant AND kind = @kind";

    /// <summary>Parameters of one statement are limited; more ids are read in several.</summary>
    private const int IdsPerStatement = 500;

    public Task<StoredView?> Find(TenantId tenant, string kind, string id, CancellationToken cancellation) =>
        database.Read(connection => connection.QuerySingleOrDefault<StoredView>($"{Columns} AND id = @id", new { tenant = tenant.Value, kind, id }), cancellation);

    /// <summary>The rows there are of these, in no order.</summary>
    public Task<List<StoredView>> FindMany(TenantId tenant, string kind, IReadOnlyCollection<string> ids, CancellationToken cancellation) =>
        ids.Count == 0
            ? Task.FromResult(new List<StoredView>())
            : database.Read(connection => ids.Chunk(IdsPerStatement)
                .SelectMany(some =>
                {
                    DynamicParameters values = new(new { tenant = tenant.Value, kind });
                    return connection.Query<StoredView>($"{Columns} AND id IN {InList.Of(values, "some", some)}", values);
                }).ToList(), cancellation);

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

    /// <summary>Newest first, then by id from the end of the alphabet; rows after the cursor, at most <paramref name="limit"/>.</summary>
    public Task<List<StoredView>> List(TenantId tenant, string kind, ViewFilter filter, PageCursor? after, int limit, CancellationToken cancellation)
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
