using System.Collections.Immutable;
using Dispatch.Domain.Geo;

namespace Dispatch.Domain.Zones;

/// <summary>A zone on the map.</summary>
public sealed record ZoneShape(ZoneId Id, string Name, Territory Territory);

/// <summary>
/// Which zone a place belongs to: the smallest that contains it, so that a zone drawn within another one has its places; of equally large
/// ones the first by id. Pure, and independent of the order the zones come in.
/// </summary>
public sealed class TerritoryMap
{
    /// <summary>No province-level city is larger. Beyond it most of a zone is out of every technician's reach.</summary>
    public const int LargestSquareKilometres = 100_000;

    /// <summary>Less than this share of the smaller zone is a border that was drawn twice.</summary>
    private const double SharedBorder = 0.001;

    private readonly Dictionary<ZoneId, ImmutableArray<ZoneWarning>> warnings = [];

    public TerritoryMap(IEnumerable<ZoneShape> zones)
    {
        Zones = [.. zones.OrderBy(zone => zone.Territory.SquareMetres).ThenBy(zone => zone.Id)];
    }

    /// <summary>In the order in which they have places: the smallest first.</summary>
    public ImmutableArray<ZoneShape> Zones { get; }

    /// <summary>Null outside of all.</summary>
    public ZoneId? ZoneOf(Place place)
    {
        foreach (ZoneShape zone in Zones)
            if (zone.Territory.Contains(place))
                return zone.Id;
        return null;
    }

    /// <summary>
    /// What is probably not meant about a zone: other zones it shares places with, the largest share first, and its size.
    /// </summary>
    public ImmutableArray<ZoneWarning> WarningsOf(ZoneId id)
    {
        lock (warnings)
        {
            if (!warnings.TryGetValue(id, out ImmutableArray<ZoneWarning> known))
                warnings[id] = known = Find(id);
            return known;
        }
    }

    private ImmutableArray<ZoneWarning> Find(ZoneId id)
    {
        if (Zones.FirstOrDefault(zone => zone.Id == id) is not { } own)
            return [];
        long size = (long)Math.Round(own.Territory.SquareMetres / 1e6);
        ImmutableArray<ZoneWarning> large = size > LargestSquareKilometres
            ? [ZoneWarning.Of(ZoneWarning.VeryLarge, ("square_kilometres", size), ("most", LargestSquareKilometres))]
            : [];
        int rank = Zones.IndexOf(own);
        return
        [
            .. Zones
                .Select(
                    (other, i) =>
                        (
                            Other: other,
                            Wins: i < rank ? other : own,
                            Common: other.Id == id ? 0 : own.Territory.SquareMetresShared(other.Territory)
                        )
                )
                .Where(pair => pair.Common > SharedBorder * Math.Min(own.Territory.SquareMetres, pair.Other.Territory.SquareMetres))
                .OrderByDescending(pair => pair.Common)
                .ThenBy(pair => pair.Other.Id)
                .Select(pair =>
                    ZoneWarning.Of(
                        ZoneWarning.Overlaps,
                        ("zoneId", pair.Other.Id),
                        ("name", pair.Other.Name),
                        ("percent", Math.Clamp((int)Math.Round(100 * pair.Common / own.Territory.SquareMetres), 1, 100)),
                        ("placesGoTo", pair.Wins.Id),
                        ("placesGoToName", pair.Wins.Name)
                    )
                ),
            .. large,
        ];
    }
}
