using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Entitlement.Exchange;

/// <summary>One thing a step left on record, for example the number of the new warranty card.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.exchangeNote")]
public readonly record struct ExchangeNote([property: Id(0)] string Name, [property: Id(1)] string Value);

/// <summary>A step that still has to be done, and whose it is.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.exchangeDuty")]
public sealed record ExchangeDuty([property: Id(0)] ExchangeStep Step, [property: Id(1)] ExchangeDesk Desk, [property: Id(2)] ImmutableArray<string> Records);

/// <summary>A step that was done: by whom, when, with what on record.</summary>
/// <param name="By">Subject id, never a name.</param>
[GenerateSerializer, Immutable, Alias("dispatch.exchangeDone")]
public sealed record ExchangeDone(
    [property: Id(0)] ExchangeStep Step, [property: Id(1)] ExchangeDesk Desk, [property: Id(2)] string By, [property: Id(3)] DateTimeOffset At, [property: Id(4)] ImmutableArray<ExchangeNote> Notes);

/// <summary>How an exchange stands.</summary>
[GenerateSerializer, Alias("dispatch.exchangeStatus")]
public enum ExchangeStatus { Open, Done, Refused }

/// <summary>
/// One refund or exchange on its way through the desks. Steps and desks are those of the book that was in force when it was opened: a new version changes nothing for cases under way.
/// </summary>
/// <param name="Clause">What it is owed by, with book and version.</param>
[GenerateSerializer, Immutable, Alias("dispatch.exchangeCase")]
public sealed record ExchangeCase(
    [property: Id(0)] Remedy Remedy,
    [property: Id(1)] string Clause,
    [property: Id(2), JsonPropertyName("jobId")] JobId? Job,
    [property: Id(3)] ExchangeStatus Status,
    [property: Id(4)] ImmutableArray<ExchangeDuty> Left,
    [property: Id(5)] ImmutableArray<ExchangeDone> Done,
    [property: Id(6)] string? Reason)
{
    /// <summary>What is next, and who has to do it; null once it is over.</summary>
    public ExchangeDuty? Next => Status == ExchangeStatus.Open ? Left[0] : null;

    public static ExchangeCase Open(EntitlementBook book, EntitlementOption option, JobId? job) => new(
        option.Remedy, $"{book.Book}/{book.Version}#{option.Clause}", job, ExchangeStatus.Open,
        [.. book.ExchangeProcedure.Select(s => new ExchangeDuty(s.Step, s.Desk, s.Records))], [], null);

    /// <summary>The latest value on record under that name.</summary>
    public string? Recorded(string name) => Done.SelectMany(d => d.Notes).LastOrDefault(n => n.Name == name).Value;

    /// <summary>The case after this step. Repeating the last step with the same record changes nothing.</summary>
    public (ExchangeCase? Next, Refusal? Refusal) Complete(ExchangeStep step, ExchangeDesk desk, string by, DateTimeOffset at, ImmutableArray<ExchangeNote> notes)
    {
        if (Done.LastOrDefault() is { } last && last.Step == step && last.Desk == desk && last.Notes.SequenceEqual(notes))
            return (this, null);
        if (Next is not { } duty)
            return (null, ExchangeRefusals.Ended(this));
        if (duty.Step != step)
            return (null, ExchangeRefusals.WrongStep(duty, step));
        if (duty.Desk != desk)
            return (null, ExchangeRefusals.NotResponsible(duty, desk));
        foreach (string name in duty.Records)
            if (!notes.Any(n => n.Name == name && !string.IsNullOrWhiteSpace(n.Value)))
                return (null, ExchangeRefusals.RecordMissing(duty, name));
        ImmutableArray<ExchangeDuty> left = Left.RemoveAt(0);
        return (this with { Left = left, Done = Done.Add(new ExchangeDone(step, desk, by, at, notes)), Status = left.IsEmpty ? ExchangeStatus.Done : Status }, null);
    }

    /// <summary>Whoever is responsible for the next step says no, and why.</summary>
    public (ExchangeCase? Next, Refusal? Refusal) Refuse(ExchangeDesk desk, string reason)
    {
        if (Status == ExchangeStatus.Refused && Reason == reason)
            return (this, null);
        if (Next is not { } duty)
            return (null, ExchangeRefusals.Ended(this));
        return duty.Desk == desk ? (this with { Status = ExchangeStatus.Refused, Reason = reason }, null) : (null, ExchangeRefusals.NotResponsible(duty, desk));
    }
}

/// <summary>Every no of the exchange procedure. Each code is a row of docs/refusals.md.</summary>
public static class ExchangeRefusals
{
    public static Refusal Ended(ExchangeCase c) => Refusal.Of("exchange.ended", RefusalKind.Conflict, ("status", c.Status));
    public static Refusal WrongStep(ExchangeDuty duty, ExchangeStep given) => Refusal.Of("exchange.wrong_step", RefusalKind.Conflict, ("step", given), ("next", duty.Step), ("desk", duty.Desk));
    public static Refusal NotResponsible(ExchangeDuty duty, ExchangeDesk given) => Refusal.Of("exchange.not_responsible", RefusalKind.Forbidden, ("step", duty.Step), ("desk", duty.Desk), ("given", given));
    /// <summary>With why not, or what would have to be shown.</summary>
    public static Refusal NotOwed(EntitlementDecision decision, Remedy remedy) => Refusal.Of("exchange.not_owed", RefusalKind.Conflict, ("remedy", remedy),
        ("reason", decision.NotOwed.FirstOrDefault(n => n.Remedy == remedy)?.Code), ("missing", string.Join(' ', decision.Missing.Where(m => m.Remedy == remedy).SelectMany(m => m.Needs).Distinct())));

    public static Refusal RecordMissing(ExchangeDuty duty, string name) => Refusal.Of("exchange.record_missing", RefusalKind.Unprocessable, ("step", duty.Step), ("record", name));
}
