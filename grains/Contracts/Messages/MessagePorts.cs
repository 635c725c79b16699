using Dispatch.Domain;
using Dispatch.Domain.Messages;

namespace Dispatch.Grains.Contracts.Messages;

/// <summary>A message ready to go: the only place besides the contact itself where text and number meet. Never stored, never logged.</summary>
/// <param name="Reference">A gateway takes it once, however often it is sent.</param>
public sealed record OutboundMessage(TenantId Tenant, MessageReference Reference, string To, string Language, string Text)
{
    /// <summary>Without number and text, so that no log holds them.</summary>
    public override string ToString() => $"OutboundMessage {Reference}";
}

/// <summary>Whether a gateway took a message.</summary>
public sealed record GatewayAnswer
{
    private GatewayAnswer(string? gatewayId) => GatewayId = gatewayId;

    /// <summary>By which the gateway knows it; null if it does not take it, nor will.</summary>
    public string? GatewayId { get; }

    public static GatewayAnswer Taken(string gatewayId) => new(gatewayId);

    public static GatewayAnswer Rejected { get; } = new((string?)null);
}

/// <summary>What a gateway knows of a message.</summary>
public enum GatewayStatus
{
    /// <summary>It never had it, or has forgotten it.</summary>
    Unknown,
    /// <summary>On its way.</summary>
    Pending,
    Delivered,
    Failed,
}

/// <summary>
/// Brings texts to phones. Takes each reference once: a repetition is answered as the first time and sent to nobody. What becomes of a message it reports to
/// <see cref="IDeliveryReports"/>; reports may be lost, repeated or early, so it can be asked as well. An exception means that nobody knows whether it has the message.
/// </summary>
public interface IMessageGateway
{
    Task<GatewayAnswer> Send(OutboundMessage message, CancellationToken cancellation = default);

    Task<GatewayStatus> Ask(TenantId tenant, MessageReference reference, string gatewayId, CancellationToken cancellation = default);
}

/// <summary>Where a gateway says what became of a message: the inbound side of <see cref="IMessageGateway"/>. May be repeated and come in any order. Durable at the reply.</summary>
public interface IDeliveryReports
{
    /// <param name="reason">Why it failed, a code of docs/refusals.md; <c>message.undeliverable</c> if left out.</param>
    Task Report(TenantId tenant, MessageReference reference, bool delivered, string? reason = null);
}

/// <summary>Looks up whom a message goes to and writes its text, at the moment it is sent.</summary>
public interface IMessageWriter
{
    /// <summary>The message ready to go, or null if there is nobody to send it to: no contact, no number, or erased.</summary>
    Task<OutboundMessage?> Write(MessageState message, CancellationToken cancellation = default);
}
