using Dispatch.Domain.Geo;

namespace Dispatch.Domain.Eta;

/// <summary>Where the trips were that a model learned from: about it something can be said, about the rest of the world nothing.</summary>
/// <param name="West">Degrees, like the other three: the box around all places of the trips, beyond ±180 where they cross the date line.</param>
/// <param name="LongestMetres">The longest straight way.</param>
internal sealed record TrainedArea(double West, double South, double East, double North, double LongestMetres)
{
    /// <summary>Degrees around the box in which places still count as inside: some ten kilometres.</summary>
    private const double Around = 0.1;

    public bool Knows(Place from, Place to, double metres) => Inside(from) && Inside(to) && metres <= 1.5 * LongestMetres;

    public static TrainedArea Of(IReadOnlyList<ObservedTrip> trips)
    {
        Place[] places = [.. trips.Select(t => t.From), .. trips.Select(t => t.To)];
        GeoBox box = GeoBox.Around(places);
        return new TrainedArea(box.West, box.South, box.East, box.North, trips.Max(t => LegFeatures.Metres(t.From, t.To)));
    }

    private bool Inside(Place place) => new GeoBox(West, South, East, North).Contains(place, Around);
}
