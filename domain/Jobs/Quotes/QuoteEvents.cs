namespace Dispatch.Domain.Jobs.Quotes;

[GenerateSerializer, Immutable, Alias("dispatch.job.quoted")]
public sealed record QuoteGiven([property: Id(0)] Quote Quote) : JobEvent;

/// <summary>The price is agreed, and work goes on.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.quoteApproved")]
public sealed record QuoteApproved([property: Id(0)] int Number, [property: Id(1)] QuoteAnswerer By, [property: Id(2)] DateTimeOffset At) : JobEvent;

/// <summary>Nothing is repaired: a visit ends, a device at a service point goes back as it is. Whatever was kept for the repair is free.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.quoteRefused")]
public sealed record QuoteRefused([property: Id(0)] int Number, [property: Id(1)] QuoteAnswerer By, [property: Id(2)] DateTimeOffset At) : JobEvent;

/// <summary>Nobody answered while it was valid. Another may be given, or the device goes back.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.job.quoteLapsed")]
public sealed record QuoteLapsed([property: Id(0)] int Number, [property: Id(1)] DateTimeOffset At) : JobEvent;
