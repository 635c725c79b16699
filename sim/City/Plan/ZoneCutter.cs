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
/// Divides the ground on which the house works into four zones: by the river, which is slow to cross, and each side once more by a line due north or south from the bank, with as many
/// doors to either hand. Neighbours share their border to the last digit, so that nothing lies between them.
/// </summary>
public static class ZoneCutter
{
    public static ImmutableArray<ZonePlan> Cut(CityMap city)
    {
        Basemap map = city.Base;
        ImmutableArray<Place> bank = BankWithin(map);
        (double west, double south, double east, double north) = (bank[0].Lon, Basemap.Centre.Lat - Basemap.ReachNorth, bank[^1].Lon, Basemap.Centre.Lat + Basemap.ReachNorth);
        ImmutableArray<PlanePoint> beyond = Ring(map, [.. bank, new(east, north), new(west, north)]);
        ILookup<bool, double> doors = city.Gazetteer.Doors.ToLookup(d => Basemap.Contains(beyond, d.At), d => map.Plane.ToPlace(d.At).Lon);
        (bank, Place above) = Crossed(bank, Middle(doors[true]), places => places.MaxBy(p => p.Lat)!);
        (bank, Place below) = Crossed(bank, Middle(doors[false]), places => places.MinBy(p => p.Lat)!);
        (int a, int b) = (bank.IndexOf(above), bank.IndexOf(below));
        Place cutNorth = new(above.Lon, north), cutSouth = new(below.Lon, south);
        return
        [
            Zone(map, "zone_north", "Northfields", [.. bank[..(a + 1)], cutNorth, new(west, north)]),
            Zone(map, "zone_east", "Eastlake", [.. bank[a..], new(east, north), cutNorth]),
            Zone(map, "zone_south", "South Bank", [.. bank[b..].Reverse(), cutSouth, new(east, south)]),
            Zone(map, "zone_west", "West Gate", [.. bank[..(b + 1)].Reverse(), new(west, south), cutSouth]),
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
        ImmutableArray<PlanePoint> ring = Ring(map, corners);
        // The depot stands in the middle of the districts it serves.
        List<PlanePoint> districts = [.. map.Districts.Select(d => d.At).Where(p => Basemap.Contains(ring, p))];
        PlanePoint middle = new(districts.Average(p => p.X), districts.Average(p => p.Y));
        return new ZonePlan(id, name, name + " depot", districts.MinBy(p => p.DistanceTo(middle)), [.. corners, corners[0]], ring);
    }

    private static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return Math.Round(sorted[sorted.Length / 2], 6);
    }

    /// <summary>The bank with a point more where it has that longitude; where it winds and has it several times, the one that a straight line reaches without crossing water again.</summary>
    private static (ImmutableArray<Place> Bank, Place At) Crossed(ImmutableArray<Place> bank, double lon, Func<IEnumerable<Place>, Place> outermost)
    {
        List<(Place At, int After)> crossings =
            [.. Enumerable.Range(0, bank.Length - 1).Where(i => bank[i].Lon <= lon != bank[i + 1].Lon <= lon).Select(i => (Rounded(Between(bank[i], bank[i + 1], lon)), i))];
        Place at = outermost(crossings.Select(c => c.At));
        return bank.Contains(at) ? (bank, at) : (bank.Insert(crossings.First(c => c.At == at).After + 1, at), at);
    }

    private static ImmutableArray<PlanePoint> Ring(Basemap map, IEnumerable<Place> corners) => [.. corners.Select(map.Plane.ToPlane)];

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
