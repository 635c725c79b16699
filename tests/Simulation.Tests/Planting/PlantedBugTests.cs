namespace Dispatch.Simulation.Tests;

/// <summary>A judge that cannot find a bug shows nothing. Each of these is found, and by which seed is said.</summary>
public class PlantedBugTests(ITestOutputHelper output)
{
    public static TheoryData<Planted> Bugs => [.. PlantedBugs.All];

    [Theory, MemberData(nameof(Bugs))]
    public void APlantedBug_IsFoundWithinAThousandSeeds(Planted bug)
    {
        SeedsReport report = Seeds.Run(1, 1000, seed => Script.Usual(seed) with { Planted = bug }, 1, mostFailures: 1);
        Assert.True(report.Failed.Count > 0, $"{bug} was not found by any of 1000 seeds");
        output.WriteLine($"{bug}: seed {report.Failed[0].Script.Seed}: {report.Failed[0].Violation}");
    }
}
