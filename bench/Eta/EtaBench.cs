using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dispatch.Domain.Eta;
using Dispatch.Domain.Geo;

namespace Dispatch.Bench.Eta;

/// <summary>Learns from one file of trips, predicts the other, and says how far off it was and how often the interval held.</summary>
public sealed record EtaBench(string Train, string Test, string Output, ulong Seed)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public int Run(TextWriter console)
    {
        (List<ObservedTrip> train, int trainRead) = TripCsv.Load(Train, TripRules.Default);
        (List<ObservedTrip> test, int testRead) = TripCsv.Load(Test, TripRules.Default);
        if (train.Count < TravelTimeModel.LeastTrips || test.Count == 0)
        {
            console.WriteLine($"Too few trips: {train.Count} of {trainRead} to learn from (at least {TravelTimeModel.LeastTrips}), {test.Count} of {testRead} to predict (at least 1).");
            return 1;
        }

        TimeProvider clock = TimeProvider.System;
        long startedAt = clock.GetTimestamp();
        TravelTimeModel model = TravelTimeModel.Fit(train, new TravelTimeOptions(TimeSpan.Zero, Seed));
        double trainSeconds = clock.GetElapsedTime(startedAt).TotalSeconds;
        startedAt = clock.GetTimestamp();
        Prediction[] predictions = [.. test.Select(trip => Predict(model, trip))];
        double microseconds = clock.GetElapsedTime(startedAt).TotalMicroseconds / test.Count;

        double legNanoseconds = LegNanoseconds(model.Law, test, clock);

        double speed = train.Sum(Metres) / train.Sum(t => t.Duration.TotalSeconds);
        double[] errors = [.. predictions.Select(p => p.Error).Order()];
        double covered = predictions.Count(p => p.Covered) / (double)predictions.Length;
        double formula = test.Average(t => Math.Abs(model.Law.Seconds(Metres(t), t.Departure) - t.Duration.TotalSeconds));
        double constant = test.Average(t => Math.Abs((Metres(t) / speed) - t.Duration.TotalSeconds));
        IReadOnlyList<GroupCoverage> byHour = GroupCoverage.ByHour(predictions), byDistance = GroupCoverage.ByDistance(predictions);
        Write(new
        {
            mae_s = errors.Average(),
            median_error_s = (errors[(errors.Length - 1) / 2] + errors[errors.Length / 2]) / 2,
            coverage_10_90 = covered,
            constant_speed_mae_s = constant,
            coverage_by_hour = Named(byHour),
            coverage_by_distance = Named(byDistance),
            formula_mae_s = formula,
            mean_width_s = predictions.Average(p => (p.Eta.High - p.Eta.Low).TotalSeconds),
            unknown = predictions.Count(p => !p.Known),
            n_train = train.Count,
            n_test = test.Count,
            read_train = trainRead,
            read_test = testRead,
            train_seconds = trainSeconds,
            predict_microseconds = microseconds,
            leg_nanoseconds = legNanoseconds,
            seed = Seed,
        });

        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{test.Count} of {testRead} trips predicted from {train.Count} of {trainRead}: MAE {errors.Average():F1} s, formula alone {formula:F1} s, constant speed {constant:F1} s; 10-90 % interval holds {covered:P1}"));
        foreach (GroupCoverage group in byHour.Concat(byDistance).Where(g => g.Trips >= GroupCoverage.Enough && g.Coverage is < 0.7 or > 0.9))
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"outside 70-90 %: {group.Group}, {group.Trips} trips, {group.Coverage:P1}"));
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"learned in {trainSeconds:F1} s, {microseconds:F0} µs a prediction, {legNanoseconds:F0} ns a leg of the formula, seed {Seed}"));
        return 0;
    }

    /// <summary>From the places and the start only. Where the model says nothing, the formula's time counts, without an interval.</summary>
    private static Prediction Predict(TravelTimeModel model, ObservedTrip trip)
    {
        TimeEstimate? eta = model.Predict(trip.From, trip.To, trip.Departure);
        double formula = model.Law.Seconds(Metres(trip), trip.Departure);
        return new Prediction(trip.Duration.TotalSeconds, Metres(trip), trip.Departure.Hour, eta ?? new TimeEstimate(formula, formula, formula), eta is not null);
    }

    /// <summary>What a planner pays for one leg of the formula, which it asks for by the million.</summary>
    private static double LegNanoseconds(PowerLaw law, List<ObservedTrip> trips, TimeProvider clock)
    {
        const int Legs = 2_000_000;
        var travel = new PowerLawTravel(law);
        long startedAt = clock.GetTimestamp(), milliseconds = 0;
        for (int i = 0; i < Legs; i++)
        {
            ObservedTrip trip = trips[i % trips.Count];
            milliseconds += travel.Leg(trip.From, trip.To, trip.Departure).Milliseconds;
        }
        return milliseconds > 0 ? clock.GetElapsedTime(startedAt).TotalNanoseconds / Legs : 0;
    }

    private static double Metres(ObservedTrip trip) => LocalMetric.Metres(trip.From, trip.To);

    private static SortedDictionary<string, object> Named(IEnumerable<GroupCoverage> groups)
    {
        int number = 0;
        var order = new Dictionary<string, int>();
        GroupCoverage[] all = [.. groups];
        foreach (GroupCoverage group in all)
            order[group.Group] = number++;
        var named = new SortedDictionary<string, object>(Comparer<string>.Create((a, b) => order[a].CompareTo(order[b])));
        foreach (GroupCoverage group in all)
            named[group.Group] = new { n = group.Trips, coverage = group.Coverage };
        return named;
    }

    private void Write(object result)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(Output)) is { } folder)
            Directory.CreateDirectory(folder);
        File.WriteAllText(Output, JsonSerializer.Serialize(result, Readable) + "\n");
    }
}
