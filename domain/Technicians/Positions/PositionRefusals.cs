using System.Globalization;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Refusals;

namespace Dispatch.Domain.Technicians.Positions;

/// <summary>Why a report of a place is kept out of every map. Each code is a row of docs/refusals.md.</summary>
public static class PositionRefusals
{
    /// <summary>Receivers that have no fix report longitude 0, latitude 0.</summary>
    public static Refusal NullIsland(Place place) =>
        Refusal.Of("position.null_island", RefusalKind.Unprocessable, ("lon", Text(place.Lon)), ("lat", Text(place.Lat)));

    public static Refusal Inaccurate(double metres, double worst) =>
        Refusal.Of("position.inaccurate", RefusalKind.Unprocessable, ("accuracyMetres", Text(metres)), ("worst", Text(worst)));

    public static Refusal Jump(PositionReport from, PositionReport to) => Refusal.Of(
        "position.implausible_jump", RefusalKind.Unprocessable,
        ("metres", LocalMetric.Metres(from.Place, to.Place)), ("seconds", Text(Math.Round((to.At - from.At).TotalSeconds, 1))));

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
