using Dapper;
using Dispatch.Api.Reading;
using Dispatch.Domain;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Api.Jobs;

/// <summary>Whom to reach about a job.</summary>
public sealed record ContactView(string? Name, string? Phone, string? Language, string? Address);

/// <summary>Names, phones and addresses of customers: personal data, in rows of its own so that it can be erased, and in no event.</summary>
internal sealed class ContactStore(IDatabase database)
{
    /// <summary>Parameters of one statement are limited.</summary>
    private const int JobsPerStatement = 500;

    private sealed record Row(string JobId, string? Name, string? Phone, string? Language, string? Address);

    /// <summary>Writes the contact of a job that is about to be requested. Durable at the reply; the first one written stays.</summary>
    public Task Put(TenantId tenant, JobId job, ContactView contact, CancellationToken cancellation) => database.Write((connection, transaction) => connection.Execute(
        """
        INSERT INTO contact (tenant, job_id, name, phone, address, language)
        VALUES (@tenant, @job, @Name, @Phone, @Address, @Language) ON CONFLICT (tenant, job_id) DO NOTHING
        """,
        new { tenant = tenant.Value, job = job.Value, contact.Name, contact.Phone, contact.Address, contact.Language }, transaction), cancellation);

    /// <summary>Takes back the contact of a job that did not come about.</summary>
    public Task Drop(TenantId tenant, JobId job, CancellationToken cancellation) => database.Write((connection, transaction) => connection.Execute(
        "DELETE FROM contact WHERE tenant = @tenant AND job_id = @job", new { tenant = tenant.Value, job = job.Value }, transaction), cancellation);

    /// <summary>The contact, or null if it was never given or has been erased.</summary>
    public Task<ContactView?> Find(TenantId tenant, JobId job, CancellationToken cancellation) => database.Read(connection => connection.QuerySingleOrDefault<ContactView>(
        "SELECT name AS Name, phone AS Phone, language AS Language, address AS Address FROM contact WHERE tenant = @tenant AND job_id = @job AND erased_at IS NULL",
        new { tenant = tenant.Value, job = job.Value }), cancellation);

    /// <summary>The contacts there are of these jobs.</summary>
    public Task<Dictionary<JobId, ContactView>> FindMany(TenantId tenant, IReadOnlyCollection<JobId> jobs, CancellationToken cancellation) =>
        jobs.Count == 0
            ? Task.FromResult(new Dictionary<JobId, ContactView>())
            : database.Read(connection => jobs.Select(j => j.Value).Chunk(JobsPerStatement)
                .SelectMany(some =>
                {
                    DynamicParameters values = new(new { tenant = tenant.Value });
                    return connection.Query<Row>(
                        $"SELECT job_id AS JobId, name AS Name, phone AS Phone, language AS Language, address AS Address FROM contact WHERE tenant = @tenant AND job_id IN {InList.Of(values, "job", some)} AND erased_at IS NULL",
                        values);
                })
                .ToDictionary(row => new JobId(row.JobId), row => new ContactView(row.Name, row.Phone, row.Language, row.Address)), cancellation);
}
