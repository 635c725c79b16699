namespace Dispatch.Domain.Geo;

/// <summary>A point of a flat map: metres east and north of a <see cref="PlanarFrame"/>'s origin.</summary>
public readonly record struct PlanePoint(double East, double North)
{
    /// <summary>Metres, in double precision.</summary>
    public double DistanceTo(PlanePoint other) =>
        Math.Sqrt(((East - other.East) * (East - other.East)) + ((North - other.North) * (North - other.North)));
}

/// <summary>
/// Lays a flat map around a place, so that plane benchmarks can be shown on a real one and read back unchanged.
/// Longitude and latitude grow in proportion to metres east and north, at the scale of the origin.
/// </summary>
/// <remarks>
/// There and back is off by at most a micrometre, for points within 1,000 km of an origin up to 80° of latitude: a degree held in double
/// precision resolves 3 nanometres, and <see cref="ToPlane"/> snaps to whole micrometres.
/// </remarks>
public sealed class PlanarFrame
{
    private const double StepsPerMetre = 1e6;
    private readonly Place origin;
    private readonly double eastPerDegree;

    /// <exception cref="ArgumentOutOfRangeException">An origin beyond 80° of latitude, where degrees of longitude get too short.</exception>
    public PlanarFrame(Place origin)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs(origin.Lat), 80);
        this.origin = origin;
        eastPerDegree = Earth.MetresPerDegree * Math.Cos(Earth.Radians(origin.Lat));
    }

    public Place ToPlace(PlanePoint point) => new(Earth.ShortWayRound(origin.Lon + (point.East / eastPerDegree)), origin.Lat + (point.North / Earth.MetresPerDegree));

    public PlanePoint ToPlane(Place place) => new(
        Snap(Earth.ShortWayRound(place.Lon - origin.Lon) * eastPerDegree),
        Snap((place.Lat - origin.Lat) * Earth.MetresPerDegree));

    private static double Snap(double metres) => Math.Round(metres * StepsPerMetre) / StepsPerMetre;
}
