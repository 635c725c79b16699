using System.Collections.Concurrent;
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
/// activation; a due time in the stored record is not. Waits for none of those it wakes: one on a silo that is frozen would hold up all others.
/// </summary>
public sealed partial class Sweeper(
    IDueStore dues, IFeedStore feeds, IGrainFactory grains, ISiloStatusOracle members, BusinessClock clock, TimeProvider process, IOptions<DispatchOptions> options, AggregateOptions aggregates, ILogger<Sweeper> log)
    : BackgroundService, ISiloStatusListener
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ZonePause = TimeSpan.FromSeconds(10);
    private const int AtOnce = 256;
    private const string Message = "message";

    private readonly ConcurrentDictionary<DueGrain, byte> underway = new();

    /// <summary>An outbox that a killed process left behind has nobody else to drain it: until this moment none waits for as long as a living process may take.</summary>
    private long leftBehindUntil;

    /// <summary>Messages have a round of their own: however many of them wait for a gateway, offers and outboxes do not wait with them.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long nextZones = 0;
        DrainWhatIsLeftBehind();
        members.SubscribeToSiloStatusEvents(this);
        try
        {
            await Task.WhenAll(Rounds(Messages, stoppingToken), Rounds(Others, stoppingToken));
        }
        finally
        {
            members.UnSubscribeFromSiloStatusEvents(this);
        }

        async Task Others(CancellationToken cancellation)
        {
            if (Environment.TickCount64 >= nextZones)
            {
                await WakeZones(cancellation);
                nextZones = Environment.TickCount64 + (long)ZonePause.TotalMilliseconds;
            }
            await WakeDue(OutboxesUntil(process.GetUtcNow()), but: true, cancellation);
        }

        Task Messages(CancellationToken cancellation) => WakeDue(process.GetUtcNow(), but: false, cancellation);
    }

    /// <summary>The silo that drained them is gone.</summary>
    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status == SiloStatus.Dead)
            DrainWhatIsLeftBehind();
    }

    private void DrainWhatIsLeftBehind() => Volatile.Write(ref leftBehindUntil, (process.GetUtcNow() + aggregates.OutboxGrace).UtcTicks);

    private DateTimeOffset OutboxesUntil(DateTimeOffset now) => new(Math.Max(now.UtcTicks, Volatile.Read(ref leftBehindUntil)), TimeSpan.Zero);

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
                Begin(new DueGrain("zone", GrainKeys.Of(new TenantId(tenant), zone.Id)));
    }

    /// <summary>
    /// Those still under way are found again and passed over, so that they do not stand in front of the others. No more than so many at once: what a silo that has just started does not answer in
    /// time is not answered sooner by asking more.
    /// </summary>
    private async Task WakeDue(DateTimeOffset outboxesUntil, bool but, CancellationToken cancellation)
    {
        int room = AtOnce - underway.Keys.Count(grain => (grain.StateName == Message) != but);
        if (room <= 0)
            return;
        foreach (DueGrain due in await dues.Due(new Moment(clock.GetUtcNow(), outboxesUntil), AtOnce, Message, but, cancellation))
            if (room > 0 && Begin(due))
                room--;
    }

    /// <returns>Whether it was not under way already.</returns>
    private bool Begin(DueGrain due)
    {
        if (!underway.TryAdd(due, 0))
            return false;
        _ = Wake(due);
        return true;
    }

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
        finally
        {
            underway.TryRemove(due, out _);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sweep failed; the next one tries again")]
    private static partial void LogSweepFailed(ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waking {State} {Key} failed; the next sweep tries again")]
    private static partial void LogWakeFailed(ILogger log, Exception failure, string state, string key);
}
