using Dispatch.Api.Access;
using Dispatch.Api.Input;
using Dispatch.Api.Problems;
using Dispatch.Api.ServiceDesk;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.ServiceDesk.Contacts;
using Dispatch.Grains.Contracts.ServiceDesk;

namespace Dispatch.Api.Jobs;

/// <summary>How the customer of a job came to the house, whether they ask for a repair or book a mode.</summary>
/// <param name="Channel">Null where it is not known.</param>
/// <param name="Contact">The conversation the job comes of.</param>
internal sealed record JobOrigin(ContactChannel? Channel, ContactId? Contact)
{
    public static void Validate(Check check, string? channel, string? contactId)
    {
        if (channel is not null)
            check.Word<ContactChannel>(channel, "channel");
        if (contactId is not null && !Words.IsId(contactId, ContactId.Prefix))
            check.Fault("contactId", "bad_form");
    }

    public JobRequest Of(JobRequest request) => request with { Channel = Channel, Contact = Contact };

    /// <summary>The channel of the contact; else what staff say; else, of those who come by themselves, the web. Only after a clean check.</summary>
    public static async Task<(JobOrigin? Origin, Refused? Refused)> Find(Caller caller, string? channel, string? contactId, DeskThings desk)
    {
        if (channel is not null && caller.May(Act.StateChannel) is { } forbidden)
            return (null, forbidden);
        if (contactId is not null)
        {
            (VersionedDesk<ContactState>? contact, Refused? refused) = await desk.Find(caller, contactId, Act.FollowContact);
            return refused is null ? (new JobOrigin(contact!.State.Channel, contact.State.Id), null) : (null, refused);
        }
        ContactChannel? usual = caller.May(Act.StateChannel) is null ? null : ContactChannel.Web;
        return (new JobOrigin(channel is null ? usual : DayCheck.ToWord<ContactChannel>(channel), null), null);
    }
}
