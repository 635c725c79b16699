using Dispatch.Domain.Geo;

namespace Dispatch.Domain.Eta;

/// <summary>
/// What past trips say about the next one: how long it takes, and between which times eight in ten will lie. The formula of the city times a ratio that a forest
/// reads off trips which began and ended in like places at a like time; margins measured on drivers whom the trees did not know. Immutable, safe for any threads.
/// </summary>
/// <remarks>Nothing but the two places and the moment of setting off is used. One prediction takes some tens of microseconds; for planning there is <see cref="PowerLawTravel"/>.</remarks>
public sealed class TravelTimeModel
{
    /// <summary>Fewer trips than this say nothing that could be relied on.</summary>
    public const int LeastTrips = 100;

    /// <summary>The quantiles that an interval is made of.</summary>
    internal static readonly double[] Shares = [0.1, 0.5, 0.9];

    private readonly LegFeatures features;

    internal TravelTimeModel(PowerLaw law, Place middle, TrainedArea area, QuantileForest forest, IntervalMargins margins)
    {
        (Law, Middle, Area, Forest, Margins) = (law, middle, area, forest, margins);
        features = new LegFeatures(middle, law);
    }

    /// <summary>The formula alone, without places.</summary>
    public PowerLaw Law { get; }

    internal Place Middle { get; }

    internal TrainedArea Area { get; }

    internal QuantileForest Forest { get; }

    internal IntervalMargins Margins { get; }

    /// <summary>How long the way takes, or nothing where the model has never been: it does not invent.</summary>
    public TimeEstimate? Predict(Place from, Place to, DateTimeOffset departure)
    {
        if (!from.IsValid || !to.IsValid || !Area.Knows(from, to, LegFeatures.Metres(from, to)))
            return null;
        if (from == to)
            return new TimeEstimate(0, 0, 0);
        Span<double> leg = stackalloc double[LegFeatures.Count], ratios = stackalloc double[Shares.Length];
        double formula = features.Write(from, to, departure, leg);
        Forest.Read(leg, Shares, ratios);
        (double low, double high) = Margins.At(leg[0], leg[1]);
        return new TimeEstimate(formula * ratios[0] * Math.Exp(-low), formula * ratios[1], formula * ratios[2] * Math.Exp(high));
    }

    /// <summary>Learns from trips of at least two drivers or one; what trips are fit to learn from, <see cref="TripRules"/> says.</summary>
    /// <exception cref="ArgumentException">Fewer than <see cref="LeastTrips"/> trips, or one of no duration or between places that are not on the earth.</exception>
    public static TravelTimeModel Fit(IEnumerable<ObservedTrip> trips, TravelTimeOptions options) => TravelTimeFit.Of(trips, options);
}
