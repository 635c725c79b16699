using System.Text;
using System.Text.Json.Nodes;
using Dispatch.Domain.Eta;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Routing;

namespace Dispatch.Domain.Tests.Eta;

public class TravelTimeModelTests
{
    private static readonly Lazy<TravelTimeModel> Plain = new(() => TravelTimeModel.Fit(SyntheticCity.Trips(2_000, 1), SyntheticCity.Options));

    [Fact]
    public void TheFormula_RecoversTheLawThatTheTripsFollow()
    {
        PowerLaw law = Plain.Value.Law;
        Assert.InRange(law.Exponent, 0.45, 0.55);
        foreach (double hours in new[] { 3.0, 8.0, 12.0, 18.0, 22.0 })
        {
            double ratio = law.Seconds(5_000, SyntheticCity.At(hours)) / (20 * SyntheticCity.Rush(hours) * Math.Sqrt(5_000));
            Assert.True(ratio is > 0.85 and < 1.15, $"at {hours} it is off by {ratio:F2}");
        }
    }

    [Fact]
    public void TheForest_LearnsThatTheWestIsSlow_WhichTheFormulaCannotSay()
    {
        TravelTimeModel model = TravelTimeModel.Fit(SyntheticCity.Trips(2_000, 1, west: true), SyntheticCity.Options);
        ObservedTrip[] unseen = SyntheticCity.Trips(500, 2, west: true);
        double Error(Func<ObservedTrip, double> predict) => unseen.Average(t => Math.Abs(predict(t) - t.Duration.TotalSeconds));
        double formula = Error(t => model.Law.Seconds(LocalMetric.Metres(t.From, t.To), t.Departure));
        Assert.True(Error(t => model.Predict(t.From, t.To, t.Departure)!.Value.Median.TotalSeconds) < 0.85 * formula);
    }

    [Fact]
    public void EightInTenUnseenTrips_LieInTheirInterval_AndATenthBeyondEachEnd()
    {
        ObservedTrip[] unseen = SyntheticCity.Trips(2_000, 2);
        TimeEstimate[] said = [.. unseen.Select(t => Plain.Value.Predict(t.From, t.To, t.Departure)!.Value)];
        Assert.InRange(Enumerable.Range(0, unseen.Length).Count(i => said[i].Covers(unseen[i].Duration)) / 2_000.0, 0.77, 0.83);
        Assert.InRange(Enumerable.Range(0, unseen.Length).Count(i => unseen[i].Duration < said[i].Low) / 2_000.0, 0.07, 0.13);
        Assert.InRange(Enumerable.Range(0, unseen.Length).Count(i => unseen[i].Duration < said[i].Median) / 2_000.0, 0.46, 0.54);
    }

    [Fact]
    public void TheInterval_IsInOrderAndNeverNegative_WhereverAndWhenever()
    {
        var chance = new Xoshiro(9);
        for (int i = 0; i < 1_000; i++)
        {
            (Place from, Place to) = (SyntheticCity.Somewhere(ref chance), SyntheticCity.Somewhere(ref chance));
            TimeEstimate eta = Plain.Value.Predict(from, i % 5 == 0 ? new Place(from.Lon + 1e-7, from.Lat) : to, SyntheticCity.At(24 * chance.Unit()))!.Value;
            Assert.True(TimeSpan.Zero <= eta.Low && eta.Low <= eta.Median && eta.Median <= eta.High && eta.Median > TimeSpan.Zero, eta.ToString());
        }
    }

    [Fact]
    public void OrderOfTrips_MakesNoDifference_AndTheSeedDecidesTheRest()
    {
        ObservedTrip[] trips = SyntheticCity.Trips(400, 4), turned = [.. trips.Reverse()];
        byte[] first = TravelTimeJson.Write(TravelTimeModel.Fit(trips, SyntheticCity.Options));
        Assert.Equal(first, TravelTimeJson.Write(TravelTimeModel.Fit(turned, SyntheticCity.Options)));
        Assert.NotEqual(first, TravelTimeJson.Write(TravelTimeModel.Fit(trips, SyntheticCity.Options with { Seed = 4 })));
    }

