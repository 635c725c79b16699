using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage.Clock;

namespace Dispatch.Silo.Hosting;

/// <summary>Follows the anchor of business time in the database, so that a speed another node was started with holds here as well.</summary>
internal sealed partial class ClockFollower(StoredBusinessClock clock, IDatabase database, ILogger<ClockFollower> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await Follow(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped();
        }
    }

    private async Task Follow(CancellationToken stopping)
    {
        try
        {
            await clock.Refresh(database, stopping);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogNotRead(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The business clock is no longer followed: the host stops")]
    private partial void LogStopped();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The anchor of the business clock could not be read; retrying at the next tick")]
    private partial void LogNotRead(Exception failure);
}
