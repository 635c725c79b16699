using Dispatch.Domain;
using Dispatch.Domain.Messages;
using Dispatch.Grains.Contracts.Messages;

namespace Dispatch.Simulation.Tests;

/// <summary>
/// A gateway as its contract says it, with the simulator's delays, failures and lost answers on every call. It never reports by itself, so that every message has to ask; some
/// numbers it will not have, some messages never arrive, some it has forgotten when asked.
/// </summary>
internal sealed class ModelGateway(World world, Planted planted) : IMessageGateway, IMessageWriter
{
    private readonly SortedDictionary<string, int> phones = new(StringComparer.Ordinal);

    /// <summary>How often this was put on a phone.</summary>
    public int Phone(MessageReference reference) => phones.GetValueOrDefault(reference.ToString());

    public Task<GatewayAnswer> Send(OutboundMessage message, CancellationToken cancellation = default) => world.Simulation.Write("send", () =>
    {
        string key = message.Reference.ToString();
        if (world.Random.Chance(world.Chances.GatewayRefuses))
            return GatewayAnswer.Rejected;
        if (!phones.TryGetValue(key, out int times) || planted.HasFlag(Planted.GatewayRepeats))
            phones[key] = times + 1;
        return GatewayAnswer.Taken(key);
    });

    public Task<GatewayStatus> Ask(TenantId tenant, MessageReference reference, string gatewayId, CancellationToken cancellation = default) => world.Simulation.Read("ask", () =>
        !phones.ContainsKey(reference.ToString()) || world.Random.Chance(world.Chances.GatewayForgets) ? GatewayStatus.Unknown
        : world.Random.Chance(world.Chances.GatewaySlow) ? GatewayStatus.Pending
        : world.Random.Chance(world.Chances.GatewayFails) ? GatewayStatus.Failed
        : GatewayStatus.Delivered);

    public Task<OutboundMessage?> Write(MessageState message, CancellationToken cancellation = default) =>
        Task.FromResult<OutboundMessage?>(new(message.Tenant, message.Reference, "+8613912345678", MessageLanguages.Simplified, message.Template.ToString()));
}
