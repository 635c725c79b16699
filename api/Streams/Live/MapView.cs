using Dispatch.Domain.Geo;

namespace Dispatch.Api.Streams.Live;

/// <summary>The part of the map a viewer looks at, in degrees. <paramref name="West"/> above <paramref name="East"/> means across the 180th meridian.</summary>
public readonly record struct MapView(double West, double South, double East, double North)
{
    public bool IsValid => new Place(West, South).IsValid && new Place(East, North).IsValid && South <= North;

    /// <summary>Edges count as inside.</summary>
    public bool Contains(Place place) =>
        place.Lat >= South && place.Lat <= North && (West <= East ? place.Lon >= West && place.Lon <= East : place.Lon >= West || place.Lon <= East);
}
