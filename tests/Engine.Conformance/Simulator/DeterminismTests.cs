using System.Diagnostics;
using Dispatch.Simulator;

namespace Engine.Conformance.Simulated;

/// <summary>Same seed, same bytes: in one process, in another, and whatever ran before.</summary>
public sealed class DeterminismTests
{
    [Fact]
    public void SameSeed_GivesTheSameRun_InOneProcess()
    {
        for (ulong seed = 1; seed <= 20; seed++)
            Assert.Equal(Town.Print(seed), Town.Print(seed));
    }

    [Fact]
    public void OtherSeeds_GiveOtherRuns() =>
        Assert.Equal(50, Enumerable.Range(1, 50).Select(seed => Town.Print((ulong)seed)[3..]).Distinct().Count());

    [Fact]
    public async Task SameSeed_GivesTheSameRun_InAnotherProcess()
    {
        ulong[] seeds = [1, 7, 4711];
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(Town).Assembly.Location);
        start.ArgumentList.Add(Program.PrintSimulation);
        foreach (var seed in seeds)
            start.ArgumentList.Add(seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        using var child = Process.Start(start)!;
        var printed = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(seeds.Select(Town.Print), printed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task WorkOnAnotherThread_FailsTheRun()
    {
        var phase = Phase.Fresh("escape");
        using var simulation = Town.New(1, SimulationFaults.None);
        _ = simulation.Begin(() => simulation.Client("c").GetGrain<ILedgerGrain>(Town.Key(0)).Escape(phase));
        // The other thread may be seen already in this second, or only after it.
        Record.Exception(() => simulation.RunFor(TimeSpan.FromSeconds(1)));
        await Phase.Named(phase).ReachedAsync();
        var failure = Assert.Throws<InvalidOperationException>(() => simulation.RunFor(TimeSpan.FromSeconds(1)));
        Assert.Contains("left the simulation's thread", failure.Message);
    }

    [Fact]
    public void Numbers_AreThoseOfTheAlgorithm()
    {
        // First outputs of SplitMix64 for seed 1234567, as published with its reference implementation.
        var random = new SeededRandom(1234567);
        Assert.Equal([6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL], [random.Next(), random.Next(), random.Next()]);
    }
}
