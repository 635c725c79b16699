namespace Dispatch.Domain.Geo;

/// <summary>How straight distance becomes driving time where no road router is there.</summary>
/// <param name="RoadFactor">Driven metres per straight metre, at least 1. Default 1.4: a typical city grid.</param>
/// <param name="MetresPerSecond">Mean speed on the way, stops at lights included, above 0. Default 7 (25 km/h): a large city by day.</param>
/// <param name="PerLeg">Getting going, parking and walking to the door, added to each leg between different places. Default two minutes.</param>
/// <param name="ReachMetres">Straight metres beyond which there is no way, above 0. Default 200 km.</param>
public sealed record TravelModel(double RoadFactor = 1.4, double MetresPerSecond = 7.0, TimeSpan? PerLeg = null, long ReachMetres = 200_000)
{
    public TimeSpan Overhead => PerLeg ?? TimeSpan.FromMinutes(2);
}

/// <summary>Straight line times a speed model. Symmetric, and the same at every hour.</summary>
public sealed class StraightLineTravel : ITravel
{
    private readonly TravelModel model;
    private readonly long overhead;

    /// <exception cref="ArgumentOutOfRangeException">A parameter outside the range that <see cref="TravelModel"/> states.</exception>
    public StraightLineTravel(TravelModel model)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(model.RoadFactor, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(model.MetresPerSecond);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(model.ReachMetres);
        ArgumentOutOfRangeException.ThrowIfLessThan(model.Overhead, TimeSpan.Zero);
        this.model = model;
        overhead = model.Overhead.Ticks / TimeSpan.TicksPerMillisecond;
    }

    public bool IsSymmetric => true;

    public TravelLeg Leg(Place from, Place to, DateTimeOffset departure)
    {
        if (from == to)
        {
            return new TravelLeg(0, 0);
        }

        var straight = LocalMetric.Metres(from, to);
        if (straight > model.ReachMetres)
        {
            return TravelLeg.Unreachable;
        }

        var driven = straight * model.RoadFactor;
        return new TravelLeg(overhead + (long)Math.Ceiling(driven / model.MetresPerSecond * 1000), (long)Math.Round(driven));
    }
}
