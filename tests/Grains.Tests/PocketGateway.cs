using System.Collections.Concurrent;
using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Messages;
using Dispatch.Grains.Contracts.Messages;

namespace Dispatch.Grains.Tests;

/// <summary>A gateway in the test's hand, which outlives restarts of the host: takes each reference once, and is down, silent or forgetful as it is told.</summary>
public sealed class PocketGateway : IMessageGateway, IMessageWriter
{
    private readonly ConcurrentDictionary<MessageReference, OutboundMessage> taken = [];
    private readonly ConcurrentDictionary<MessageReference, GatewayStatus> became = [];
    private readonly ConcurrentDictionary<MessageReference, int> given = [];

    /// <summary>Every call fails.</summary>
    public bool Down { get; set; }

    /// <summary>It takes the message, and the answer is lost.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>Calls wait for this.</summary>
    public TaskCompletionSource? Held { get; set; }

    /// <summary>Jobs whose customers have been erased.</summary>
    public ConcurrentDictionary<JobId, bool> Erased { get; } = [];

    /// <summary>How often it was given this reference, also where it dropped it.</summary>
    public int TimesGiven(MessageReference reference) => given.GetValueOrDefault(reference);

    /// <summary>What a phone got of this job, oldest event first.</summary>
    public ImmutableArray<MessageReference> Sent(JobId job) =>
        [.. taken.Keys.Where(r => r.Message.Value.StartsWith(MessageId.PrefixOf(job), StringComparison.Ordinal)).OrderBy(r => int.Parse(r.Message.Value.Split('-')[1])).ThenBy(r => r.Round)];

    public void Becomes(MessageReference reference, GatewayStatus status) => became[reference] = status;

    public async Task<GatewayAnswer> Send(OutboundMessage message, CancellationToken cancellation = default)
    {
        given.AddOrUpdate(message.Reference, 1, (_, before) => before + 1);
        if (Held is { } held)
            await held.Task.WaitAsync(cancellation);
        if (Down)
            throw new IOException("no way to the gateway");
        taken.TryAdd(message.Reference, message);
        return LosesAnswers ? throw new IOException("the answer is lost") : GatewayAnswer.Taken($"g-{message.Reference}");
    }

    public Task<GatewayStatus> Ask(TenantId tenant, MessageReference reference, string gatewayId, CancellationToken cancellation = default) =>
        Down ? throw new IOException("no way to the gateway")
        : Task.FromResult(became.TryGetValue(reference, out GatewayStatus status) ? status : taken.ContainsKey(reference) ? GatewayStatus.Pending : GatewayStatus.Unknown);

    public Task<OutboundMessage?> Write(MessageState message, CancellationToken cancellation = default) => Task.FromResult(
        Erased.ContainsKey(message.Job) ? null : new OutboundMessage(message.Tenant, message.Reference, "+8613912345678", MessageLanguages.Simplified, message.Template.ToString()));
}
