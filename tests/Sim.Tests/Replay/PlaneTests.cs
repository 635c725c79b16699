using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Replay.Instances;

namespace Sim.Tests.Replay;

public sealed class PlaneTests
{
    private readonly Plane plane = new(new Place(114.05, 22.54));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(35, 35)]
    [InlineData(100, -3.25)]
    [InlineData(-500, 500)]
    public void ThereAndBack_IsTheSamePoint(double x, double y)
    {
        PlanePoint back = plane.ToPlane(plane.ToPlace(new PlanePoint(x, y)));
        Assert.Equal(x, back.X, 1e-7);
        Assert.Equal(y, back.Y, 1e-7);
    }

    [Fact]
    public void OneDegree_IsItsShareOfTheEquatorsLength()
    {
        // A quarter of a great circle of 6,378,137 m radius is 10,018,754.171 m; a degree is the ninetieth part, and at 60° a degree of longitude is half of that.
        Plane north = new(new Place(10, 60));
        Assert.Equal(10_018_754.171 / 90, north.ToPlane(new Place(10, 61)).Y, 0.001);
        Assert.Equal(10_018_754.171 / 180, north.ToPlane(new Place(11, 60)).X, 0.001);
    }

    [Fact]
    public void DistancesOnTheMap_AreThoseOfThePlane()
    {
        PlanePoint a = plane.ToPlane(plane.ToPlace(new PlanePoint(0, 0))), b = plane.ToPlane(plane.ToPlace(new PlanePoint(30, 40)));
        Assert.Equal(50, a.DistanceTo(b), 1e-7);
    }

    [Fact]
    public void TerritoryAround_HoldsEveryNode()
    {
        IReadOnlyList<Place> ring = plane.Around(Small.Instance, margin: 5);
        Assert.Equal(ring[0], ring[^1]);
        foreach (TrspNode node in Small.Instance.Nodes)
        {
            Place p = plane.ToPlace(node.At);
            Assert.InRange(p.Lon, ring.Min(c => c.Lon), ring.Max(c => c.Lon));
            Assert.InRange(p.Lat, ring.Min(c => c.Lat), ring.Max(c => c.Lat));
        }
    }

    [Fact]
    public void PlaneMovesEast_UntilNoOtherTerritoryIsTouched()
    {
        Assert.Equal(0, plane.Beside([], Small.Instance, 5).ShiftX);
        IReadOnlyList<Place> first = plane.Around(Small.Instance, 5);
        Plane second = plane.Beside([first], Small.Instance, 5);
        Assert.True(second.Around(Small.Instance, 5).Min(p => p.Lon) > first.Max(p => p.Lon));
        Plane third = plane.Beside([first, second.Around(Small.Instance, 5)], Small.Instance, 5);
        Assert.True(third.Around(Small.Instance, 5).Min(p => p.Lon) > second.Around(Small.Instance, 5).Max(p => p.Lon));
        Assert.Equal(50, third.ToPlane(third.ToPlace(new PlanePoint(0, 50))).Y, 1e-7);
    }

    [Fact]
    public void TimesOnTheWire_KeepATenMillionthOfASecond()
    {
        DayClock clock = new(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));
        Assert.Equal("2026-05-01T08:01:01.1234568Z", clock.OnWire(new DayTime(61.12345678)));
        Assert.Equal(61.1234568, clock.ToDay(clock.ToServer(new DayTime(61.12345678))).Units, 1e-9);
    }
}
