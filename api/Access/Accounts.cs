using Dapper;
using Dispatch.Api.Problems;
using Dispatch.Domain;
using Dispatch.Grains.Contracts.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Dispatch.Api.Access;

/// <summary>Accounts a host makes when it starts.</summary>
public interface IAccountBootstrap
{
    /// <summary>Makes sure that this manager can sign in. An account that exists keeps its password. Returns whether it is new.</summary>
    Task<bool> EnsureManager(string user, string password);

    /// <summary>The same for any role but <see cref="Role.Technician"/>, whose accounts come with their registration.</summary>
    Task<bool> Ensure(string user, string password, Role role, string name);
}

/// <summary>The account table, and the only place that knows how passwords are kept.</summary>
internal sealed class Accounts(IDatabase database, ApiOptions options) : IAccountBootstrap
{
    private sealed record Row(string UserName, string Tenant, string Role, string SubjectId, string Name, string PasswordHash);

    private readonly PasswordHasher<Account> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = options.PasswordIterations }));
    private readonly Lazy<string> _nobodysHash = new(() => new PasswordHasher<Account>(
        Options.Create(new PasswordHasherOptions { IterationCount = options.PasswordIterations })).HashPassword(null!, Guid.NewGuid().ToString()));

    public string Hash(string password) => _hasher.HashPassword(null!, password);

    /// <summary>
    /// The account of that name and password, or null. An unknown name costs the same work as a wrong password, so that time does not tell
    /// which names exist.
    /// </summary>
    public async Task<Account?> Check(string user, string password, CancellationToken cancellation)
    {
        Account? account = await Find(user, cancellation);
        PasswordVerificationResult result = _hasher.VerifyHashedPassword(account!, account?.PasswordHash ?? _nobodysHash.Value, password);
        return result == PasswordVerificationResult.Failed ? null : account;
    }

    public async Task<Account?> Find(string user, CancellationToken cancellation)
    {
        string name = Account.Normalise(user);
        Row? row = await database.Read(connection => connection.QuerySingleOrDefault<Row>(
            "SELECT user_name AS UserName, tenant AS Tenant, role AS Role, subject_id AS SubjectId, name AS Name, password_hash AS PasswordHash FROM account WHERE user_name = @name",
            new { name }), cancellation);
        return row is not null && Roles.Find(row.Role) is { } role ? new(row.UserName, row.Tenant, role, row.SubjectId, row.Name, row.PasswordHash) : null;
    }

    /// <summary>Adds the account unless the name is taken. Durable at the reply. Returns whether it was added.</summary>
    public Task<bool> Add(Account account, CancellationToken cancellation) => database.Write((connection, transaction) => connection.Execute(
        """
        INSERT INTO account (user_name, tenant, role, subject_id, name, password_hash, created_at)
        VALUES (@User, @Tenant, @RoleWord, @SubjectId, @Name, @PasswordHash, @At) ON CONFLICT (user_name) DO NOTHING
        """,
        new { account.User, account.Tenant, RoleWord = Roles.Word(account.Role), account.SubjectId, account.Name, account.PasswordHash, At = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() },
        transaction) == 1, cancellation);

    /// <summary>
    /// Makes sure that the subject can sign in under this name. An account of the same subject stays as it is, so that a repetition does no harm; null, or a refusal if the
    /// name is somebody else's.
    /// </summary>
    public async Task<Refused?> AddFor(TenantId tenant, string user, string password, Role role, string subject, string name, CancellationToken cancellation)
    {
        string normal = Account.Normalise(user);
        if (await Find(normal, cancellation) is null)
            await Add(new Account(normal, tenant.Value, role, subject, name, Hash(password)), cancellation);
        return await Find(normal, cancellation) is { } known && known.SubjectId == subject && known.Role == role && known.Tenant == tenant.Value ? null : EdgeRefusals.UserTaken(normal);
    }

    /// <summary>Whether this is the subject of somebody who works at the service desk.</summary>
    public Task<bool> WorksAtDesk(TenantId tenant, string subject, CancellationToken cancellation) => database.Read(connection => connection
        .Query<string>("SELECT role FROM account WHERE tenant = @tenant AND subject_id = @subject", new { tenant = tenant.Value, subject })
        .Any(word => Roles.Find(word) is { } role && (role & Roles.ServiceDesk) != 0), cancellation);

    /// <summary>Takes back an account that was added for something which then did not come about.</summary>
    public Task<int> Remove(string user, CancellationToken cancellation) => database.Write((connection, transaction) => connection.Execute(
        "DELETE FROM account WHERE user_name = @name", new { name = Account.Normalise(user) }, transaction), cancellation);

    public Task<bool> EnsureManager(string user, string password) => Ensure(user, password, Role.Manager, user);

    public async Task<bool> Ensure(string user, string password, Role role, string name)
    {
        if ((role & (Roles.Staff | Role.Agent | Role.Expert)) == 0)
            throw new ArgumentOutOfRangeException(nameof(role), role, "Only staff accounts are made here.");
        string normal = Account.Normalise(user);
        if (await Find(normal, CancellationToken.None) is not null)
            return false;
        return await Add(new Account(normal, options.Tenant.Value, role, $"user_{normal}", name, Hash(password)), CancellationToken.None);
    }
}
