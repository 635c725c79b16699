using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Api.Technicians;
using Dispatch.Domain.Messages;
using Dispatch.Grains.Contracts.Messages;

namespace Dispatch.Api.Messages;

/// <summary>Writes texts of messages from what the message keeps and what is looked up: the customer's language and number, names, links.</summary>
internal sealed class MessageWriter(
    ContactStore contacts,
    TechnicianNames technicians,
    Ownership ownership,
    TrackingTokens tokens,
    PhoneReader phones,
    ApiOptions options,
    TimeProvider time
) : IMessageWriter
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.MessageTimeZone);

    /// <summary>
    /// Null where there is nobody to send it to: also where a number from before they were checked is none that can be dialed.
    /// </summary>
    public async Task<OutboundMessage?> Write(MessageState message, CancellationToken cancellation = default)
    {
        if (await contacts.Find(message.Tenant, message.Job, cancellation) is not { } contact
            || phones.Read(contact.Phone)?.E164 is not { } phone)
            return null;
        string language = MessageLanguages.Of(contact.Language);
        return new OutboundMessage(message.Tenant, message.Reference, phone, language, await TextOf(message, language, cancellation));
    }

    /// <summary>What the message says in this language: what it would say now while it waits, afterwards what it said.</summary>
    public async Task<string> TextOf(MessageState message, string language, CancellationToken cancellation)
    {
        string token = tokens.For(message.Job), link = $"{options.PublicUrl}/track/{token}";
        MessageFacts facts = message.Facts.ToldAt(message.ReadAt(time.GetUtcNow()));
        MessageValues values = new(
            facts.Interval,
            await technicians.Find(message.Tenant, facts.Technician, cancellation),
            facts.Point is { } point && await ownership.PointGrain(message.Tenant, point).Get() is { State.Profile.Name: var name }
                ? name
                : null,
            PromisedAt: facts.PromisedAt,
            Waybill: facts.Waybill,
            Link: link,
            Label: $"{options.PublicUrl}/v1/track/{token}/label",
            Price: facts.Price,
            ValidUntil: facts.ValidUntil);
        return MessageTexts.Shared.Render(message.Template, language, values, _zone);
    }
}
