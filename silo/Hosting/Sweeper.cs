using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Grains.Aggregates;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Devices;
using Dispatch.Grains.Contracts.Intents;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.Messages;
using Dispatch.Grains.Contracts.Programmes;
using Dispatch.Grains.Contracts.ServiceDesk;
using Dispatch.Grains.Contracts.ServicePoints;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Grains.Contracts.Technicians;
using Dispatch.Grains.Contracts.Zones;
using Microsoft.Extensions.Options;

namespace Dispatch.Silo.Hosting;

/// <summary>
/// Wakes grains from what is durable: offers past their expiry, outboxes a crash left behind, messages to try again, zones that must plan. Timers are lost with their
/// activation; a due time in the stored record is not.
/// </summary>
public sealed partial class Sweeper(
    IDueStore dues, IFeedStore feeds, IGrainFactory grains, BusinessClock clock, TimeProvider process, IOptions<DispatchOptions> options, AggregateOptions aggregates, ILogger<Sweeper> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ZonePause = TimeSpan.FromSeconds(10);
    private const int AtOnce = 256;
    private const string Message = "message";

    /// <summary>Messages have a round of their own: however many of them wait for a gateway, offers and outboxes do not wait with them.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long nextZones = 0;
        // An outbox that a killed host left behind has nobody else to drain it: it need not wait for as long as a living host may take.
        DateTimeOffset leftBehind = process.GetUtcNow() + aggregates.OutboxGrace;
        return Task.WhenAll(Rounds(Messages, stoppingToken), Rounds(async cancellation =>
        {
            if (Environment.TickCount64 >= nextZones)
            {
                await WakeZones(cancellation);
                nextZones = Environment.TickCount64 + (long)ZonePause.TotalMilliseconds;
            }
            await WakeDue(await dues.Due(new Moment(clock.GetUtcNow(), process.GetUtcNow() < leftBehind ? leftBehind : process.GetUtcNow()), AtOnce, Message, but: true, cancellation));
        }, stoppingToken));

        async Task Messages(CancellationToken cancellation) => await WakeDue(await dues.Due(new Moment(clock.GetUtcNow(), process.GetUtcNow()), AtOnce, Message, but: false, cancellation));
    }

    private async Task Rounds(Func<CancellationToken, Task> round, CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Pause);
        try
        {
            do
            {
                try
                {
                    await round(stoppingToken);
                }
                catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
                {
                    LogSweepFailed(log, failure);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task WakeZones(CancellationToken cancellation)
    {
        foreach (string tenant in options.Value.Tenants)
            foreach (ViewRow zone in await feeds.LoadOpen(new TenantId(tenant), "zone", "", cancellation))
                await grains.GetGrain<IZoneGrain>(GrainKeys.Of(new TenantId(tenant), zone.Id)).Wake();
    }

    private Task WakeDue(ImmutableArray<DueGrain> due) => Task.WhenAll(due.Select(Wake));

    private async Task Wake(DueGrain due)
    {
        try
        {
            await (due.StateName switch
            {
                "job" => grains.GetGrain<IJobGrain>(due.Key).Wake(),
                "technician" => grains.GetGrain<ITechnicianGrain>(due.Key).Wake(),
                "point" => grains.GetGrain<IServicePointGrain>(due.Key).Wake(),
                "device" => grains.GetGrain<IDeviceGrain>(due.Key).Wake(),
                "programme" => grains.GetGrain<IProgrammeGrain>(due.Key).Wake(),
                "contact" => grains.GetGrain<IContactGrain>(due.Key).Wake(),
                "escalation" => grains.GetGrain<IEscalationGrain>(due.Key).Wake(),
                "callback" => grains.GetGrain<ICallBackGrain>(due.Key).Wake(),
                "case" => grains.GetGrain<ICaseGrain>(due.Key).Wake(),
                "intent" => grains.GetGrain<IIntentGrain>(due.Key).Wake(),
                "zone" => grains.GetGrain<IZoneGrain>(due.Key).Wake(),
                Message => grains.GetGrain<IMessageGrain>(due.Key).Wake(),
                _ => throw new InvalidOperationException($"No grain has state {due.StateName}"),
            });
        }
        catch (Exception failure)
        {
            LogWakeFailed(log, failure, due.StateName, due.Key);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sweep failed; the next one tries again")]
    private static partial void LogSweepFailed(ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waking {State} {Key} failed; the next sweep tries again")]
    private static partial void LogWakeFailed(ILogger log, Exception failure, string state, string key);
}
