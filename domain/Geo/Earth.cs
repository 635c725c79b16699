namespace Dispatch.Domain.Geo;

/// <summary>The few figures of the earth that short distances need (WGS-84).</summary>
internal static class Earth
{
    /// <summary>Metres of the equatorial radius.</summary>
    public const double EquatorialRadius = 6_378_137.0;

    /// <summary>Metres of one degree of latitude on a sphere of that radius.</summary>
    public const double MetresPerDegree = EquatorialRadius * Math.PI / 180.0;

    public static double Radians(double degrees) => degrees * (Math.PI / 180.0);

    /// <summary>Brings a difference of longitudes to −180…180 degrees, so that the date line is no barrier.</summary>
    public static double ShortWayRound(double degrees) => degrees - (360.0 * Math.Round(degrees / 360.0));

    /// <summary>The same meridian, counted on beyond 180 where that is nearer to another one: places on both sides of the date line then lie side by side.</summary>
    public static double Beside(double longitude, double other) => other + ShortWayRound(longitude - other);
}
