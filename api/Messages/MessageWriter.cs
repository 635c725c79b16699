using Dispatch.Api.Access;
using Dispatch.Api.Clock;
using Dispatch.Api.Input;
using Dispatch.Api.Jobs;
using Dispatch.Api.Technicians;
using Dispatch.Domain;
using Dispatch.Domain.Calendars;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Messages;
using Dispatch.Grains.Contracts.Messages;

namespace Dispatch.Api.Messages;

/// <summary>Writes texts of messages from what the message keeps and what is looked up: the customer's language and number, names, links.</summary>
internal sealed class MessageWriter(
    ContactStore contacts,
    TechnicianNames technicians,
    Ownership ownership,
    TrackingLinks links,
    PhoneReader phones,
    PlaceClocks clocks,
    ApiOptions options,
    BusinessClock clock
) : IMessageWriter
{
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

    /// <summary>The clock of the point it names; of the point the job is booked at where it tells a time and names none.</summary>
    private async Task<WallClock> ClockOf(MessageState message, JobState? job)
    {
        if (message.Facts.Point is { } point)
            return await clocks.Of(message.Tenant, point);
        bool tellsTime = message.Facts.Interval is not null || message.Facts.PromisedAt is not null || message.Facts.ValidUntil is not null;
        return tellsTime && job is not null ? await clocks.Of(message.Tenant, job) : options.Clock;
    }

    /// <summary>What the message says in this language: what it would say now while it waits, afterwards what it said.</summary>
    public async Task<string> TextOf(MessageState message, string language, CancellationToken cancellation)
    {
        // Without a link that leads somewhere the text says what else the customer can do.
        JobState? job = (await ownership.JobGrain(message.Tenant, message.Job).Get())?.State;
        string? token = job is null ? null : links.TokenOf(job);
        MessageFacts facts = message.Facts.ToldAt(message.ReadAt(clock.GetUtcNow()));
        MessageValues values = new(
            facts.Interval,
            await technicians.Find(message.Tenant, facts.Technician, cancellation),
            facts.Point is { } point && await ownership.PointGrain(message.Tenant, point).Get() is { State.Profile.Name: var name }
                ? name
                : null,
            PromisedAt: facts.PromisedAt,
            Waybill: facts.Waybill,
            Link: token is null ? null : $"{options.PublicUrl}/track/{token}",
            Label: token is null ? null : $"{options.PublicUrl}/v1/track/{token}/label",
            Price: facts.Price,
            ValidUntil: facts.ValidUntil);
        return MessageTexts.Shared.Render(message.Template, language, values, await ClockOf(message, job));
    }
}
