namespace Dispatch.Domain.Geo;

/// <summary>
/// A point on the earth in WGS-84 degrees, longitude first as GeoJSON has it. Degrees are never arithmetic:
/// distances come from <see cref="LocalMetric"/> or an <see cref="ITravel"/>.
/// </summary>
/// <param name="Lon">Longitude in degrees, −180 to 180, east positive.</param>
/// <param name="Lat">Latitude in degrees, −90 to 90, north positive.</param>
[GenerateSerializer, Immutable, Alias("place")]
public readonly record struct Place([property: Id(0)] double Lon, [property: Id(1)] double Lat)
{
    /// <summary>Whether both degrees are finite and on the globe.</summary>
    public bool IsOnEarth => double.IsFinite(Lon) && double.IsFinite(Lat) && Math.Abs(Lon) <= 180 && Math.Abs(Lat) <= 90;
}
