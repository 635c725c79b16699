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

    private static TerritoryResult Read(params string[] rings) => Territory.Of([.. rings.Select(ring => ring
        .Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToArray())
        .Select(pair => new Place(pair[0], pair[1]))
        .ToArray())]);
}
