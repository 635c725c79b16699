using Dispatch.Grains.Contracts.Storage;
using Microsoft.Extensions.Logging;

namespace Dispatch.Api.Health;

/// <summary>Whether storage takes writes, and a word for why not. Asking costs a durable write, so one answer serves everybody who asks within a second.</summary>
internal sealed partial class StorageProbe(IDatabase database, ILogger<StorageProbe> log)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private Task<string?>? _answer;
    private long _askedAt;

    /// <returns>Null, or the reason as in <see cref="WriteFault"/>.</returns>
    public Task<string?> Ask(CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_answer is null || (_answer.IsCompleted && TimeProvider.System.GetElapsedTime(_askedAt) > Lasts))
            {
                _askedAt = TimeProvider.System.GetTimestamp();
                _answer = Probe();
            }
            return _answer.WaitAsync(cancellation);
        }
    }

    private async Task<string?> Probe()
    {
        try
        {
            using CancellationTokenSource limit = new(Patience);
            if (await database.Probe(limit.Token).WaitAsync(limit.Token) is not { } fault)
                return null;
            LogNotReady(fault.Reason, fault.Message);
            return fault.Reason;
        }
        catch (OperationCanceledException late)
        {
            LogProbeFailed(late);
            return "no_answer";
        }
        catch (Exception failure)
        {
            LogProbeFailed(failure);
            return "failed";
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Storage takes no writes ({Reason}): {Message}")]
    private partial void LogNotReady(string reason, string message);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Storage could not be asked whether it takes writes")]
    private partial void LogProbeFailed(Exception failure);
}
