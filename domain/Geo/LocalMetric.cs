namespace Dispatch.Domain.Geo;

/// <summary>
/// Straight distance for city scale: the equirectangular approximation at the mean latitude of the two places, in whole metres. Below
/// 100 km and 70° of latitude it is within 0.7 % of the ellipsoid's geodesic; the road factor's error is many times that.
/// </summary>
public static class LocalMetric
{
    /// <summary>Metres between two places, rounded to the nearest; 0 for equal ones; symmetric.</summary>
    public static long Metres(Place a, Place b)
    {
        var east = Earth.ShortWayRound(b.Lon - a.Lon) * Math.Cos(Earth.Radians((a.Lat + b.Lat) / 2));
        var north = b.Lat - a.Lat;
        return (long)Math.Round(Math.Sqrt((east * east) + (north * north)) * Earth.MetresPerDegree);
    }
}
