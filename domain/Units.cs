namespace Dispatch.Domain;

/// <summary>An amount in the minor unit of a currency (fen, cents), never a fraction.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.money")]
public readonly record struct Money([property: Id(0)] long Minor, [property: Id(1)] string Currency);

/// <summary>When work may begin: not before <see cref="From"/>, not after <see cref="To"/>; both ends are allowed.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.timeWindow")]
public readonly record struct TimeWindow([property: Id(0)] DateTimeOffset From, [property: Id(1)] DateTimeOffset To);
