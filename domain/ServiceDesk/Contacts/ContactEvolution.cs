namespace Dispatch.Domain.ServiceDesk.Contacts;

/// <summary>What each fact makes of a contact. The same function serves writing and replay.</summary>
public static class ContactEvolution
{
    public static ContactState Apply(ContactState? state, ContactEvent fact)
    {
        if (fact is ContactOpened o)
            return new ContactState(o.Id, o.Tenant, o.Kind, o.Channel, o.Topic, ContactStatus.Waiting, o.At, o.AnswerBy, null, null, [], null, null, null);
        if (state is not { } contact)
            throw new InvalidOperationException($"{fact.GetType().Name} before the contact was opened");
        return fact switch
        {
            ContactClaimed e => contact with { Status = ContactStatus.Talking, Agent = e.By, AnsweredAt = contact.AnsweredAt ?? e.At },
            ContactSaid e => contact with { Words = contact.Words.Add(e.Word) },
            ContactReturned => contact with { Status = ContactStatus.Waiting, Agent = null },
            ContactEnded e => contact with { Status = ContactStatus.Ended, Outcome = e.Outcome, Job = e.Job, EndedAt = e.At },
            _ => throw new InvalidOperationException($"No rule for {fact.GetType().Name}"),
        };
    }
}
