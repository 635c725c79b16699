using System.Collections.Concurrent;
using System.Collections.Immutable;
using Dispatch.Api.Reading;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Zones;

namespace Dispatch.Api.Zones;

/// <summary>
/// Which zone a place lies in. Shapes are kept until the version of any zone changes, which is looked up each time: a few short rows, and a zone just defined
/// counts at once. Where territories overlap the first by id has the place, so that the answer is always the same.
/// </summary>
internal sealed class TerritoryIndex(ViewReader views)
{
    private sealed record Shapes(ImmutableArray<(string Id, long Version)> Versions, ImmutableArray<(ZoneId Zone, Territory Territory, ImmutableArray<Place> Corners)> Zones);

    private readonly ConcurrentDictionary<TenantId, Shapes> _known = new();

    /// <param name="orNearest">Whether a place in no territory belongs to the one whose border has the nearest corner.</param>
    public async Task<ZoneId?> ZoneOf(TenantId tenant, Place place, bool orNearest, CancellationToken cancellation)
    {
        Shapes shapes = await Current(tenant, cancellation);
        foreach ((ZoneId zone, Territory territory, _) in shapes.Zones)
            if (territory.Contains(place))
                return zone;
        return orNearest && !shapes.Zones.IsEmpty ? shapes.Zones.MinBy(z => z.Corners.Min(c => LocalMetric.Metres(c, place))).Zone : null;
    }

    private async Task<Shapes> Current(TenantId tenant, CancellationToken cancellation)
    {
        List<(string Id, long Version)> versions = await views.Versions(tenant, ChangeToken.Zone, cancellation);
        if (_known.TryGetValue(tenant, out Shapes? known) && known.Versions.SequenceEqual(versions))
            return known;
        List<StoredView> rows = await views.FindMany(tenant, ChangeToken.Zone, [.. versions.Select(v => v.Id)], cancellation);
        Shapes shapes = new(
            [.. rows.Select(r => (r.Id, r.Version)).OrderBy(v => v.Id, StringComparer.Ordinal)],
            [.. rows.OrderBy(r => r.Id, StringComparer.Ordinal).SelectMany(ShapeOf)]);
        return _known[tenant] = shapes;
    }

    /// <summary>A ring as a territory, closed if it is not.</summary>
    public static TerritoryResult ToTerritory(IReadOnlyList<Place> ring) =>
        Territory.Of([ring.Count > 0 && ring[0] != ring[^1] ? [.. ring, ring[0]] : ring]);

    /// <summary>Nothing for a shape that would no longer be accepted: it has no places.</summary>
    private static IEnumerable<(ZoneId, Territory, ImmutableArray<Place>)> ShapeOf(StoredView row)
    {
        ZoneState zone = row.ToZone();
        if (ToTerritory(zone.Territory).Territory is { } territory)
            yield return (zone.Id, territory, zone.Territory);
    }
}
