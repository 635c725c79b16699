using Dispatch.Sim.Client.Api;

namespace Dispatch.Sim.Replay.Instances;

/// <summary>
/// Puts the plane of an instance on the map: one plane unit is one metre east or north of an origin, on a sphere of the equatorial radius (WGS-84). Equirectangular
/// around the origin, with the origin's own cosine for every latitude, so that plane distances come out the same wherever on the plane they lie. The
/// server's planar travel measures the same way; another radius here would stretch every way by as much.
/// </summary>
/// <param name="Origin">Where the plane's zero lies, before the shift.</param>
/// <param name="ShiftX">Metres added to every x, to lie beside what is there already.</param>
public sealed record Plane(Place Origin, double ShiftX = 0)
{
    /// <summary>Metres.</summary>
    public const double EarthRadius = 6_378_137.0;

    /// <summary>Metres per degree of latitude.</summary>
    public const double MetresPerDegree = Math.PI * EarthRadius / 180;

    /// <summary>Degrees of longitude in −180…180: an origin near the date line has places on both sides of it.</summary>
    private static double ShortWayRound(double degrees) => degrees - 360 * Math.Round(degrees / 360);

    private double MetresPerDegreeEast => MetresPerDegree * Math.Cos(double.DegreesToRadians(Origin.Lat));

    public Place ToPlace(PlanePoint p) => new(ShortWayRound(Origin.Lon + (p.X + ShiftX) / MetresPerDegreeEast), Origin.Lat + p.Y / MetresPerDegree);

    public PlanePoint ToPlane(Place p) => new(ShortWayRound(p.Lon - Origin.Lon) * MetresPerDegreeEast - ShiftX, (p.Lat - Origin.Lat) * MetresPerDegree);

    /// <summary>A ring around all nodes, with room to spare on every side.</summary>
    public IReadOnlyList<Place> Around(TrspInstance instance, double margin)
    {
        (double west, double south, double east, double north) = Bounds(instance.Nodes.Select(n => n.At));
        return
        [
            ToPlace(new PlanePoint(west - margin, south - margin)), ToPlace(new PlanePoint(east + margin, south - margin)),
            ToPlace(new PlanePoint(east + margin, north + margin)), ToPlace(new PlanePoint(west - margin, north + margin)),
            ToPlace(new PlanePoint(west - margin, south - margin)),
        ];
    }

    /// <summary>
    /// The same plane moved east just far enough that the ring around the instance touches none of these territories, so that a request belongs
    /// to the replay's own zone and to no other.
    /// </summary>
    public Plane Beside(IEnumerable<IReadOnlyList<Place>> territories, TrspInstance instance, double margin)
    {
        (double west, double south, double east, double north) = Bounds(instance.Nodes.Select(n => n.At));
        List<(double West, double South, double East, double North)> taken = [.. territories.Where(t => t.Count > 0).Select(t => Bounds(t.Select(ToPlane)))];
        Plane plane = this;
        for (int round = 0; round <= taken.Count; round++)
        {
            double shift = plane.ShiftX - ShiftX;
            List<double> blocking =
            [
                .. from t in taken
                   where t.West <= east + margin + shift && t.East >= west - margin + shift && t.South <= north + margin && t.North >= south - margin
                   select t.East,
            ];
            if (blocking.Count == 0)
                return plane;
            plane = this with { ShiftX = ShiftX + Math.Ceiling(blocking.Max() - (west - margin)) + 1 };
        }
        return plane;
    }

    private static (double West, double South, double East, double North) Bounds(IEnumerable<PlanePoint> points)
    {
        List<PlanePoint> all = [.. points];
        return (all.Min(p => p.X), all.Min(p => p.Y), all.Max(p => p.X), all.Max(p => p.Y));
    }
}
