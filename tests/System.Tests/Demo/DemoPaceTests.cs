using Dispatch.Grains.Zones;
using Dispatch.Silo.Demo;
using Dispatch.Silo.Hosting;
using Microsoft.Extensions.Configuration;

namespace Dispatch.SystemTests.Demo;

public sealed class DemoPaceTests
{
    [Theory]
    [InlineData(null, DemoPace.Speed)]
    [InlineData("60", 60)]
    [InlineData("1", 1)]
    public void WhateverTheSpeed_PlannersRestASecondAndPeopleHaveTwentyToAnswer(string? given, double speed)
    {
        ConfigurationManager configuration = new();
        configuration.AddCommandLine(given is null ? [] : ["--Dispatch:Speed", given]);
        DispatchOptions options = DemoPace.Add(configuration);
        PlanningOptions planning = configuration.GetSection("Dispatch:Planning").Get<PlanningOptions>()!;
        Assert.Equal(speed, options.Speed);
        // The pause between two rounds is process time, everything else business time.
        Assert.True(planning.Tick >= TimeSpan.FromSeconds(1));
        Assert.True(planning.OfferTimeout / speed >= TimeSpan.FromSeconds(20));
        Assert.True(planning.OfferLead > planning.OfferTimeout);
        Assert.True(planning.Margin > planning.Tick * speed);
    }

    [Fact]
    public void WhatIsSetExplicitly_Wins()
    {
        ConfigurationManager configuration = new();
        configuration.AddCommandLine(["--Dispatch:Planning:Tick", "00:00:05"]);
        DemoPace.Add(configuration);
        Assert.Equal(TimeSpan.FromSeconds(5), configuration.GetSection("Dispatch:Planning").Get<PlanningOptions>()!.Tick);
    }

    [Theory]
    [InlineData("2026-11-22T00:20:00Z", "2026-11-22T01:05:00Z")]
    [InlineData("2026-11-22T01:06:00Z", "2026-11-23T01:05:00Z")]
    [InlineData("2026-11-22T23:00:00Z", "2026-11-23T01:05:00Z")]
    public void ANewCityBeginsOnTheComingMorning(string now, string begins) => Assert.Equal(DateTimeOffset.Parse(begins), DemoPace.Morning(DateTimeOffset.Parse(now)));

    [Fact]
    public void AFolderSomebodyWorksIn_IsNeverSpedUp()
    {
        string folder = Directory.CreateTempSubdirectory("pace-").FullName;
        try
        {
            DispatchOptions options = new() { Data = folder, Demo = true };
            Assert.True(DemoPace.IsLiving(options));
            Assert.False(DemoPace.IsLiving(new DispatchOptions { Data = folder, Demo = true, City = "quiet" }));
            File.WriteAllText(Path.Combine(folder, "dispatch.db"), "");
            Assert.False(DemoPace.IsLiving(options));
            File.WriteAllText(Path.Combine(folder, "city-secret"), "");
            Assert.True(DemoPace.IsLiving(options));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
