using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Messages;

/// <summary>Every no a message can give, and every reason it can fail for. Each code is a row of docs/refusals.md.</summary>
public static class MessageRefusals
{
    /// <summary>The customer's contact was never given, has no number, or has been erased.</summary>
    public const string NoContact = "message.no_contact";

    /// <summary>The gateway could not be reached, or gave no answer, as often as it was tried.</summary>
    public const string GatewayUnavailable = "message.gateway_unavailable";

    /// <summary>The gateway does not send to this number, or not this text.</summary>
    public const string Rejected = "message.rejected";

    /// <summary>The gateway took it and could not bring it to the phone.</summary>
    public const string Undeliverable = "message.undeliverable";

    public static Refusal Unknown(MessageId id) => Refusal.Of("message.unknown", RefusalKind.Unknown, ("messageId", id));
    public static Refusal NotFailed(MessageState message) => Refusal.Of("message.not_failed", RefusalKind.Conflict, ("messageId", message.Id), ("status", message.Status));
}
