using Dispatch.Domain.Geo;

namespace Dispatch.Domain.Eta;

/// <summary>The steps from trips to a model: formula, ratios to it, forest of the ratios, margins of its intervals.</summary>
internal static class TravelTimeFit
{
    public static TravelTimeModel Of(IEnumerable<ObservedTrip> observed, TravelTimeOptions options)
    {
        options.Check();
        ObservedTrip[] trips = Sorted(observed);
        double[] metres = [.. trips.Select(t => LegFeatures.Metres(t.From, t.To))], hours = [.. trips.Select(t => DayClock.Hours(t.Departure, options.UtcOffset))];
        PowerLaw law = PowerLawFit.Of(metres, hours, [.. trips.Select(t => t.Duration.TotalSeconds)], options.UtcOffset);
        double first = trips[0].From.Lon;
        var middle = new Place(Earth.ShortWayRound(Median(trips.Select(t => Earth.Beside(t.From.Lon, first)))), Median(trips.Select(t => t.From.Lat)));

        // From here on observations go by rising ratio, so that a rank in a leaf is a place in the distribution.
        double[] ratios = [.. trips.Select((t, i) => t.Duration.TotalSeconds / law.Seconds(metres[i], hours[i]))];
        int[] rising = Quantiles.Rising(ratios);
        trips = [.. rising.Select(i => trips[i])];
        ratios = [.. rising.Select(i => ratios[i])];

        var features = new LegFeatures(middle, law);
        double[][] rows = new double[trips.Length][];
        double[] weights = new double[trips.Length];
        for (int i = 0; i < trips.Length; i++)
        {
            rows[i] = new double[LegFeatures.Count];
            // An error of a tenth costs more seconds on a long way than on a short one; the root of it is a compromise with the noise of long ways.
            weights[i] = Math.Sqrt(features.Write(trips[i].From, trips[i].To, trips[i].Departure, rows[i]));
        }
        double[][] columns = [.. Enumerable.Range(0, LegFeatures.Count).Select(f => rows.Select(row => row[f]).ToArray())];
        var grower = new ForestGrower(columns, [.. ratios.Select(ratio => Math.Log(ratio))], weights, [.. trips.Select(t => t.Driver)], options);
        QuantileForest forest = grower.Grow(ratios);
        return new TravelTimeModel(law, middle, TrainedArea.Of(trips), forest, Margins(forest, grower, rows));
    }

    private static IntervalMargins Margins(QuantileForest forest, ForestGrower grower, double[][] rows)
    {
        List<double> metres = [], hours = [], low = [], high = [];
        double[] interval = new double[TravelTimeModel.Shares.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            RegressionTree[] unaware = [.. grower.Unaware(forest, i)];
            if (unaware.Length == 0)
                continue;
            forest.Read(rows[i], unaware, TravelTimeModel.Shares, interval);
            metres.Add(rows[i][0]);
            hours.Add(rows[i][1]);
            low.Add(Math.Log(interval[0] / forest.Values[i]));
            high.Add(Math.Log(forest.Values[i] / interval[2]));
        }
        return IntervalMargins.Of([.. metres], [.. hours], [.. low], [.. high], TravelTimeModel.Shares[0]);
    }

    /// <summary>An order that depends on the trips alone, so that the model does not depend on the order they came in.</summary>
    private static ObservedTrip[] Sorted(IEnumerable<ObservedTrip> observed)
    {
        ObservedTrip[] trips =
        [
            .. observed.OrderBy(t => t.Departure.UtcTicks).ThenBy(t => t.Driver, StringComparer.Ordinal).ThenBy(t => t.From.Lon).ThenBy(t => t.From.Lat)
                .ThenBy(t => t.To.Lon).ThenBy(t => t.To.Lat).ThenBy(t => t.Duration),
        ];
        if (trips.Length < TravelTimeModel.LeastTrips)
            throw new ArgumentException($"A travel-time model needs at least {TravelTimeModel.LeastTrips} trips; there are {trips.Length}.", nameof(observed));
        if (trips.FirstOrDefault(t => t.Duration <= TimeSpan.Zero || !t.From.IsValid || !t.To.IsValid) is { } wrong)
            throw new ArgumentException($"No way to learn from: {wrong}.", nameof(observed));
        return trips;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
