using Dispatch.Sim.City.Map;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Replay.Instances;

namespace Sim.Tests.City;

public sealed class RoadGraphTests
{
    private static RoadLine Line(RoadClass road, params (double X, double Y)[] points) => new(road, [.. points.Select(p => new PlanePoint(p.X, p.Y))]);

    private static RoadGraph Graph(params RoadLine[] lines) => RoadGraphBuilder.Build(new Basemap(new Plane(new Place(121, 31)), [.. lines], [], [], []));

    [Fact]
    public void LinesThatCross_MeetAtACrossing()
    {
        RoadGraph graph = Graph(Line(RoadClass.Street, (0, 0), (1000, 0)), Line(RoadClass.Street, (500, -500), (500, 500)));
        Assert.Equal(5, graph.Nodes.Length);
        RoadRoute route = graph.Route(graph.Snap(new PlanePoint(0, 30)), graph.Snap(new PlanePoint(530, 500)));
        Assert.Equal(1000, route.Metres, 6);
        Assert.Contains(new PlanePoint(500, 0), route.Points);
    }

    [Fact]
    public void ARoadThatEndsJustShortOfAnother_LeadsOnToIt()
    {
        RoadGraph graph = Graph(Line(RoadClass.Street, (0, 0), (1000, 0)), Line(RoadClass.Street, (500, 60), (500, 500)));
        Assert.Equal(500 + 500, graph.Route(graph.Snap(new PlanePoint(0, 0)), graph.Snap(new PlanePoint(500, 500))).Metres, 6);
    }

    [Fact]
    public void WhatCannotBeReached_IsLeftOut()
    {
        RoadGraph graph = Graph(Line(RoadClass.Street, (0, 0), (1000, 0), (2000, 0)), Line(RoadClass.Street, (0, 5000), (100, 5000)));
        Assert.All(graph.Nodes, n => Assert.Equal(0, n.Y));
        Assert.Equal(0, graph.Snap(new PlanePoint(50, 4900)).At.Y);
    }

    [Fact]
    public void TheQuickestWay_IsNotAlwaysTheShortest()
    {
        RoadGraph graph = Graph(
            Line(RoadClass.Street, (0, 0), (4000, 0)), Line(RoadClass.Street, (0, 0), (0, 500)), Line(RoadClass.Motorway, (0, 500), (4000, 500)), Line(RoadClass.Street, (4000, 500), (4000, 0)));
        RoadRoute route = graph.Route(graph.Snap(new PlanePoint(0, 0)), graph.Snap(new PlanePoint(4000, 0)));
        Assert.Equal(5000, route.Metres, 6);
        Assert.Contains(RoadClass.Motorway, route.Classes);
    }

    [Fact]
    public void SomebodyUnderWay_IsAlwaysOnTheRoad()
    {
        RoadGraph roads = Drawn.City.Roads;
        Random random = new(4);
        for (int i = 0; i < 20; i++)
        {
            RoadRoute route = roads.Route(roads.Snap(Drawn.City.Gazetteer.Any(random).At), roads.Snap(Drawn.City.Gazetteer.Any(random).At));
            for (double part = 0; part <= 1; part += 0.05)
            {
                PlanePoint at = route.At(part);
                Assert.InRange(roads.Snap(at).At.DistanceTo(at), 0, 1e-6);
            }
            Assert.Equal(route.Points[^1], route.At(1));
        }
    }

    [Fact]
    public void NearlyEveryRoadOfTheCityIsConnected_AndWaysAreNotMuchLongerThanTheStraightLine()
    {
        RoadGraph roads = Drawn.City.Roads;
        double drawn = Drawn.Base.Roads.Sum(r => r.Points.Zip(r.Points.Skip(1), (a, b) => a.DistanceTo(b)).Sum()), kept = roads.Edges.Sum(e => e.Metres);
        Assert.InRange(kept / drawn, 0.97, 1.1);
        Random random = new(5);
        double straight = 0, driven = 0;
        for (int i = 0; i < 60; i++)
        {
            PlanePoint a = Drawn.City.Gazetteer.Any(random).At, b = Drawn.City.Gazetteer.Any(random).At;
            straight += a.DistanceTo(b);
            driven += roads.Route(roads.Snap(a), roads.Snap(b)).Metres;
        }
        Assert.InRange(driven / straight, 1, 1.6);
    }

    [Fact]
    public void RushHourIsSlow_AndTheNightIsQuick()
    {
        RoadRoute route = new([new PlanePoint(0, 0), new PlanePoint(6900, 0)], [RoadClass.Street]);
        Assert.Equal(1000, route.Seconds(2) * 1.1, 6);
        Assert.True(route.Seconds(8) > route.Seconds(11) && route.Seconds(11) > route.Seconds(22));
        Assert.All(Enum.GetValues<RoadClass>(), c => Assert.Equal(RoadSpeeds.At(c, 23.999), RoadSpeeds.At(c, 0), 0.01));
    }
}
