using Dispatch.Bench.Eta;
using Dispatch.Domain.Eta;
using Dispatch.Instances;

namespace Dispatch.Bench.Tests.Eta;

public class TripCsvTests
{
    private const string Header = "vehicle,start,start_lon,start_lat,end,end_lon,end_lat,driven_m";

    /// <summary>One hundredth of a degree of latitude is 1,113 m, 0.0045 degrees are 501 m, 0.0044 are 490 m.</summary>
    [Theory]
    [InlineData("a way like any", "08:00:00", "08:20:00", 0.05, 7_000, true)]
    [InlineData("two minutes", "08:00:00", "08:02:00", 0.01, 1_300, true)]
    [InlineData("a second less", "08:00:00", "08:01:59", 0.01, 1_300, false)]
    [InlineData("an hour and a half", "08:00:00", "09:30:00", 0.1, 15_000, true)]
    [InlineData("a second more", "08:00:00", "09:30:01", 0.1, 15_000, false)]
    [InlineData("half a kilometre apart", "08:00:00", "08:03:00", 0.0045, 700, true)]
    [InlineData("less", "08:00:00", "08:03:00", 0.0044, 700, false)]
    [InlineData("shorter than straight within what places are known to", "08:00:00", "08:03:00", 0.01, 1_058, true)]
    [InlineData("shorter than straight", "08:00:00", "08:03:00", 0.01, 1_056, false)]
    [InlineData("five kilometres an hour", "08:00:00", "08:36:00", 0.01, 3_000, true)]
    [InlineData("slower", "08:00:00", "08:36:00", 0.01, 2_999, false)]
    [InlineData("110 kilometres an hour", "08:00:00", "08:06:00", 0.05, 11_000, true)]
    [InlineData("faster", "08:00:00", "08:06:00", 0.05, 11_001, false)]
    [InlineData("ends before it begins", "08:20:00", "08:00:00", 0.05, 7_000, false)]
    public void ATrip_IsKeptByTheRulesAndNoOther(string what, string start, string end, double north, int driven, bool kept)
    {
        string line = FormattableString.Invariant($"v1,2020-01-20 {start},114.05,22.5,2020-01-20 {end},114.05,{22.5 + north},{driven}");
        (List<ObservedTrip> trips, int read) = TripCsv.Load("trips.csv", new StringReader(Header + "\n" + line + "\n"), TripRules.Default);
        Assert.Equal(1, read);
        Assert.True(trips.Count == (kept ? 1 : 0), what);
    }

    [Fact]
    public void Columns_GoByTheirNames_AndTheTimesAreThoseOfTheFile()
    {
        const string File = "driven_m,end_lat,end_lon,end,start_lat,start_lon,start,vehicle,note\n7000,22.55,114.05,2020-01-20 08:20:00,22.5,114.06,2020-01-20 08:00:00,v7,x\n\n";
        (List<ObservedTrip> trips, _) = TripCsv.Load("trips.csv", new StringReader(File), TripRules.Default);
        ObservedTrip trip = Assert.Single(trips);
        Assert.Equal("v7", trip.Driver);
        Assert.Equal((114.06, 22.5, 114.05, 22.55), (trip.From.Lon, trip.From.Lat, trip.To.Lon, trip.To.Lat));
        Assert.Equal((8, TimeSpan.FromMinutes(20)), (trip.Departure.Hour, trip.Duration));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("vehicle,start\n", "start_lon")]
    [InlineData(
        Header + "\nv1,2020-01-20 08:00:00,east,22.5,2020-01-20 08:20:00,114,22.6,7000\n",
        "trips.csv, line 2: start_lon 'east' is not a number."
    )]
    [InlineData(Header + "\nv1,2020-01-20 08:00:00,114,22.5\n", "trips.csv, line 2: The row has 4 columns, the first line names 8.")]
    [InlineData(
        Header + "\nv1,2020-01-20 08:00:00,114,22.5,2020-01-20 08:20:00,114,NaN,7000\n",
        "trips.csv, line 2: end_lat 'NaN' is not a number."
    )]
    [InlineData(
        Header + "\n\nv1,2020-01-20 08:00:00,181,22.5,2020-01-20 08:20:00,114,22.6,7000\n",
        "trips.csv, line 3: start_lon 181 is outside the range -180 to 180."
    )]
    [InlineData(
        Header + "\nv1,2020-01-20 8 o'clock,114,22.5,2020-01-20 08:20:00,114,22.6,7000\n",
        "line 2: start '2020-01-20 8 o'clock' is not a time"
    )]
    [InlineData(Header + "\nv1,2020-01-20 08:00:00,114,22.5,2020-01-20 08:20:00,114,22.6,-1\n", "line 2: driven_m -1 is outside")]
    [InlineData(Header + "\nv1,2020-01-20 08:00:00,114,22.5,2020-01-20 08:20:00,114,22.6,7000,extra\n", "line 2: The row has 9 columns")]
    public void AFileThatIsNone_IsRefusedByWhatIsWrongInIt(string file, string says) =>
        Assert.Contains(
            says,
            Assert.Throws<InstanceFileException>(() => TripCsv.Load("trips.csv", new StringReader(file), TripRules.Default)).Message,
            StringComparison.Ordinal
        );
}
