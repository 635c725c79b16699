using System.Collections.Immutable;
using Dispatch.Sim.City.Map;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Replay.Instances;

namespace Dispatch.Sim.City.Plan;

/// <summary>A planning zone: an area of its own, so that a planner looks at no more than it must.</summary>
public sealed record ZonePlan(string Id, string Name, string DepotName, PlanePoint Depot, ImmutableArray<Place> Territory, ImmutableArray<PlanePoint> Ring)
{
    public bool Contains(PlanePoint p) => Basemap.Contains(Ring, p);
}

/// <summary>
/// Divides the ground on which the house works into four zones: by the river, which is slow to cross, and each side once more from the bank outwards. Neighbours share their border to the
/// last digit, so that nothing lies between them.
/// </summary>
public static class ZoneCutter
{
    public static ImmutableArray<ZonePlan> Cut(Basemap map)
    {
        ImmutableArray<Place> bank = BankWithin(map);
        (double west, double south, double east, double north) = (bank[0].Lon, Basemap.Centre.Lat - Basemap.ReachNorth, bank[^1].Lon, Basemap.Centre.Lat + Basemap.ReachNorth);
        // Where the bank passes the middle: what is built up lies about half to either side of it.
        int above = IndexNear(bank, Basemap.Centre.Lon + 0.002), below = IndexNear(bank, Basemap.Centre.Lon - 0.012);
        Place cutNorth = new(bank[above].Lon, north), cutSouth = new(bank[below].Lon, south);
        return
        [
            Zone(map, "zone_north", "Northfields", [.. bank[..(above + 1)], cutNorth, new(west, north)]),
            Zone(map, "zone_east", "Eastlake", [.. bank[above..], new(east, north), cutNorth]),
            Zone(map, "zone_south", "South Bank", [.. bank[below..].Reverse(), cutSouth, new(east, south)]),
            Zone(map, "zone_west", "West Gate", [.. bank[..(below + 1)].Reverse(), new(west, south), cutSouth]),
        ];
    }

    /// <summary>The whole ground as one zone.</summary>
    public static ZonePlan Whole(Basemap map, string id, string name)
    {
        (double lon, double lat) = Basemap.Centre;
        Place At(int east, int north) => new(Math.Round(lon + east * Basemap.ReachEast, 6), Math.Round(lat + north * Basemap.ReachNorth, 6));
        return Zone(map, id, name, [At(-1, -1), At(1, -1), At(1, 1), At(-1, 1)]);
    }

    private static ZonePlan Zone(Basemap map, string id, string name, ImmutableArray<Place> corners)
    {
        ImmutableArray<PlanePoint> ring = [.. corners.Select(map.Plane.ToPlane)];
        // The depot stands in the middle of the districts it serves.
        List<PlanePoint> districts = [.. map.Districts.Select(d => d.At).Where(p => Basemap.Contains(ring, p))];
        PlanePoint middle = new(districts.Average(p => p.X), districts.Average(p => p.Y));
        return new ZonePlan(id, name, name + " depot", districts.MinBy(p => p.DistanceTo(middle)), [.. corners, corners[0]], ring);
    }

    private static int IndexNear(ImmutableArray<Place> bank, double lon) => Enumerable.Range(1, bank.Length - 2).MinBy(i => Math.Abs(bank[i].Lon - lon));

    /// <summary>The river's first bank from the western edge of the ground to the eastern, ends on the edges.</summary>
    private static ImmutableArray<Place> BankWithin(Basemap map)
    {
        ImmutableArray<Place> river = [.. map.Water[0].Select(map.Plane.ToPlace)];
        int first = Enumerable.Range(0, river.Length).MinBy(i => river[i].Lon), last = Enumerable.Range(0, river.Length).MaxBy(i => river[i].Lon);
        if (last < first)
            (first, last) = (last, first);
        IEnumerable<Place> along = river[first..(last + 1)];
        Place[] bank = [.. river[first].Lon < river[last].Lon ? along : along.Reverse()];
        double west = Basemap.Centre.Lon - Basemap.ReachEast, east = Basemap.Centre.Lon + Basemap.ReachEast;
        List<Place> within = [];
        for (int i = 0; i < bank.Length; i++)
        {
            if (i > 0 && bank[i - 1].Lon < west && bank[i].Lon >= west)
                within.Add(Rounded(Between(bank[i - 1], bank[i], west)));
            if (bank[i].Lon > west && bank[i].Lon < east)
                within.Add(Rounded(bank[i]));
            if (i > 0 && bank[i - 1].Lon <= east && bank[i].Lon > east)
                within.Add(Rounded(Between(bank[i - 1], bank[i], east)));
        }
        return [.. within];
    }

    private static Place Between(Place a, Place b, double lon) => new(lon, a.Lat + (b.Lat - a.Lat) * (lon - a.Lon) / (b.Lon - a.Lon));

    private static Place Rounded(Place p) => new(Math.Round(p.Lon, 6), Math.Round(p.Lat, 6));
}
