using System.Collections.Immutable;
using Dispatch.Domain.Offers;

namespace Dispatch.Domain.Jobs;

/// <summary>Another day on which the same mode could be had at the same point, and the terms that differ then.</summary>
/// <param name="From">When it begins.</param>
/// <param name="Until">When the customer has a working device at the latest.</param>
[GenerateSerializer, Immutable, Alias("dispatch.laterDay")]
public sealed record LaterDay(
    [property: Id(0)] DateOnly Day,
    [property: Id(1)] DateTimeOffset From,
    [property: Id(2)] DateTimeOffset Until,
    [property: Id(3)] LoanerOffer? Loaner = null
)
{
    public static ImmutableArray<DateOnly> DaysOf(ImmutableArray<LaterDay> later) =>
        later.IsDefault ? [] : [.. later.Select(other => other.Day)];

    /// <summary>What differs on a day; null where it is the one that was wanted first.</summary>
    public static LaterDay? On(DateOnly day, DateOnly? wanted, ImmutableArray<LaterDay> later) =>
        day == wanted || later.IsDefault ? null : later.FirstOrDefault(other => other.Day == day);
}
