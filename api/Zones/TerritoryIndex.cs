using System.Collections.Concurrent;
using System.Collections.Immutable;
using Dispatch.Api.Reading;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Zones;

namespace Dispatch.Api.Zones;

/// <summary>
/// Which zone a place lies in, and what is odd about the zones' shapes. They are kept until the version of any zone changes, which is
/// looked up each time: a few short rows, and a zone just defined counts at once. Where territories overlap <see cref="TerritoryMap"/> says
/// whose a place is.
/// </summary>
internal sealed class TerritoryIndex(ViewReader views)
{
    private sealed record Shapes(ImmutableArray<(string Id, long Version)> Versions, TerritoryMap Map);

    private readonly ConcurrentDictionary<TenantId, Shapes> _known = new();

    /// <param name="orNearest">Whether a place in no territory belongs to the one whose border has the nearest corner.</param>
    public async Task<ZoneId?> ZoneOf(TenantId tenant, Place place, bool orNearest, CancellationToken cancellation)
    {
        TerritoryMap map = await Current(tenant, cancellation);
        return map.ZoneOf(place)
            ?? (
                orNearest && !map.Zones.IsEmpty
                    ? map.Zones.MinBy(zone => zone.Territory.Rings[0].Min(corner => LocalMetric.Metres(corner, place)))!.Id
                    : null
            );
    }

    /// <summary>The zones of a tenant as they are now.</summary>
    public async Task<TerritoryMap> Current(TenantId tenant, CancellationToken cancellation)
    {
        List<(string Id, long Version)> versions = await views.Versions(tenant, ChangeToken.Zone, cancellation);
        if (_known.TryGetValue(tenant, out Shapes? known) && known.Versions.SequenceEqual(versions))
            return known.Map;
        List<StoredView> rows = await views.FindMany(tenant, ChangeToken.Zone, [.. versions.Select(v => v.Id)], cancellation);
        Shapes shapes = new(
            [.. rows.Select(r => (r.Id, r.Version)).OrderBy(v => v.Id, StringComparer.Ordinal)],
            new TerritoryMap(rows.SelectMany(ShapeOf))
        );
        _known[tenant] = shapes;
        return shapes.Map;
    }

    /// <summary>A ring as a territory, closed if it is not.</summary>
    public static TerritoryResult ToTerritory(IReadOnlyList<Place> ring) =>
        Territory.Of([ring.Count > 0 && ring[0] != ring[^1] ? [.. ring, ring[0]] : ring]);

    /// <summary>Nothing for a shape that would no longer be accepted: it has no places.</summary>
    private static IEnumerable<ZoneShape> ShapeOf(StoredView row)
    {
        ZoneState zone = row.ToZone();
        if (ToTerritory(zone.Territory).Territory is { } territory)
            yield return new ZoneShape(zone.Id, zone.Name, territory);
    }
}
