using System.Collections.Immutable;
using Dispatch.Domain.Geo;

namespace Dispatch.Domain.Matching;

/// <summary>A territory under a code, for technicians who work only there.</summary>
/// <param name="Code">Unique in the snapshot.</param>
/// <param name="Rings">As <see cref="Territory.Of"/> takes them: the outline first, then holes, each closed.</param>
[GenerateSerializer, Immutable, Alias("dispatch.planningArea")]
public sealed record AreaSnapshot([property: Id(0)] string Code, [property: Id(1)] ImmutableArray<ImmutableArray<Place>> Rings)
{
    /// <exception cref="ArgumentException">The rings are no territory.</exception>
    internal Territory ToTerritory()
    {
        TerritoryResult read = Territory.Of([.. Rings.Select(ring => (IReadOnlyList<Place>)ring)]);
        return read.Territory ?? throw new ArgumentException($"The area {Code} is no territory: {read.Refusal!.Code}.");
    }
}
