using Dapper;
using Dispatch.Domain;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Api.Reading;

/// <summary>
/// Other names of things, each of exactly one: written here before a thing is entered, beside those that come with its row of the read
/// model.
/// </summary>
internal sealed class RowKeys(IDatabase database)
{
    /// <summary>The id behind the key, or null.</summary>
    public Task<string?> Find(TenantId tenant, string key, CancellationToken cancellation) =>
        database.Read(connection => connection.QuerySingleOrDefault<string>(
        "SELECT id FROM view_key WHERE tenant = @tenant AND key = @key", new { tenant = tenant.Value, key }), cancellation);

    /// <summary>Names the thing by this key from now on. Durable at the reply.</summary>
    public Task Put(TenantId tenant, string key, string kind, string id, CancellationToken cancellation) =>
        database.Write((connection, transaction) => connection.Execute(
        """
        INSERT INTO view_key (tenant, key, kind, id) VALUES (@tenant, @key, @kind, @id)
        ON CONFLICT (tenant, key) DO UPDATE SET id = excluded.id
        """,
        new { tenant = tenant.Value, key, kind, id }, transaction), cancellation);
}
