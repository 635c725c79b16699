using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dapper;
using Dispatch.Api.Access;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Api.Audit;

/// <summary>
/// Who looked at what is personal. A look is written before it is granted; of what was seen only a digest is kept, so that the audit itself holds no
/// personal data.
/// </summary>
internal sealed class AuditLog(IDatabase database, TimeProvider time)
{
    public const string ContactRead = "contact.read", LabelRead = "label.read", PositionsWatched = "positions.watched", PositionTracked = "position.tracked";

    public const string LinkRenewed = "link.renewed", LinkWithdrawn = "link.withdrawn";

    /// <summary>Looking at a moving map is one look as long as it goes on; it is written again after this long.</summary>
    private static readonly TimeSpan OneLook = TimeSpan.FromMinutes(10);

    private const int MostRemembered = 50_000;

    private readonly ConcurrentDictionary<(string Tenant, string Who, string Action, string Subject), long> _looks = new();

    /// <summary>Durable at the reply.</summary>
    public Task Write(Caller caller, string action, string subject, ReadOnlySpan<byte> seen)
    {
        string digest = seen.IsEmpty ? "" : Convert.ToBase64String(SHA256.HashData(seen));
        var row = new { Tenant = caller.Tenant.Value, At = time.GetUtcNow().ToUnixTimeMilliseconds(), Who = caller.Subject, Action = action, Subject = subject, Digest = digest };
        return database.Write((connection, transaction) => connection.Execute(
            "INSERT INTO audit (tenant, at, who, action, subject, digest) VALUES (@Tenant, @At, @Who, @Action, @Subject, @Digest)", row, transaction));
    }

    /// <summary>Writes a look that goes on, unless it was written not long ago.</summary>
    public async Task WriteOngoing(Caller caller, string action, string subject)
    {
        var key = (caller.Tenant.Value, caller.Subject, action, subject);
        long now = TimeProvider.System.GetTimestamp();
        if (_looks.TryGetValue(key, out long last) && TimeProvider.System.GetElapsedTime(last, now) < OneLook)
            return;
        if (_looks.Count >= MostRemembered)
            _looks.Clear();
        await Write(caller, action, subject, []);
        _looks[key] = now;
    }
}
