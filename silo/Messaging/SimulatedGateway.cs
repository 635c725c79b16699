using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Dispatch.Domain;
using Dispatch.Domain.Messages;
using Dispatch.Grains.Contracts.Messages;

namespace Dispatch.Silo.Messaging;

/// <summary>
/// A gateway without a phone network: takes every message, and after a while reports it delivered, or failed where the number ends in the digits of
/// <see cref="SimulatedGatewayOptions.UnreachableEnding"/>. How long it takes follows from the reference, so that every run is alike. Reports that a restart loses are found by asking.
/// </summary>
public sealed partial class SimulatedGateway(IDeliveryReports reports, TimeProvider process, SimulatedGatewayOptions options, ILogger<SimulatedGateway> log) : IMessageGateway, IDisposable
{
    /// <summary>References remembered to tell a repetition. One that comes back after so many others is taken as new.</summary>
    private const int MostRemembered = 100_000;

    private readonly Lock gate = new();
    private readonly Dictionary<(TenantId, MessageReference), SimulatedReceipt> taken = [];
    private readonly Queue<(TenantId, MessageReference)> oldest = [];
    private readonly ConcurrentDictionary<(TenantId, MessageReference), ITimer> underWay = [];
    private volatile bool stopped;

    public Task<GatewayAnswer> Send(OutboundMessage message, CancellationToken cancellation = default)
    {
        SimulatedReceipt receipt;
        lock (gate)
        {
            (TenantId, MessageReference) key = (message.Tenant, message.Reference);
            if (taken.TryGetValue(key, out receipt))
                return Task.FromResult(GatewayAnswer.Taken(receipt.ToString()));
            receipt = new SimulatedReceipt(process.GetUtcNow() + WayOf(message.Reference), !Digits(message.To).EndsWith(options.UnreachableEnding, StringComparison.Ordinal));
            taken.Add(key, receipt);
            oldest.Enqueue(key);
            if (oldest.Count > MostRemembered)
                taken.Remove(oldest.Dequeue());
        }
        ReportLater(message.Tenant, message.Reference, receipt);
        return Task.FromResult(GatewayAnswer.Taken(receipt.ToString()));
    }

    public Task<GatewayStatus> Ask(TenantId tenant, MessageReference reference, string gatewayId, CancellationToken cancellation = default) =>
        Task.FromResult(SimulatedReceipt.Find(gatewayId)?.At(process.GetUtcNow()) ?? GatewayStatus.Unknown);

    public void Dispose()
    {
        stopped = true;
        foreach (ITimer timer in underWay.Values)
            timer.Dispose();
    }

    private void ReportLater(TenantId tenant, MessageReference reference, SimulatedReceipt receipt)
    {
        ITimer timer = process.CreateTimer(_ => _ = Report(tenant, reference, receipt), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        underWay[(tenant, reference)] = timer;
        TimeSpan way = receipt.ArrivesAt - process.GetUtcNow();
        timer.Change(way > TimeSpan.Zero ? way : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private async Task Report(TenantId tenant, MessageReference reference, SimulatedReceipt receipt)
    {
        if (underWay.TryRemove((tenant, reference), out ITimer? timer))
            await timer.DisposeAsync();
        if (stopped)
            return;
        try
        {
            await reports.Report(tenant, reference, receipt.Reaches, receipt.Reaches ? null : MessageRefusals.Undeliverable);
        }
        catch (Exception failure)
        {
            LogReportLost(log, failure, reference);
        }
    }

    private TimeSpan WayOf(MessageReference reference)
    {
        uint chance = BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(reference.ToString())));
        TimeSpan spread = options.Slowest > options.Fastest ? options.Slowest - options.Fastest : TimeSpan.Zero;
        return options.Fastest + spread * (chance / (double)uint.MaxValue);
    }

    private static string Digits(string number) => new([.. number.Where(char.IsAsciiDigit)]);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The report on message {Reference} was not taken; the message will ask")]
    private static partial void LogReportLost(ILogger log, Exception failure, MessageReference reference);
}
