using Dispatch.Domain.Messages;

namespace Dispatch.Api.Messages;

/// <summary>A message to a customer as dispatchers see it.</summary>
/// <param name="Language">In which it was sent, or would be.</param>
/// <param name="Channel"><c>sms</c>.</param>
/// <param name="To">The masked number; empty where there is none any more.</param>
/// <param name="Text">What it says, made anew from what is kept.</param>
/// <param name="Attempts">How often it was given to the gateway.</param>
/// <param name="Failure">Why it failed, or why it is tried again: a code of docs/refusals.md.</param>
public sealed record MessageView(
    string Id,
    string JobId,
    MessageTemplate Template,
    string Language,
    string Channel,
    string To,
    string Text,
    MessageStatus Status,
    int Attempts,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string? Failure)
{
    public const string Sms = "sms";
}

/// <summary>A page of a list; <see cref="Next"/> is the <c>after</c> of the following one.</summary>
public sealed record MessageListView(IReadOnlyList<MessageView> Items, string? Next);
