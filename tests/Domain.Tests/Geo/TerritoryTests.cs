using Dispatch.Domain.Geo;

namespace Domain.Tests.Geo;

public sealed class TerritoryTests
{
    private const string Square = "0 0, 10 0, 10 10, 0 10, 0 0";
    private const string Hole = "4 4, 6 4, 6 6, 4 6, 4 4";

    [Theory]
    [InlineData(5, 1, true)]
    [InlineData(0, 0, true)]
    [InlineData(10, 5, true)]
    [InlineData(5, 5, false)]
    [InlineData(4, 5, true)]
    [InlineData(11, 5, false)]
    [InlineData(double.NaN, 5, false)]
    public void Place_IsInsideOnTheBorderOrOutside(double lon, double lat, bool inside) =>
        Assert.Equal(inside, Read(Square, Hole).Territory!.Contains(new Place(lon, lat)));

    [Theory]
    [InlineData("0 0, 1 0, 1 1, 0 1", "territory.ring_open")]
    [InlineData("0 0, 1 0, 0 0", "territory.ring_too_short")]
    [InlineData("", "territory.ring_too_short")]
    [InlineData("0 0, 1 1, 1 0, 0 1, 0 0", "territory.not_simple")]
    [InlineData("0 0, 1 0, 2 0, 0 0", "territory.not_simple")]
    [InlineData("0 0, 181 0, 1 1, 0 0", "territory.place_invalid")]
    [InlineData("0 0, 1 0, 1 91, 0 0", "territory.place_invalid")]
    public void BadRing_IsRefusedWithACode(string ring, string code)
    {
        var result = Read(ring);

        Assert.Null(result.Territory);
        Assert.Equal(code, result.Refusal!.Code);
    }

    [Fact]
    public void NoRing_OrAHoleOutside_IsRefused()
    {
        Assert.Equal("territory.no_ring", Territory.Of([]).Refusal!.Code);
        Assert.Equal("territory.not_simple", Read(Square, "20 20, 21 20, 21 21, 20 20").Refusal!.Code);
    }

    [Fact]
    public void Direction_DoesNotMatter_AndTheLabelLiesInside()
    {
        var clockwise = Read("0 0, 0 10, 10 10, 10 0, 0 0").Territory!;

        Assert.True(clockwise.Contains(new Place(5, 5)));
        Assert.True(clockwise.Contains(clockwise.Inside));
        Assert.Equal(5, Assert.Single(clockwise.Rings).Length);
    }

    [Theory]
    [InlineData(179, 0, true)]
    [InlineData(-179, 0, true)]
    [InlineData(180, 0, true)]
    [InlineData(-180, 0, true)]
    [InlineData(178, 0, true)]
    [InlineData(-178, 0, true)]
    [InlineData(177.9, 0, false)]
    [InlineData(-177.9, 0, false)]
    [InlineData(0, 0, false)]
    public void RingAcrossTheDateLine_HoldsWhatLiesBetween(double lon, double lat, bool inside)
    {
        foreach (var ring in new[] { "178 -5, -178 -5, -178 5, 178 5, 178 -5", "-178 5, 178 5, 178 -5, -178 -5, -178 5" })
        {
            var territory = Read(ring).Territory!;
            Assert.Equal(inside, territory.Contains(new Place(lon, lat)));
            Assert.True(territory.Inside.IsValid && territory.Contains(territory.Inside));
        }
    }

    [Fact]
    public void HoleOnTheOtherSideOfTheDateLine_IsAHole()
    {
        var territory = Read("170 -10, -170 -10, -170 10, 170 10, 170 -10", "-176 -2, -174 -2, -174 2, -176 2, -176 -2", "179 -2, -179 -2, -179 2, 179 2, 179 -2").Territory!;

        Assert.False(territory.Contains(new Place(-175, 0)));
        Assert.False(territory.Contains(new Place(180, 0)));
        Assert.True(territory.Contains(new Place(-177, 0)));
        Assert.True(territory.Contains(new Place(175, 0)));
    }

    [Fact]
    public void BoxAroundTheWorld_HoldsTheWorld()
    {
        var world = Read("-180 -90, 180 -90, 180 90, -180 90, -180 -90").Territory!;

        Assert.True(world.Contains(new Place(0, 0)) && world.Contains(new Place(180, 0)) && world.Contains(new Place(-121, 31)));
    }

    [Fact]
    public void RingAroundAPole_IsRefused() =>
        Assert.Equal("territory.around_pole", Read("0 70, 120 70, -120 70, 0 70").Refusal!.Code);

    private static TerritoryResult Read(params string[] rings) => Territory.Of([.. rings.Select(ring => ring
        .Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToArray())
        .Select(pair => new Place(pair[0], pair[1]))
        .ToArray())]);
}
