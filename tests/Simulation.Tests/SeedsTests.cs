using System.Diagnostics;

namespace Dispatch.Simulation.Tests;

public class SeedsTests(ITestOutputHelper output)
{
    private const int Played = 300;

    /// <summary>The few transitions that several hundred mornings need not meet; a long run meets them all.</summary>
    private const int Rare = 4;

    [Fact]
    public void ThreeHundredSeeds_UnderEveryFault_HoldEveryInvariant()
    {
        SeedsReport report = Seeds.Run(1, Played, Script.Usual, Environment.ProcessorCount, mostFailures: 3);
        foreach (SeedResult failed in report.Failed)
            output.WriteLine($"{failed.Script}: {failed.Violation}");
        foreach ((string name, long count) in report.Total.Counts)
            output.WriteLine($"{name} {count}");
        output.WriteLine($"never made: {string.Join("; ", report.Coverage.Missing)}");
        Assert.Empty(report.Failed);
        Assert.Equal(Played, report.Seeds);
        Assert.InRange(report.FewestMessages, 10_000, long.MaxValue);
        Assert.All(report.Total.Counts, count => Assert.True(count.Value > 0, $"{count.Key}: never happened, so the run shows nothing of it"));
        Assert.InRange(report.Coverage.Missing.Count(), 0, Rare);
    }

    [Fact]
    public void WithoutFaults_EveryRequestIsMetOrNamed()
    {
        using World world = new(7, Faults.None);
        world.Play();
        Assert.Contains(world.Jobs, id => world.Peek(id)?.State?.Status == Domain.Jobs.JobStatus.Closed);
        Assert.All(world.Jobs, id => Assert.True(world.Peek(id)?.State is not null || world.History.WasRefused(id), $"{id} was neither taken nor refused"));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public void TheSameSeed_GivesTheSameBytes(ulong seed)
    {
        static (ulong, byte[]) Play(ulong seed)
        {
            using World world = new(seed, Faults.All);
            world.Play();
            return (world.Simulation.TraceHash, world.Simulation.Storage.Snapshot());
        }
        (ulong firstTrace, byte[] firstStore) = Play(seed);
        (ulong secondTrace, byte[] secondStore) = Play(seed);
        Assert.Equal(firstTrace, secondTrace);
        Assert.Equal(firstStore, secondStore);
        Assert.NotEqual(firstTrace, Play(seed + 100).Item1);
    }

    /// <summary>Texts hash differently in each process, and the thread pool is busier in one than in another: nothing may depend on either.</summary>
    [Fact]
    public async Task TheSameSeed_GivesTheSameTrace_InAnotherProcess()
    {
        string[] traces = await Task.WhenAll(TraceOf(5), TraceOf(5));
        Assert.True(traces[0].Length > 100_000, $"only {traces[0].Length} letters");
        Assert.Equal(traces[0], traces[1]);
    }

    private static async Task<string> TraceOf(ulong seed)
    {
        string file = Path.GetTempFileName();
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(SeedsTests).Assembly.Location);
        foreach (string argument in new[] { SimulateCommand.Verb, "--seeds", $"{seed}..{seed}", "--trace", file })
            start.ArgumentList.Add(argument);
        using Process child = Process.Start(start)!;
        await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        string trace = await File.ReadAllTextAsync(file);
        File.Delete(file);
        return trace;
    }

    [Fact]
    public void EachKindOfFault_CanBeLeftOut()
    {
        Assert.Equal(Faults.All, Faults.Of(Faults.Kinds));
        Assert.Equal(Faults.None, Faults.Of([]));
        Assert.All(Faults.Kinds, kind => Assert.NotEqual(Faults.None, Faults.Of([kind])));
        Assert.Throws<ArgumentException>(() => Faults.Of(["Earthquake"]));
    }
}
