namespace Dispatch.Domain.ServiceDesk.Contacts;

using Decision = Decision<ContactEvent>;

/// <summary>Says what a command does to a contact: facts or a refusal. Pure.</summary>
public static class ContactDecider
{
    /// <summary>How events and words name the customer, who has no subject id.</summary>
    public const string Customer = "customer";

    public static Decision Decide(ContactState? state, ContactId id, ContactCommand command, DateTimeOffset now, DeskBook book)
    {
        if (command is OpenContact open)
            return state is null ? Opened(open, now, book) : Decision.Nothing;
        if (state is not { } contact)
            return ContactRefusals.Unknown(id);
        return command switch
        {
            ClaimContact c => Claimed(contact, c, now),
            SayInContact c => Said(contact, c, now),
            ReturnContact c => Returned(contact, c, now),
            EndContact c => Ended(contact, c, now),
            LeaveContact => contact.Status == ContactStatus.Ended ? Decision.Nothing : new ContactEnded(Customer, ContactOutcome.GaveUp, null, now),
            _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}"),
        };
    }

    private static Decision Opened(OpenContact c, DateTimeOffset now, DeskBook book)
    {
        ContactOpened opened = new(c.Id, c.Tenant, c.Kind, c.Channel, c.Topic, now, now + book.PromiseOf(c.Kind).Within);
        return c.First is { } first ? Decision.Of(opened, new ContactSaid(new ContactWord(ContactVoice.Customer, Customer, now, first))) : opened;
    }

    private static Decision Claimed(ContactState contact, ClaimContact c, DateTimeOffset now) => contact.Status switch
    {
        ContactStatus.Waiting => new ContactClaimed(c.By, now),
        ContactStatus.Talking when contact.Agent == c.By => Decision.Nothing,
        ContactStatus.Talking => ContactRefusals.AlreadyClaimed(contact),
        _ => ContactRefusals.Ended(contact),
    };

    private static Decision Said(ContactState contact, SayInContact c, DateTimeOffset now)
    {
        if (contact.Status == ContactStatus.Ended)
            return ContactRefusals.Ended(contact);
        if (c.Voice != ContactVoice.Customer && ContactRefusals.NotHeldBy(contact, c.By) is { } refusal)
            return refusal;
        return contact.Words.Length >= ContactState.MostWords ? ContactRefusals.TooLong(contact) : new ContactSaid(new ContactWord(c.Voice, c.By, now, c.Text));
    }

    private static Decision Returned(ContactState contact, ReturnContact c, DateTimeOffset now)
    {
        if (contact.Status == ContactStatus.Ended)
            return ContactRefusals.Ended(contact);
        return ContactRefusals.NotHeldBy(contact, c.By) is { } refusal ? refusal : new ContactReturned(c.By, now);
    }

    /// <summary>A caller who hangs up before anybody answers is ended by whoever sees it; anything else by whoever has the contact.</summary>
    private static Decision Ended(ContactState contact, EndContact c, DateTimeOffset now)
    {
        if (contact.Status == ContactStatus.Ended)
            return contact.Outcome == c.Outcome && contact.Job == c.Job && contact.Agent == c.By ? Decision.Nothing : ContactRefusals.Ended(contact);
        bool hungUp = contact.Status == ContactStatus.Waiting && c.Outcome == ContactOutcome.GaveUp;
        if (!hungUp && ContactRefusals.NotHeldBy(contact, c.By) is { } refusal)
            return refusal;
        return (c.Outcome == ContactOutcome.JobFiled) == c.Job is not null ? new ContactEnded(c.By, c.Outcome, c.Job, now) : ContactRefusals.JobMissing(contact);
    }
}
