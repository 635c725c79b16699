using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.ServiceDesk.Contacts;

/// <summary>Every no a contact can give. Each code is a row of docs/refusals.md.</summary>
public static class ContactRefusals
{
    public static Refusal Unknown(ContactId id) => Refusal.Of("contact.unknown", RefusalKind.Unknown, ("contactId", id));
    public static Refusal AlreadyClaimed(ContactState contact) => Refusal.Of("contact.already_claimed", RefusalKind.Conflict, ("contactId", contact.Id), ("agent", contact.Agent));
    public static Refusal Ended(ContactState contact) => Refusal.Of("contact.ended_before", RefusalKind.Conflict, ("contactId", contact.Id), ("outcome", contact.Outcome));
    public static Refusal TooLong(ContactState contact) => Refusal.Of("contact.too_long", RefusalKind.Unprocessable, ("contactId", contact.Id), ("most", ContactState.MostWords));
    public static Refusal JobMissing(ContactState contact) => Refusal.Of("contact.job_missing", RefusalKind.Unprocessable, ("contactId", contact.Id));

    /// <summary>The job says that another contact led to it.</summary>
    public static Refusal JobElsewhere(ContactId id, JobId job) => Refusal.Of("contact.job_elsewhere", RefusalKind.Conflict, ("contactId", id), ("jobId", job));

    /// <summary>Null if this agent has the contact.</summary>
    public static Refusal? NotHeldBy(ContactState contact, string agent) => contact.Status switch
    {
        ContactStatus.Talking when contact.Agent == agent => null,
        ContactStatus.Talking => AlreadyClaimed(contact),
        _ => Refusal.Of("contact.not_claimed", RefusalKind.Conflict, ("contactId", contact.Id)),
    };
}
