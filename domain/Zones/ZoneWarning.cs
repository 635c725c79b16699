using System.Collections.Immutable;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Zones;

/// <summary>Something about a zone's shape that is allowed and probably not meant.</summary>
/// <param name="Code">A row of docs/refusals.md.</param>
/// <param name="Facts">Ids, names and whole numbers, never prose.</param>
public sealed record ZoneWarning(string Code, ImmutableArray<Fact> Facts)
{
    /// <summary>Two zones share more than a border.</summary>
    public const string Overlaps = "zone.overlaps";

    /// <summary>The zone is larger than anyone can travel across in a day.</summary>
    public const string VeryLarge = "zone.very_large";

    internal static ZoneWarning Of(string code, params ReadOnlySpan<(string Name, object? Value)> facts) =>
        new(code, Refusal.Of(code, RefusalKind.Conflict, facts).Facts);
}