    [Fact]
    public void AnHourNobodyDroveAt_TakesAfterTheDay_AndStillHasAnInterval()
    {
        TravelTimeModel model = TravelTimeModel.Fit(SyntheticCity.Trips(800, 5, fromHour: 10, toHour: 15), SyntheticCity.Options);
        double noon = model.Law.Seconds(5_000, SyntheticCity.At(12.5)), night = model.Law.Seconds(5_000, SyntheticCity.At(2));
        Assert.InRange(night / noon, 0.85, 1.15);
        Assert.NotNull(model.Predict(new Place(113.95, 22.5), new Place(114.05, 22.55), SyntheticCity.At(2)));
    }

    [Fact]
    public void WhereItHasNeverBeen_TheModelSaysNothing()
    {
        var known = new Place(114, 22.5);
        Assert.Null(Plain.Value.Predict(known, new Place(116.4, 39.9), SyntheticCity.At(12)));
        Assert.Null(Plain.Value.Predict(new Place(114.5, 22.5), known, SyntheticCity.At(12)));
        Assert.Null(Plain.Value.Predict(known, new Place(double.NaN, 22.5), SyntheticCity.At(12)));
    }

    [Fact]
    public void TheSamePlace_IsNoWayAtAll() =>
        Assert.Equal(new TimeEstimate(0, 0, 0), Plain.Value.Predict(new Place(114, 22.5), new Place(114, 22.5), SyntheticCity.At(12)));

    [Theory]
    [InlineData(0)]
    [InlineData(TravelTimeModel.LeastTrips - 1)]
    public void TooFewTrips_AreRefusedInWords(int count)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => TravelTimeModel.Fit(SyntheticCity.Trips(count, 1), SyntheticCity.Options));
        Assert.Contains($"there are {count}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATripOfNoDuration_IsRefused()
    {
        ObservedTrip[] trips = SyntheticCity.Trips(200, 1);
        trips[7] = trips[7] with { Duration = TimeSpan.Zero };
        Assert.Throws<ArgumentException>(() => TravelTimeModel.Fit(trips, SyntheticCity.Options));
    }

    [Fact]
    public void FewDrivers_AreEnough_BecauseThenSingleTripsAreDrawn()
    {
        TravelTimeModel model = TravelTimeModel.Fit(SyntheticCity.Trips(400, 6).Select(t => t with { Driver = "one" }), SyntheticCity.Options);
        ObservedTrip[] unseen = SyntheticCity.Trips(500, 7);
        Assert.InRange(unseen.Count(t => model.Predict(t.From, t.To, t.Departure) is { } eta && eta.Covers(t.Duration)) / 500.0, 0.7, 0.9);
    }

    [Fact]
    public void AStoredModel_SaysTheSame()
    {
        TravelTimeModel read = TravelTimeJson.Read(TravelTimeJson.Write(Plain.Value));
        Assert.All(SyntheticCity.Trips(200, 8), t => Assert.Equal(Plain.Value.Predict(t.From, t.To, t.Departure), read.Predict(t.From, t.To, t.Departure)));
    }

    [Theory]
    [InlineData("Version", "2", "version 2")]
    [InlineData("Exponent", "-1", "cannot be read")]
    [InlineData("Ratios", "[]", "ratios")]
    [InlineData("Trees", "null", "missing")]
    [InlineData("Trees", """[{"Feature":[0,-1],"Threshold":[0,0],"Left":[0,0],"Right":[1,1],"Members":[0]}]""", "trees")]
    [InlineData("Trees", """[{"Feature":[-1],"Threshold":[0],"Left":[0],"Right":[2],"Members":[0]}]""", "trees")]
    public void ADamagedModel_IsRefusedInWords(string property, string value, string says)
    {
        JsonNode stored = JsonNode.Parse(TravelTimeJson.Write(Plain.Value))!;
        stored[property] = JsonNode.Parse(value);
        Assert.Contains(says, Assert.Throws<InvalidDataException>(() => TravelTimeJson.Read(Encoding.UTF8.GetBytes(stored.ToJsonString()))).Message, StringComparison.Ordinal);
    }
}
