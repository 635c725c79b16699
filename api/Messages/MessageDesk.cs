using Dispatch.Api.Jobs;
using Dispatch.Domain;
using Dispatch.Domain.Messages;

namespace Dispatch.Api.Messages;

/// <summary>Shows messages: what they keep, with number and text looked up anew.</summary>
internal sealed class MessageDesk(ContactStore contacts, MessageWriter writer)
{
    public async Task<IReadOnlyList<MessageView>> Show(TenantId tenant, IReadOnlyList<MessageState> messages, CancellationToken cancellation)
    {
        Dictionary<JobId, ContactView> known = await contacts.FindMany(tenant, [.. messages.Select(m => m.Job).Distinct()], cancellation);
        List<MessageView> shown = new(messages.Count);
        foreach (MessageState message in messages)
            shown.Add(await Show(message, known.GetValueOrDefault(message.Job), cancellation));
        return shown;
    }

    private async Task<MessageView> Show(MessageState message, ContactView? contact, CancellationToken cancellation)
    {
        string language = MessageLanguages.Of(message.Language ?? contact?.Language);
        return new MessageView(
            message.Id.Value, message.Job.Value, message.Template, language, MessageView.Sms, MaskedNumber.Of(contact?.Phone), await writer.TextOf(message, language, cancellation),
            message.Status, message.Attempts, message.CreatedAt, message.ChangedAt, message.Failure);
    }
}
