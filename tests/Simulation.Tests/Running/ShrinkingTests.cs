namespace Dispatch.Simulation.Tests;

public class ShrinkingTests
{
    [Fact]
    public void AFailure_IsMadeSmall_InKindsAndInTime()
    {
        Script small = Shrinking.Shrink(Script.Usual(1), script => script.Faults.Contains("ReplyLoss") && script.From <= 0.3 && script.To >= 0.4);
        Assert.Equal(["ReplyLoss"], small.Faults);
        Assert.InRange(small.From, 0.2, 0.3);
        Assert.InRange(small.To, 0.4, 0.5);
    }

    [Fact]
    public void APlantedBug_IsShrunk_AndFailsAgainFromItsCommand()
    {
        Script failing = Enumerable.Range(1, 50).Select(seed => Script.Usual((ulong)seed) with { Planted = Planted.NoCompareAndSet }).First(Fails);
        Script small = Shrinking.Shrink(failing, Fails);
        Assert.True(small.Faults.Count < failing.Faults.Count);
        Assert.Equal(SeedResult.Of(small).Violation, SeedResult.Of(small).Violation);
        Assert.Contains("--planted NoCompareAndSet", small.ToString(), StringComparison.Ordinal);

        static bool Fails(Script script) => SeedResult.Of(script).Violation is not null;
    }

    [Fact]
    public void TheCommand_RefusesWhatItDoesNotKnow()
    {
        Assert.All(new string[][] { ["--seeds"], ["--seeds", "x"], ["--faults", "Earthquake"], ["--window", "0.5-0.2"], ["--days", "0"], ["--planted", "Nothing"], ["--what", "1"] },
            args => Assert.Equal(2, SimulateCommand.Run(args, TextWriter.Null)));
    }
}
