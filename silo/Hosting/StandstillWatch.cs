using Microsoft.Extensions.Options;

namespace Dispatch.Silo.Hosting;

/// <summary>
/// Notices that this silo stood still (its process was frozen, its machine slept) for so long that the others may have voted it out. From
/// then on it counts as not ready, until it has read the members anew; if it is none of them any more, that reading ends it, seconds
/// earlier than it would hear of it otherwise.
/// </summary>
internal sealed partial class StandstillWatch(
    IClusterMembershipService membership, IOptions<ClusterOptions> options, TimeProvider process, ILogger<StandstillWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Less than the others wait for a sign of life.</summary>
    private readonly TimeSpan limit = options.Value.ProbeTimeout * options.Value.MissedProbes;

    private long lastTick = process.GetTimestamp();

    private volatile bool verified = true;

    /// <summary>Whether nobody here knows yet that this silo still is a member.</summary>
    public bool IsInDoubt => !verified || process.GetElapsedTime(Volatile.Read(ref lastTick)) > limit;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval, process);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await Tick();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped();
        }
    }

    private async Task Tick()
    {
        TimeSpan stood = process.GetElapsedTime(Volatile.Read(ref lastTick));
        if (stood > limit)
        {
            verified = false;
            LogStoodStill(stood.TotalSeconds);
        }
        Volatile.Write(ref lastTick, process.GetTimestamp());
        if (verified)
            return;
        try
        {
            await membership.Refresh();
            verified = true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogNotRead(failure);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "This silo stood still for {Seconds:0.0} s: it is not ready until it has read whether it still is a member")]
    private partial void LogStoodStill(double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The members could not be read; retrying at the next tick")]
    private partial void LogNotRead(Exception failure);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Standing still is no longer watched for: the host stops")]
    private partial void LogStopped();
}
