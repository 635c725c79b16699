using Dispatch.Domain.Geo;

namespace Dispatch.Domain.Eta;

/// <summary>
/// Travel by the formula of a city: what the planner counts with where trips were observed but no road router is there. The same distance takes longer in the
/// rush hour, so a leg depends on its departure; both directions of a way take the same at the same time.
/// </summary>
/// <remarks>
/// Milliseconds are the median way's, rounded up. Trips that the formula was fitted on run from door to door, so nothing is added for parking; a leg within a
/// metre is a metre long. Metres are the straight ones times a road factor: the formula itself never sees driven metres.
/// </remarks>
public sealed class PowerLawTravel : ITravel
{
    private readonly PowerLaw law;
    private readonly double roadFactor;
    private readonly long reachMetres;

    /// <param name="roadFactor">Driven metres per straight metre, at least 1.</param>
    /// <param name="reachMetres">Straight metres beyond which there is no way, above 0.</param>
    public PowerLawTravel(PowerLaw law, double roadFactor = 1.4, long reachMetres = 200_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(roadFactor, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(reachMetres);
        (this.law, this.roadFactor, this.reachMetres) = (law, roadFactor, reachMetres);
    }

    public TravelLeg Leg(Place from, Place to, DateTimeOffset departure)
    {
        if (from == to)
            return new TravelLeg(0, 0);
        long straight = LocalMetric.Metres(from, to);
        if (straight > reachMetres)
            return TravelLeg.Unreachable;
        double seconds = law.Seconds(Math.Max(1, straight), departure);
        return new TravelLeg((long)Math.Ceiling(seconds * 1000), (long)Math.Round(straight * roadFactor));
    }
}
