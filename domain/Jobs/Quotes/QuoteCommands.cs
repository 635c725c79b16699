namespace Dispatch.Domain.Jobs.Quotes;

/// <summary>
/// Says what the repair would cost, priced before by the book. A technician on site does, under the job's <see cref="Epoch"/>; the bench that has the device; or staff for either, who then name nobody. It takes the
/// place of any quote before it. It can be answered for as long as it <see cref="Holds"/>.
/// </summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.quote")]
public sealed record GiveQuote(
    [property: Id(0)] TechnicianId? Technician,
    [property: Id(1)] ServicePointId? Point,
    [property: Id(2)] Epoch? Epoch,
    [property: Id(3)] QuoteTerms Terms,
    [property: Id(4)] TimeSpan Holds) : JobCommand;

/// <summary>The customer's yes or no to the quote of this number, by the link or through staff.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.answerQuote")]
public sealed record AnswerQuote(
    [property: Id(0)] TechnicianId? Technician,
    [property: Id(1)] ServicePointId? Point,
    [property: Id(2)] int Number,
    [property: Id(3)] bool Approved,
    [property: Id(4)] QuoteAnswerer By) : JobCommand;

/// <summary>Time has passed; an open quote past its last moment ends. Asked by the sweep, harmless at any time.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.lapseQuote")]
public sealed record LapseQuote : JobCommand;
