using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Geo.Nearest;

namespace Domain.Tests.Geo;

/// <summary>Distances and boxes where longitudes jump from 180 to −180.</summary>
public class DateLineTests
{
    private static readonly Place West = new(179.99, -17), East = new(-179.99, -17);

    [Fact]
    public void NeighborsAcrossTheDateLine_AreNear()
    {
        long metres = LocalMetric.Metres(new Place(120.99, -17), new Place(121.01, -17));
        Assert.Equal(metres, LocalMetric.Metres(West, East));
        StraightLineTravel travel = new(new TravelModel());
        Assert.Equal(travel.Leg(new Place(120.99, -17), new Place(121.01, -17), default), travel.Leg(West, East, default));
    }

    [Fact]
    public void APlaneLaidAcrossTheDateLine_ComesBackUnchanged()
    {
        PlanarFrame frame = new(West);
        PlanePoint point = new(5_000, -300);
        Place place = frame.ToPlace(point);
        Assert.True(place.IsValid && place.Lon < 0);
        Assert.Equal(point, frame.ToPlane(place));
    }

    [Fact]
    public void TheNearestTechnician_IsFoundAcrossTheDateLine()
    {
        TechnicianFinder finder = new(new Place(179.9, -17), 50_000, 10);
        finder.Put(new TechnicianId("tech_far"), new Place(179.8, -17), 0);
        finder.Put(new TechnicianId("tech_near"), East, 0);
        Assert.Equal("tech_near", finder.Candidates(West, 0, 1)[0].Technician.Value);
    }

    [Fact]
    public void ABoxAcrossTheDateLine_IsNarrow()
    {
        GeoBox box = GeoBox.Around([new Place(179, 1), new Place(-179, -1), new Place(179.5, 0)]);
        Assert.Equal(2, box.East - box.West, 9);
        Assert.True(box.Contains(new Place(180, 0)) && box.Contains(new Place(-179.5, 0)));
        Assert.False(box.Contains(new Place(0, 0)));
        Assert.Equal(new Place(-179, 0), box.Nearest(new Place(-178, 0)));
        Assert.Equal(new Place(179, -1), box.Nearest(new Place(178, -5)));
    }
}
