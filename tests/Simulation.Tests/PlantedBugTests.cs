namespace Dispatch.Simulation.Tests;

/// <summary>A judge that cannot find a bug shows nothing. Each of these is found, and by which seed is said.</summary>
public class PlantedBugTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(Planted.NoEpochCheck)]
    [InlineData(Planted.NoCompareAndSet)]
    [InlineData(Planted.ReplyBeforeWrite)]
    public void APlantedBug_IsFoundWithinAHundredSeeds(Planted bug)
    {
        for (ulong seed = 1; seed <= 100; seed++)
        {
            using World world = new(seed, SeedsTests.AllFaults, bug);
            try
            {
                world.Play();
            }
            catch (ViolationException violation)
            {
                output.WriteLine($"{bug}: seed {seed}: {violation.Message}");
                return;
            }
        }
        Assert.Fail($"{bug} was not found by any of 100 seeds");
    }
}
