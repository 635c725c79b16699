using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatch.Api.Streams.Live;

/// <summary>What the relay does from time to time, in real time: viewers are real, however fast the server's own clock runs.</summary>
internal sealed partial class RelayClock(StreamRelay relay, ILogger<RelayClock> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private const int HeadsEvery = 2, EverybodyEvery = 10, DropEvery = 5, RenewEvery = 60;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Beat);
        try
        {
            for (long beat = 1; await timer.WaitForNextTickAsync(stoppingToken); beat++)
                await OnBeat(beat, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped();
        }
    }

    private async Task OnBeat(long beat, CancellationToken stopping)
    {
        try
        {
            relay.FlushPositions();
            if (beat % HeadsEvery == 0)
                await relay.TellHeads(everybody: beat % EverybodyEvery == 0, stopping);
            if (beat % HeadsEvery == 0)
                relay.EndLinks();
            if (beat % DropEvery == 0)
                await relay.DropIdle();
            if (beat % RenewEvery == 0)
                await relay.Renew();
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            LogBeatFailed(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The relay's clock stops")]
    private partial void LogStopped();

    [LoggerMessage(Level = LogLevel.Warning, Message = "A round of the relay failed; the next one tries again")]
    private partial void LogBeatFailed(Exception failure);
}
