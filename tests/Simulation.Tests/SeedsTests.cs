using System.Globalization;
using Dispatch.Runtime.Simulation;

namespace Dispatch.Simulation.Tests;

public class SeedsTests(ITestOutputHelper output)
{
    internal static readonly SimulationFaults AllFaults = SimulationFaults.Rough with { HostCrash = 0.0008, ActivationCrash = 0.002, DuplicateActivation = 0.01, ClockSkew = TimeSpan.Zero };

    /// <summary>Seeds A..B of the environment variable DISPATCH_SEEDS, or a few.</summary>
    private static (ulong From, ulong To) Range()
    {
        string[] ends = (Environment.GetEnvironmentVariable("DISPATCH_SEEDS") ?? "1..60").Split("..");
        return (ulong.Parse(ends[0], CultureInfo.InvariantCulture), ulong.Parse(ends[^1], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Seeds_UnderEveryFault_HoldEveryInvariant()
    {
        (ulong from, ulong to) = Range();
        SimulationCounts total = new();
        long requests = 0, lostReplies = 0, reordered = 0, crashes = 0, doubles = 0, conflicts = 0, lostAcknowledgements = 0, checks = 0, jobs = 0;
        for (ulong seed = from; seed <= to; seed++)
        {
            using World world = new(seed, AllFaults);
            try
            {
                world.Play();
            }
            catch (Exception failure)
            {
                Assert.Fail($"Seed {seed}: {failure.Message}\nAgain alone: ./dispatch simulate --seeds {seed}..{seed}\n{failure}");
            }
            SimulationCounts counts = world.Simulation.Counts;
            requests += counts.Requests;
            lostReplies += counts.RepliesLost;
            reordered += counts.Reordered;
            crashes += counts.ActivationCrashes + counts.HostCrashes;
            doubles += counts.DuplicateActivations;
            conflicts += counts.Conflicts;
            lostAcknowledgements += counts.AcknowledgementsLost;
            checks += world.Judge.Checks;
            jobs += world.Jobs.Count;
        }
        output.WriteLine($"seeds {from}..{to}: {jobs} jobs, {requests} requests, {checks} checks of durable writes; lost replies {lostReplies}, reordered {reordered}, crashes {crashes}, "
            + $"duplicate activations {doubles}, write conflicts {conflicts}, lost acknowledgements {lostAcknowledgements}; 0 violations");
        Assert.All(new[] { lostReplies, reordered, crashes, doubles, conflicts, lostAcknowledgements, checks }, n => Assert.True(n > 0, "a fault never happened: the run shows nothing"));
    }

    [Fact]
    public void WithoutFaults_EveryRequestIsMetOrNamed()
    {
        using World world = new(7, SimulationFaults.None);
        world.Play();
        Assert.Contains(world.Jobs, id => world.Peek(id)?.State?.Status == Domain.Jobs.JobStatus.Closed);
        Assert.All(world.Jobs, id => Assert.NotNull(world.Peek(id)?.State));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void TheSameSeed_GivesTheSameBytes(ulong seed)
    {
        static (ulong, byte[]) Play(ulong seed)
        {
            using World world = new(seed, AllFaults);
            world.Play();
            return (world.Simulation.TraceHash, world.Simulation.Storage.Snapshot());
        }
        (ulong firstTrace, byte[] firstStore) = Play(seed);
        (ulong secondTrace, byte[] secondStore) = Play(seed);
        Assert.Equal(firstTrace, secondTrace);
        Assert.Equal(firstStore, secondStore);
        Assert.NotEqual(firstTrace, Play(seed + 100).Item1);
    }
}
