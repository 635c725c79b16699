using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Dispatch.Domain.Jobs.Quotes;

/// <summary>What a line of a quote is for.</summary>
[GenerateSerializer, Alias("dispatch.quoteLineKind")]
public enum QuoteLineKind
{
    /// <summary>Work; its quantity is minutes, its unit price that of an hour.</summary>
    Labour,
    /// <summary>Units of one part, by its code.</summary>
    Part,
    /// <summary>A technician at the door.</summary>
    Visit,
    /// <summary>Parcels, each way one.</summary>
    Freight,
}

/// <summary>Where a quote stands. Only an open one can be answered.</summary>
[GenerateSerializer, Alias("dispatch.quoteStatus")]
public enum QuoteStatus
{
    Open, Approved, Refused,
    /// <summary>Nobody answered in time.</summary>
    Lapsed,
    /// <summary>The job went another way before anybody answered.</summary>
    Withdrawn,
}

/// <summary>Who gave the answer to a quote.</summary>
[GenerateSerializer, Alias("dispatch.quoteAnswerer")]
public enum QuoteAnswerer
{
    /// <summary>By the tracking link.</summary>
    Customer,
    /// <summary>Staff, to whom the customer said it.</summary>
    Staff,
}

/// <summary>One line, in minor units of money. What is owed for nothing has the price it would have and no amount, and says its clause.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.quoteLine")]
public readonly record struct QuoteLine(
    [property: Id(0)] QuoteLineKind Kind,
    [property: Id(1)] string? Code,
    [property: Id(2)] int Quantity,
    [property: Id(3)] long UnitPrice,
    [property: Id(4)] long Amount,
    [property: Id(5)] string? Clause);

/// <summary>What a quote says. The total is the sum of the lines, and never anything else.</summary>
/// <param name="PriceVersion">Of the book the prices are from.</param>
/// <param name="IfRefused">What is still to be paid if the customer says no: the way, or looking at the device. Minor units of money.</param>
/// <param name="Note">Why it costs that, in the words of whoever looked.</param>
[GenerateSerializer, Immutable, Alias("dispatch.quoteTerms")]
public sealed record QuoteTerms(
    [property: Id(0)] ImmutableArray<QuoteLine> Lines,
    [property: Id(1)] string Currency,
    [property: Id(2)] string PriceVersion,
    [property: Id(3)] long IfRefused,
    [property: Id(4)] string? Note)
{
    public long Total => Lines.Sum(l => l.Amount);

    /// <summary>The parts it covers, by code.</summary>
    [JsonIgnore]
    public ImmutableArray<PartQuantity> Parts =>
        [.. Lines.Where(l => l.Kind == QuoteLineKind.Part).GroupBy(l => l.Code!, StringComparer.Ordinal).Select(g => new PartQuantity(g.Key, g.Sum(l => l.Quantity))).OrderBy(p => p.Code, StringComparer.Ordinal)];
}

/// <summary>The newest quote of a job. Numbers count from 1; a new quote takes the place of the one before.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.quote")]
public sealed record Quote(
    [property: Id(0)] int Number,
    [property: Id(1)] QuoteTerms Terms,
    [property: Id(2)] DateTimeOffset GivenAt,
    [property: Id(3)] DateTimeOffset ValidUntil,
    [property: Id(4)] QuoteStatus Status,
    [property: Id(5)] DateTimeOffset? EndedAt,
    [property: Id(6)] QuoteAnswerer? AnsweredBy)
{
    /// <summary>What the customer pays by it; null while that is not known, or no longer.</summary>
    [JsonIgnore]
    public long? Charged => Status switch { QuoteStatus.Approved => Terms.Total, QuoteStatus.Refused => Terms.IfRefused, _ => null };
}

/// <summary>What a job took and what its customer was asked for it.</summary>
/// <param name="Travel">Ways to the customer, by the technician's own reports.</param>
/// <param name="Work">At the customer's or on the bench, the same.</param>
/// <param name="DepartedAt">When the newest way began.</param>
/// <param name="Since">Since when the way or the work that is going on does; null between them.</param>
[GenerateSerializer, Immutable, Alias("dispatch.jobAccount")]
public sealed record JobAccount(
    [property: Id(0)] Quote? Quote,
    [property: Id(1)] TimeSpan Travel,
    [property: Id(2)] TimeSpan Work,
    [property: Id(3)] DateTimeOffset? DepartedAt,
    [property: Id(4)] DateTimeOffset? Since)
{
    public static JobAccount None { get; } = new(null, TimeSpan.Zero, TimeSpan.Zero, null, null);
}
