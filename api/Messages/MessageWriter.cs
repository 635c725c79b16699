using Dispatch.Api.Access;
using Dispatch.Api.Jobs;
using Dispatch.Api.Technicians;
using Dispatch.Domain.Messages;
using Dispatch.Grains.Contracts.Messages;

namespace Dispatch.Api.Messages;

/// <summary>Writes texts of messages from what the message keeps and what is looked up: the customer's language and number, names, links.</summary>
internal sealed class MessageWriter(ContactStore contacts, TechnicianNames technicians, Ownership ownership, TrackingLinks links, ApiOptions options) : IMessageWriter
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.MessageTimeZone);

    public async Task<OutboundMessage?> Write(MessageState message, CancellationToken cancellation = default)
    {
        if (await contacts.Find(message.Tenant, message.Job, cancellation) is not { Phone: { } phone } contact || !phone.Any(char.IsAsciiDigit))
            return null;
        string language = MessageLanguages.Of(contact.Language);
        return new OutboundMessage(message.Tenant, message.Reference, phone, language, await TextOf(message, language, cancellation));
    }

    /// <summary>What the message says in this language.</summary>
    public async Task<string> TextOf(MessageState message, string language, CancellationToken cancellation)
    {
        // Without a link that leads somewhere the text says what else the customer can do.
        string? token = await ownership.JobGrain(message.Tenant, message.Job).Get() is { State: var job } ? links.TokenOf(job) : null;
        MessageValues values = new(
            message.Facts.Interval,
            await technicians.Find(message.Tenant, message.Facts.Technician, cancellation),
            message.Facts.Point is { } point && await ownership.PointGrain(message.Tenant, point).Get() is { State.Profile.Name: var name } ? name : null,
            PromisedAt: message.Facts.PromisedAt,
            Waybill: message.Facts.Waybill,
            Link: token is null ? null : $"{options.PublicUrl}/track/{token}",
            Label: token is null ? null : $"{options.PublicUrl}/v1/track/{token}/label",
            Price: message.Facts.Price,
            ValidUntil: message.Facts.ValidUntil);
        return MessageTexts.Shared.Render(message.Template, language, values, _zone);
    }
}
