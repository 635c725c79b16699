using Dispatch.Domain.Geo;

namespace Dispatch.Api;

/// <summary>A point in WGS-84 degrees.</summary>
public sealed record PlaceView(double Lon, double Lat)
{
    public static PlaceView Of(Place place) => new(place.Lon, place.Lat);
}
