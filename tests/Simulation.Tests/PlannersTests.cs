using System.Globalization;
using Dispatch.Domain.Intents;

namespace Dispatch.Simulation.Tests;

/// <summary>Changes of plan that touch several technicians, in the same world and under the same faults as everything else.</summary>
public class PlannersTests(ITestOutputHelper output)
{
    private static (ulong From, ulong To) Range()
    {
        string[] ends = (Environment.GetEnvironmentVariable("DISPATCH_SEEDS") ?? "1..30").Split("..");
        return (ulong.Parse(ends[0], CultureInfo.InvariantCulture), ulong.Parse(ends[^1], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void PlansChange_UnderEveryFault_WholeOrNotAtAll()
    {
        (ulong from, ulong to) = Range();
        int committed = 0, withdrawn = 0, checks = 0;
        List<string> reasons = [];
        for (ulong seed = from; seed <= to; seed++)
        {
            using World world = new(seed, SeedsTests.AllFaults);
            People people = new(world);
            Planners planners = new(world, people);
            Task[] all = [planners.Swapper(), planners.Swapper(), planners.Sweeps()];
            world.Simulation.After(TimeSpan.FromHours(2), people.Rest);
            try
            {
                world.Play();
                if (all.FirstOrDefault(t => t.IsFaulted)?.Exception is { } broken)
                    throw broken;
                planners.Judge.AtRest();
            }
            catch (Exception failure)
            {
                Assert.Fail($"Seed {seed}: {failure.Message}\nAgain alone: DISPATCH_SEEDS={seed}..{seed}\n{failure}");
            }
            committed += planners.Judge.Count(IntentStatus.Committed);
            withdrawn += planners.Judge.Count(IntentStatus.Withdrawn);
            reasons.AddRange(planners.Judge.Reasons);
            checks += planners.Judge.Checks;
        }
        output.WriteLine(string.Join(", ", reasons.GroupBy(r => r).OrderByDescending(g => g.Count()).Select(g => $"{g.Key} {g.Count()}")));
        output.WriteLine($"seeds {from}..{to}: {committed} plan changes committed, {withdrawn} withdrawn, {checks} looks; 0 violations");
        Assert.All(new[] { committed, withdrawn, checks }, n => Assert.True(n > 0, "the run shows nothing"));
    }
}
