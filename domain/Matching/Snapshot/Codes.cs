using System.Collections.Immutable;

namespace Dispatch.Domain.Matching;

/// <summary>Empty collections of codes, ordered by character value so that no culture can reorder a plan.</summary>
public static class Codes
{
    public static ImmutableSortedDictionary<string, int> None { get; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    public static ImmutableSortedSet<string> NoSet { get; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);
}
