using Dispatch.Domain.Geo;

namespace Dispatch.Api.Streams.Live;

/// <summary>The part of the map a viewer looks at, in degrees. <see cref="West"/> above <see cref="East"/> means across the 180th meridian.</summary>
public readonly record struct MapView
{
    private MapView(double west, double south, double east, double north) => (West, South, East, North) = (west, south, east, north);

    public double West { get; }

    public double South { get; }

    public double East { get; }

    public double North { get; }

    /// <summary>
    /// The view with its longitudes in −180…180 and its latitudes on the earth: maps count longitudes on as they are moved around the earth, and see more than all of it where they are small. Null where there is no such
    /// view: an edge that is no number, or the south above the north.
    /// </summary>
    public static MapView? Of(double west, double south, double east, double north)
    {
        if (!double.IsFinite(west) || !double.IsFinite(south) || !double.IsFinite(east) || !double.IsFinite(north) || south > north)
            return null;
        (south, north) = (Math.Clamp(south, -90, 90), Math.Clamp(north, -90, 90));
        return east - west >= 360 ? new MapView(-180, south, 180, north) : new MapView(Wrapped(west), south, Wrapped(east), north);
    }

    /// <summary>Edges count as inside.</summary>
    public bool Contains(Place place) => place.Lat >= South && place.Lat <= North && (Has(place.Lon) || (Math.Abs(place.Lon) == 180 && Has(-place.Lon)));

    private bool Has(double lon) => West <= East ? lon >= West && lon <= East : lon >= West || lon <= East;

    private static double Wrapped(double lon) => lon is >= -180 and <= 180 ? lon : Math.IEEERemainder(lon, 360);
}
