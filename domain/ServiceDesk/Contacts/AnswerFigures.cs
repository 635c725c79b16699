using System.Collections.Immutable;

namespace Dispatch.Domain.ServiceDesk.Contacts;

/// <summary>How the promise of answering was kept, of contacts of one kind and, where given, one channel.</summary>
/// <param name="Channel">Null for all channels together.</param>
/// <param name="Waiting">Now, whenever they were opened.</param>
/// <param name="Overdue">Of those, how many have waited longer than promised.</param>
/// <param name="NextDueAt">When the promise to the one who waits longest ends, or ended.</param>
/// <param name="Answered">Of those opened since the day began.</param>
/// <param name="Within">Of those, answered within the promise.</param>
/// <param name="Missed">Answered later, or not answered although the promise has passed.</param>
/// <param name="GaveUp">Left before anybody answered.</param>
/// <param name="AverageSeconds">From opening to answer, of those answered; null where there are none.</param>
public sealed record AnswerFigure(
    ContactKind Kind, ContactChannel? Channel, AnswerPromise Promise, int Waiting, int Overdue, DateTimeOffset? NextDueAt, int Answered, int Within, int Missed, int GaveUp, double? AverageSeconds)
{
    /// <summary>The share answered within the promise, of all that were to be; null where there were none.</summary>
    public double? Share => Within + Missed == 0 ? null : (double)Within / (Within + Missed);

    /// <summary>The promise is one of averages.</summary>
    public bool? IsKept => AverageSeconds is { } average ? average <= Promise.Seconds : null;
}

/// <summary>Measures answering. Pure.</summary>
public static class AnswerFigures
{
    /// <summary>One figure for each kind over all channels, and one for each kind and channel that has contacts, by kind, then channel.</summary>
    /// <param name="contacts">At least all that wait and all opened since <paramref name="since"/>.</param>
    public static ImmutableArray<AnswerFigure> Of(IReadOnlyCollection<ContactState> contacts, DateTimeOffset since, DateTimeOffset now, DeskBook book)
    {
        ImmutableArray<AnswerFigure>.Builder figures = ImmutableArray.CreateBuilder<AnswerFigure>();
        foreach (ContactKind kind in Enum.GetValues<ContactKind>())
        {
            ContactState[] ofKind = [.. contacts.Where(c => c.Kind == kind)];
            figures.Add(One(kind, null, ofKind, since, now, book));
            figures.AddRange(ofKind.GroupBy(c => c.Channel).OrderBy(g => g.Key).Select(g => One(kind, g.Key, [.. g], since, now, book)));
        }
        return figures.DrainToImmutable();
    }

    private static AnswerFigure One(ContactKind kind, ContactChannel? channel, ContactState[] contacts, DateTimeOffset since, DateTimeOffset now, DeskBook book)
    {
        // Given back to the queue is not waiting for an answer: that one has been given.
        ContactState[] waiting = [.. contacts.Where(c => c.Status == ContactStatus.Waiting && c.AnsweredAt is null)], today = [.. contacts.Where(c => c.OpenedAt >= since)];
        ContactState[] answered = [.. today.Where(c => c.AnsweredAt is not null)];
        int within = answered.Count(c => c.AnsweredAt <= c.AnswerBy);
        int unanswered = today.Count(c => c.AnsweredAt is null && (c.EndedAt ?? now) > c.AnswerBy);
        return new AnswerFigure(
            kind, channel, book.PromiseOf(kind), waiting.Length, waiting.Count(c => c.AnswerBy < now), waiting.Length == 0 ? null : waiting.Min(c => c.AnswerBy), answered.Length, within,
            answered.Length - within + unanswered, today.Count(c => c.AnsweredAt is null && c.Outcome == ContactOutcome.GaveUp),
            answered.Length == 0 ? null : answered.Average(c => (c.AnsweredAt!.Value - c.OpenedAt).TotalSeconds));
    }
}
