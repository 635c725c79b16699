using System.Collections.Immutable;
using Dispatch.Sim.Replay.Instances;

namespace Dispatch.Sim.City.Map;

/// <summary>A way along roads: points, and the kind of road of each piece between them.</summary>
public sealed class RoadRoute
{
    private readonly double[] reached;

    public RoadRoute(ImmutableArray<PlanePoint> points, ImmutableArray<RoadClass> classes)
    {
        (Points, Classes) = (points, classes);
        reached = new double[points.Length];
        for (int i = 1; i < points.Length; i++)
            reached[i] = reached[i - 1] + points[i - 1].DistanceTo(points[i]) / RoadSpeeds.FreeAt(classes[i - 1]);
    }

    public ImmutableArray<PlanePoint> Points { get; }

    public ImmutableArray<RoadClass> Classes { get; }

    /// <summary>Seconds for somebody who sets off at that hour; the traffic of that hour stays for the whole way.</summary>
    public double Seconds(double hour) => reached[^1] / (RoadSpeeds.At(RoadClass.Street, hour) / RoadSpeeds.FreeAt(RoadClass.Street));

    public double Metres
    {
        get
        {
            double sum = 0;
            for (int i = 1; i < Points.Length; i++)
                sum += Points[i - 1].DistanceTo(Points[i]);
            return sum;
        }
    }

    /// <param name="part">From 0 to 1, of the time the way takes.</param>
    public PlanePoint At(double part)
    {
        double time = reached[^1] * Math.Clamp(part, 0, 1);
        int i = Array.BinarySearch(reached, time);
        if (i >= 0)
            return Points[i];
        i = ~i;
        if (i >= Points.Length)
            return Points[^1];
        double share = (time - reached[i - 1]) / (reached[i] - reached[i - 1]);
        return new PlanePoint(Points[i - 1].X + (Points[i].X - Points[i - 1].X) * share, Points[i - 1].Y + (Points[i].Y - Points[i - 1].Y) * share);
    }
}
