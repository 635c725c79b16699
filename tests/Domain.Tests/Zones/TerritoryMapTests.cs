using Dispatch.Domain.Geo;
using Dispatch.Domain.Zones;

namespace Dispatch.Domain.Tests.Zones;

/// <summary>Whose a place is where zones overlap, and what is said of it.</summary>
public class TerritoryMapTests
{
    private static ZoneShape Zone(string id, double west, double south, double east, double north) =>
        new(
            new ZoneId(id),
            $"Name of {id}",
            Territory
                .Of([
                    [new(west, south), new(east, south), new(east, north), new(west, north), new(west, south)],
                ])
                .Territory!
        );

    private static readonly ZoneShape World = Zone("zone_a", -180, -90, 180, 90);
    private static readonly ZoneShape City = Zone("zone_m", 121, 31, 122, 32);
    private static readonly ZoneShape Center = Zone("zone_z", 121.4, 31.4, 121.6, 31.6);
    private static readonly ZoneShape East = Zone("zone_e", 122, 31, 122.5, 32);

    /// <summary>The smallest zone that contains the place has it, independent of ids and of the order the zones are known in.</summary>
    [Theory]
    [InlineData(121.5, 31.5, "zone_z")]
    [InlineData(121.4, 31.4, "zone_z")]
    [InlineData(121.1, 31.1, "zone_m")]
    [InlineData(122.1, 31.5, "zone_e")]
    [InlineData(122, 31.5, "zone_e")]
    [InlineData(-70, -33, "zone_a")]
    public void APlace_BelongsToTheSmallestZoneThatContainsIt(double lon, double lat, string zone)
    {
        Assert.Equal(zone, new TerritoryMap([World, City, Center, East]).ZoneOf(new Place(lon, lat))?.Value);
        Assert.Equal(zone, new TerritoryMap([East, Center, City, World]).ZoneOf(new Place(lon, lat))?.Value);
    }

    [Fact]
    public void OfEqualZones_TheFirstByIdHasThePlace()
    {
        TerritoryMap map = new([Zone("zone_b", 121, 31, 122, 32), City]);

        Assert.Equal("zone_b", map.ZoneOf(new Place(121.5, 31.5))?.Value);
        Assert.Equal(
            [("zoneId", "zone_b"), ("percent", "100"), ("placesGoTo", "zone_b")],
            Facts(Assert.Single(map.WarningsOf(City.Id)), "zoneId", "percent", "placesGoTo")
        );
        Assert.Null(map.ZoneOf(new Place(100, 31)));
    }

    [Fact]
    public void ZonesThatOverlap_SayWithWhomAndWhoHasThePlaces()
    {
        TerritoryMap map = new([City, Center, East]);

        Assert.Equal(
            [
                ("zoneId", "zone_z"),
                ("name", "Name of zone_z"),
                ("percent", "4"),
                ("placesGoTo", "zone_z"),
                ("placesGoToName", "Name of zone_z"),
            ],
            Facts(Assert.Single(map.WarningsOf(City.Id)))
        );
        Assert.Equal(
            [("zoneId", "zone_m"), ("percent", "100"), ("placesGoTo", "zone_z")],
            Facts(Assert.Single(map.WarningsOf(Center.Id)), "zoneId", "percent", "placesGoTo")
        );
        // A common border is no overlap, nor is one that was drawn twice with a little difference.
        Assert.Empty(map.WarningsOf(East.Id));
        Assert.Empty(new TerritoryMap([City, Zone("zone_f", 121.9999, 31, 122.5, 32)]).WarningsOf(City.Id));
        Assert.Empty(map.WarningsOf(new ZoneId("zone_none")));
    }

    [Fact]
    public void AZoneLargerThanAnyoneCanTravel_IsSaid()
    {
        ZoneWarning large = Assert.Single(new TerritoryMap([World]).WarningsOf(World.Id));

        Assert.Equal((ZoneWarning.VeryLarge, "511207893"), (large.Code, Facts(large, "square_kilometres").Single().Item2));
        Assert.Equal(
            [ZoneWarning.Overlaps, ZoneWarning.VeryLarge],
            new TerritoryMap([World, City]).WarningsOf(World.Id).Select(warning => warning.Code)
        );
        Assert.Equal([ZoneWarning.Overlaps], new TerritoryMap([World, City]).WarningsOf(City.Id).Select(warning => warning.Code));
    }

    /// <summary>
    /// A degree square at the equator has 111.32 km a side on the sphere of the equatorial radius; at 60° of latitude half of that.
    /// </summary>
    [Theory]
    [InlineData(0, 1, 12_391)]
    [InlineData(59.5, 60.5, 6_196)]
    public void AnArea_IsThatOfTheSphere(double south, double north, double squareKilometres) =>
        Assert.Equal(squareKilometres, Zone("zone_x", 10, south, 11, north).Territory.SquareMetres / 1e6, 1.0);

    [Fact]
    public void SharedArea_IsSymmetricAndThatOfTheOverlap()
    {
        ZoneShape left = Zone("zone_l", 10, 0, 12, 2), right = Zone("zone_r", 11, 1, 13, 3);

        Assert.Equal(Zone("zone_x", 11, 1, 12, 2).Territory.SquareMetres, left.Territory.SquareMetresShared(right.Territory), 1.0);
        Assert.Equal(left.Territory.SquareMetresShared(right.Territory), right.Territory.SquareMetresShared(left.Territory), 1.0);
        Assert.Equal(0, left.Territory.SquareMetresShared(Zone("zone_far", 50, 50, 51, 51).Territory));
    }

    private static (string, string)[] Facts(ZoneWarning warning, params string[] names) =>
        [.. warning.Facts.Where(fact => names.Length == 0 || names.Contains(fact.Name)).Select(fact => (fact.Name, fact.Value))];
}
