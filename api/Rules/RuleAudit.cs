using System.Security.Cryptography;
using System.Text;
using Dapper;
using Dispatch.Api.Access;
using Dispatch.Api.Audit;
using Dispatch.Domain.Rules;
using Dispatch.Grains.Contracts.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatch.Api.Rules;

/// <summary>Writes into the audit which files of the house decide from this start on: once per file and content. A database that does not answer yet is asked again.</summary>
internal sealed partial class RuleAudit(RuleShelves shelves, AuditLog audit, IDatabase database, ApiOptions options, ILogger<RuleAudit> log) : BackgroundService
{
    public const string Loaded = "rulefile.loaded";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer again = new(Pause);
        try
        {
            while (!await Written(stoppingToken))
                await again.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<bool> Written(CancellationToken stopping)
    {
        try
        {
            foreach (RuleFile file in shelves.Own)
                await Write(file, stopping);
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogFailed(log, failure);
            return false;
        }
    }

    private async Task Write(RuleFile file, CancellationToken stopping)
    {
        byte[] content = Encoding.UTF8.GetBytes(file.Json);
        string digest = Convert.ToBase64String(SHA256.HashData(content));
        string? last = await database.Read(connection => connection.QueryFirstOrDefault<string>(
            "SELECT digest FROM audit WHERE tenant = @tenant AND action = @action AND subject = @subject ORDER BY id DESC LIMIT 1",
            new { tenant = options.Tenant.Value, action = Loaded, subject = file.Name }), stopping);
        if (last != digest)
            await audit.Write(new Caller(options.Tenant, Role.Anonymous, "server", ""), Loaded, file.Name, content);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The files of rules are not in the audit yet; trying again")]
    private static partial void LogFailed(ILogger log, Exception failure);
}
