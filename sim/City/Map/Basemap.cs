using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Replay.Instances;

namespace Dispatch.Sim.City.Map;

/// <summary>Kinds of road, slowest first.</summary>
public enum RoadClass { Street, Secondary, Primary, Motorway }

public sealed record RoadLine(RoadClass Class, ImmutableArray<PlanePoint> Points);

public sealed record District(string Name, PlanePoint At);

/// <summary>The map that the pages draw, as data: what the city is made of. On a plane of metres around <see cref="Plane"/>'s origin.</summary>
/// <param name="City">Outlines of what is built up.</param>
/// <param name="Water">Outlines; the first is the river, one bank from west to east and the other back.</param>
public sealed record Basemap(
    Plane Plane, ImmutableArray<RoadLine> Roads, ImmutableArray<ImmutableArray<PlanePoint>> City, ImmutableArray<ImmutableArray<PlanePoint>> Water, ImmutableArray<District> Districts)
{
    /// <summary>The middle of the city.</summary>
    public static Place Centre { get; } = new(121.0, 31.0);

    /// <summary>Where the house works: degrees east and north of the centre, either way.</summary>
    public const double ReachEast = 0.13, ReachNorth = 0.115;

    /// <exception cref="JsonException">The files are not what the pages draw.</exception>
    public static Basemap Read(JsonElement roads, JsonElement land, JsonElement places)
    {
        Plane plane = new(Centre);
        return new Basemap(
            plane,
            [
                .. from feature in Features(roads)
                   where Enum.TryParse<RoadClass>(Kind(feature), ignoreCase: true, out _)
                   from line in Coordinates(feature).EnumerateArray()
                   select new RoadLine(Enum.Parse<RoadClass>(Kind(feature), ignoreCase: true), Points(plane, line)),
            ],
            Rings(plane, land, "city"),
            Rings(plane, land, "water"),
            [.. Features(places).Where(f => Kind(f) == "district").Select(f => new District(f.GetProperty("properties").GetProperty("en").GetString()!, Point(plane, Coordinates(f))))]);
    }

    public bool IsBuiltUp(PlanePoint p) => City.Any(ring => Contains(ring, p)) && !Water.Any(ring => Contains(ring, p));

    public string DistrictOf(PlanePoint p) => Districts.MinBy(d => d.At.DistanceTo(p))!.Name;

    /// <summary>Whether the house works there.</summary>
    public bool IsWithinReach(PlanePoint p)
    {
        Place place = Plane.ToPlace(p);
        return Math.Abs(place.Lon - Centre.Lon) < ReachEast && Math.Abs(place.Lat - Centre.Lat) < ReachNorth;
    }

    /// <summary>Even–odd rule; the ring may or may not repeat its first point.</summary>
    public static bool Contains(ImmutableArray<PlanePoint> ring, PlanePoint p)
    {
        bool inside = false;
        for (int i = 0, j = ring.Length - 1; i < ring.Length; j = i++)
            if (ring[i].Y > p.Y != ring[j].Y > p.Y && p.X < (ring[j].X - ring[i].X) * (p.Y - ring[i].Y) / (ring[j].Y - ring[i].Y) + ring[i].X)
                inside = !inside;
        return inside;
    }

    private static ImmutableArray<ImmutableArray<PlanePoint>> Rings(Plane plane, JsonElement land, string kind) =>
        [.. Features(land).Where(f => Kind(f) == kind).SelectMany(f => Coordinates(f).EnumerateArray()).Select(polygon => Points(plane, polygon[0]))];

    private static IEnumerable<JsonElement> Features(JsonElement collection) => collection.GetProperty("features").EnumerateArray();

    private static string Kind(JsonElement feature) => feature.GetProperty("properties").GetProperty("kind").GetString() ?? throw new JsonException("A feature without a kind.");

    private static JsonElement Coordinates(JsonElement feature) => feature.GetProperty("geometry").GetProperty("coordinates");

    private static ImmutableArray<PlanePoint> Points(Plane plane, JsonElement line) => [.. line.EnumerateArray().Select(p => Point(plane, p))];

    private static PlanePoint Point(Plane plane, JsonElement pair) => plane.ToPlane(new Place(pair[0].GetDouble(), pair[1].GetDouble()));
}
