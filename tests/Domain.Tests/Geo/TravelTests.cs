using Dispatch.Domain.Geo;

namespace Domain.Tests.Geo;

public sealed class TravelTests
{
    private static readonly DateTimeOffset Now = new(2031, 3, 4, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(114.06, 22.54)]
    [InlineData(-179.99, -41)]
    [InlineData(10, 79.9)]
    public void PlaneAndMap_RoundTripWithinAMicrometre(double lon, double lat)
    {
        var frame = new PlanarFrame(new Place(lon, lat));
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            var point = new PlanePoint((random.NextDouble() - 0.5) * 200_000, (random.NextDouble() - 0.5) * 200_000);
            var back = frame.ToPlane(frame.ToPlace(point));
            Assert.InRange(back.DistanceTo(point), 0, 1e-6);
        }
    }

    [Fact]
    public void WholeMetres_ComeBackExactly()
    {
        var frame = new PlanarFrame(new Place(114.06, 22.54));
        for (var x = -100; x <= 100; x++)
        {
            var point = new PlanePoint(x, (x * 37) % 101);
            Assert.Equal(point, frame.ToPlane(frame.ToPlace(point)));
        }
    }

    [Theory]
    [InlineData(3, 4, 1, 5000)]
    [InlineData(3, 4, 2, 2500)]
    [InlineData(0, 0, 1, 0)]
    [InlineData(1, 1, 1, 1415)]
    public void PlanarTravel_IsEuclideanRoundedUpToMilliseconds(double east, double north, double speed, long expected)
    {
        var origin = new Place(114.06, 22.54);
        var leg = new PlanarTravel(origin, speed).Leg(origin, new PlanarFrame(origin).ToPlace(new PlanePoint(east, north)), Now);

        Assert.Equal(expected, leg.Milliseconds);
    }

    /// <summary>Expected: ellipsoidal geodesics, WGS-84.</summary>
    [Theory]
    [InlineData(114.06, 22.54, 114.16, 22.54, 10_287)]
    [InlineData(114.06, 22.54, 114.06, 22.64, 11_075)]
    [InlineData(13.40, 52.52, 13.45, 52.55, 4_763)]
    [InlineData(179.99, 0, -179.99, 0, 2_226)]
    public void LocalMetric_IsCloseToTheGeodesic(double lon1, double lat1, double lon2, double lat2, double metres)
    {
        var (a, b) = (new Place(lon1, lat1), new Place(lon2, lat2));

        Assert.InRange(LocalMetric.Metres(a, b), metres * 0.993, metres * 1.007);
        Assert.Equal(LocalMetric.Metres(a, b), LocalMetric.Metres(b, a));
    }

    [Fact]
    public void StraightLine_AddsRoadFactorSpeedAndOverhead()
    {
        var travel = new StraightLineTravel(new TravelModel(RoadFactor: 1.5, MetresPerSecond: 10, PerLeg: TimeSpan.FromSeconds(60)));
        var (a, b) = (new Place(114.06, 22.54), new Place(114.16, 22.54));
        var metres = LocalMetric.Metres(a, b);

        var leg = travel.Leg(a, b, Now);

        Assert.Equal(60_000 + (long)Math.Ceiling(metres * 150.0), leg.Milliseconds);
        Assert.Equal((long)Math.Round(metres * 1.5), leg.Metres);
        Assert.Equal(0, travel.Leg(a, a, Now).Milliseconds);
    }

    [Fact]
    public void BeyondReach_IsUnreachable()
    {
        var travel = new StraightLineTravel(new TravelModel(ReachMetres: 5_000));

        Assert.False(travel.Leg(new Place(114, 22), new Place(114.1, 22), Now).IsReachable);
        Assert.True(travel.Leg(new Place(114, 22), new Place(114.01, 22), Now).IsReachable);
    }

    [Theory]
    [InlineData(0.9, 7, 0, 1)]
    [InlineData(1.4, 0, 0, 1)]
    [InlineData(1.4, 7, -1, 1)]
    [InlineData(1.4, 7, 0, 0)]
    public void ImpossibleModel_IsRejectedAtOnce(double factor, double speed, int overhead, long reach) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new StraightLineTravel(new TravelModel(factor, speed, TimeSpan.FromSeconds(overhead), reach)));

    [Fact]
    public void TravelLeg_TellsZeroFromUnreachable()
    {
        Assert.True(new TravelLeg(0, 0).IsReachable);
        Assert.False(TravelLeg.Unreachable.IsReachable);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TravelLeg(-1, 0));
    }
}
