using System.Text;
using System.Text.Json;
using Dispatch.Bench.Eta;
using Dispatch.Domain.Routing;

namespace Dispatch.Bench.Tests.Eta;

public class EtaBenchTests
{
    [Fact]
    public void TheCommand_WritesErrorsAndCoverage_AndPlacesDecideMoreThanDrivenMetres()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string train = Path.Combine(folder, "train.csv"), test = Path.Combine(folder, "test.csv"), driven = Path.Combine(folder, "driven.csv"), output = Path.Combine(folder, "out", "eta.json");
            File.WriteAllText(train, Trips(600, 1, 1.3));
            File.WriteAllText(test, Trips(300, 2, 1.3));
            File.WriteAllText(driven, Trips(300, 2, 1.6));

            var console = new StringWriter();
            Assert.Equal(0, new EtaBench(train, test, output, 1).Run(console));
            using JsonDocument result = JsonDocument.Parse(File.ReadAllText(output));
            JsonElement root = result.RootElement;
            double mae = root.GetProperty("mae_s").GetDouble();
            Assert.InRange(mae, 1, root.GetProperty("constant_speed_mae_s").GetDouble());
            Assert.InRange(root.GetProperty("median_error_s").GetDouble(), 1, mae);
            Assert.InRange(root.GetProperty("coverage_10_90").GetDouble(), 0.7, 0.9);
            Assert.Equal(300, root.GetProperty("coverage_by_hour").EnumerateObject().Sum(h => h.Value.GetProperty("n").GetInt32()));
            Assert.Equal(300, root.GetProperty("coverage_by_distance").EnumerateObject().Sum(d => d.Value.GetProperty("n").GetInt32()));
            Assert.Contains("300 of 300 trips predicted from 600 of 600", console.ToString(), StringComparison.Ordinal);

            Assert.Equal(0, new EtaBench(train, driven, output, 1).Run(TextWriter.Null));
            using JsonDocument again = JsonDocument.Parse(File.ReadAllText(output));
            Assert.Equal(mae, again.RootElement.GetProperty("mae_s").GetDouble());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void TooFewTrips_AreSaidAndFail()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Trips(99, 1, 1.3));
            var console = new StringWriter();
            Assert.Equal(1, new EtaBench(file, file, file + ".json", 1).Run(console));
            Assert.StartsWith("Too few trips: 99 of 99", console.ToString(), StringComparison.Ordinal);
            Assert.False(File.Exists(file + ".json"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>A city whose longer ways are faster, with half an hour's noise at most; every trip is one that the rules keep.</summary>
    private static string Trips(int count, ulong seed, double detour)
    {
        var chance = new Xoshiro(seed);
        var text = new StringBuilder("vehicle,start,start_lon,start_lat,end,end_lon,end_lat,driven_m\n");
        for (int i = 0; i < count; i++)
        {
            double north = 0.02 + (0.1 * chance.Unit()), metres = north * 111_320, seconds = 25 * Math.Pow(metres, 0.45) * Math.Exp(0.5 * (chance.Unit() - 0.5));
            DateTime start = new DateTime(2020, 1, 20, 6, 0, 0).AddSeconds(chance.Below(40_000));
            text.Append(FormattableString.Invariant(
                $"v{chance.Below(40)},{start:yyyy-MM-dd HH:mm:ss},{114.095 + (0.01 * chance.Unit()):F6},22.5,{start.AddSeconds(Math.Round(seconds)):yyyy-MM-dd HH:mm:ss},"));
            text.Append(FormattableString.Invariant($"114.1,{22.5 + north:F6},{metres * detour:F0}\n"));
        }
        return text.ToString();
    }
}
