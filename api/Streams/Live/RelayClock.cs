using Dispatch.Grains.Contracts.Feeds;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatch.Api.Streams.Live;

/// <summary>
/// What the relay does periodically, in process time: viewers are real, however fast business time runs. Each duty has a loop of its own, because one that waits for a silent silo must not keep
/// viewers from heads and positions, which need no silo.
/// </summary>
internal sealed partial class RelayClock(StreamRelay relay, ILogger<RelayClock> log) : BackgroundService
{
    private static readonly TimeSpan PositionInterval = TimeSpan.FromSeconds(1), HeadInterval = TimeSpan.FromSeconds(2), DropInterval = TimeSpan.FromSeconds(5);

    /// <summary>Viewers hear every so many rounds how far their streams are, also without news.</summary>
    private const int EverybodyEvery = 5;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Every(PositionInterval, (_, _) => { relay.FlushPositions(); return Task.CompletedTask; }, stoppingToken),
        Every(HeadInterval, (round, stopping) => relay.TellHeads(everybody: round % EverybodyEvery == 0, stopping), stoppingToken),
        Every(HeadInterval, (_, _) => relay.Reattach(), stoppingToken),
        Every(FeedRenewal.Interval, (_, _) => relay.Renew(), stoppingToken),
        Every(HeadInterval, (_, _) => { relay.EndLinks(); return Task.CompletedTask; }, stoppingToken),
        Every(DropInterval, (_, _) => relay.DropIdle(), stoppingToken));

    private async Task Every(TimeSpan interval, Func<long, CancellationToken, Task> work, CancellationToken stopping)
    {
        using PeriodicTimer timer = new(interval);
        try
        {
            for (long round = 1; await timer.WaitForNextTickAsync(stopping); round++)
                await Run(work, round, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            LogStopped();
        }
    }

    private async Task Run(Func<long, CancellationToken, Task> work, long round, CancellationToken stopping)
    {
        try
        {
            await work(round, stopping);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            LogRoundFailed(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The relay's clock stops")]
    private partial void LogStopped();

    [LoggerMessage(Level = LogLevel.Warning, Message = "A round of the relay failed; the next one tries again")]
    private partial void LogRoundFailed(Exception failure);
}
