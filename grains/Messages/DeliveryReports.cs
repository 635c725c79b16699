using Dispatch.Domain;
using Dispatch.Domain.Messages;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Messages;

namespace Dispatch.Grains.Messages;

/// <inheritdoc cref="IDeliveryReports"/>
public sealed class DeliveryReports(IGrainFactory grains) : IDeliveryReports
{
    public Task Report(TenantId tenant, MessageReference reference, bool delivered, string? reason = null) => grains
        .GetGrain<IMessageGrain>(GrainKeys.Of(tenant, reference.Message.Value))
        .Execute(new RecordDelivery(reference.Round, delivered, reason), null);
}
