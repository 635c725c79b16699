using Dispatch.Domain;
using Dispatch.Domain.Messages;
using Dispatch.Grains.Contracts.Messages;

namespace Dispatch.Simulation.Tests;

/// <summary>A gateway as its contract says it, with the simulator's delays, failures and lost answers on every call. It never reports by itself, so that every message has to ask.</summary>
internal sealed class ModelGateway(World world) : IMessageGateway, IMessageWriter
{
    private readonly SortedDictionary<string, int> phones = new(StringComparer.Ordinal);

    /// <summary>How often this was put on a phone.</summary>
    public int Phone(MessageReference reference) => phones.GetValueOrDefault(reference.ToString());

    public Task<GatewayAnswer> Send(OutboundMessage message, CancellationToken cancellation = default) => world.Simulation.Write($"send {message.Reference}", () =>
    {
        string key = message.Reference.ToString();
        if (!phones.ContainsKey(key))
            phones[key] = 1;
        return GatewayAnswer.Taken(key);
    });

    public Task<GatewayStatus> Ask(TenantId tenant, MessageReference reference, string gatewayId, CancellationToken cancellation = default) =>
        world.Simulation.Read($"ask {reference}", () => phones.ContainsKey(reference.ToString()) ? GatewayStatus.Delivered : GatewayStatus.Unknown);

    public Task<OutboundMessage?> Write(MessageState message, CancellationToken cancellation = default) =>
        Task.FromResult<OutboundMessage?>(new(message.Tenant, message.Reference, "+8613912345678", MessageLanguages.Simplified, message.Template.ToString()));
}
