namespace Dispatch.Domain.Geo;

/// <summary>
/// The box of degrees around some places. East may lie beyond 180 and west beyond −180 where the places lie on both sides of the date line: the box is
/// then a few degrees wide and not the whole way around the earth.
/// </summary>
internal readonly record struct GeoBox(double West, double South, double East, double North)
{
    /// <param name="places">At least one.</param>
    public static GeoBox Around(IReadOnlyList<Place> places)
    {
        double first = places[0].Lon, west = first, east = first, south = places[0].Lat, north = south;
        foreach (Place place in places)
        {
            double lon = Earth.Beside(place.Lon, first);
            (west, east) = (Math.Min(west, lon), Math.Max(east, lon));
            (south, north) = (Math.Min(south, place.Lat), Math.Max(north, place.Lat));
        }

        return new GeoBox(west, south, east, north);
    }

    /// <summary>Whether a place lies inside, or so many degrees beside it at most.</summary>
    public bool Contains(Place place, double around = 0)
    {
        double lon = Lon(place);
        return lon >= West - around && lon <= East + around && place.Lat >= South - around && place.Lat <= North + around;
    }

    /// <summary>The place of the box that is nearest in degrees; the place itself where it lies inside.</summary>
    public Place Nearest(Place place) => Contains(place)
        ? place
        : new Place(Earth.ShortWayRound(Math.Clamp(Lon(place), West, East)), Math.Clamp(place.Lat, South, North));

    private double Lon(Place place) => Earth.Beside(place.Lon, (West + East) / 2);
}
