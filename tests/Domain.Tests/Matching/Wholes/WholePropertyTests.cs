using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Matching;

namespace Domain.Tests.Matching.Wholes;

/// <summary>What holds of every plan with wholes, shown on random snapshots in which jobs were tied together.</summary>
public sealed class WholePropertyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(150)]
    public void NoWhole_IsHalfPlanned_OutOfOrderOrOutOfStep(long rounds)
    {
        (int whole, int left) = (0, 0);
        for (int seed = 9000; seed < 9150; seed++)
        {
            PlanningSnapshot snapshot = Tied(seed);
            ZonePlan plan = Given.Plan(snapshot, rounds);

            IReadOnlyList<string> wrong = new PlanChecker(snapshot, Given.Travel, PlanningRules.Default).Check(plan);

            Assert.True(wrong.Count == 0, $"seed {seed}: {string.Join("; ", wrong)}");
            Assert.All(plan.Unplaced, unplaced => Assert.Equal(snapshot.Technicians.Length, unplaced.Reasons.Sum(reason => reason.Technicians)));
            foreach (string name in snapshot.Jobs.Where(job => job.Part is not null).Select(job => job.Part!.Whole.Value).Distinct())
                _ = plan.Unplaced.Any(unplaced => snapshot.Jobs.Single(job => job.Id == unplaced.Job).Part?.Whole.Value == name) ? left++ : whole++;
        }

        Assert.True(whole > 50 && left > 50, $"{whole} planned, {left} left out");
    }

    [Fact]
    public void SameArguments_GiveTheSamePlan_AndTheSameExplanation()
    {
        for (int seed = 9200; seed < 9225; seed++)
        {
            PlanningSnapshot snapshot = Tied(seed);
            ZonePlan first = Given.Plan(snapshot, 100, seed: 5);

            Assert.Equal(JsonSerializer.Serialize(first), JsonSerializer.Serialize(Given.Plan(snapshot, 100, seed: 5)));
            foreach (Placement placement in first.Placements)
                Assert.Equal(JsonSerializer.Serialize(placement), JsonSerializer.Serialize(new ZonePlanner(Given.Travel).Explain(snapshot, first, null, placement.Job)));
        }
    }

    [Fact]
    public void PlanMadeAnew_IsAsGoodAsBefore()
    {
        for (int seed = 9300; seed < 9340; seed++)
        {
            PlanningSnapshot snapshot = Tied(seed);
            ZonePlan before = Given.Plan(snapshot, 100);

            Assert.True(Given.Plan(snapshot, 0, previous: before).Cost.Total <= before.Cost.Total, $"seed {seed}: the plan was lost");
        }
    }

    /// <summary>The first jobs of a random snapshot become a team of two, or visits in order, or both.</summary>
    private static PlanningSnapshot Tied(int seed)
    {
        PlanningSnapshot snapshot = RandomSnapshots.Make(seed);
        Random random = new(seed);
        int tied = Math.Min(snapshot.Jobs.Length, random.Next(2, 7));
        int size = random.Next(2, 4), kind = random.Next(3);
        return snapshot with
        {
            Jobs = [.. snapshot.Jobs.Select((job, j) => j >= tied ? job : job with
            {
                // Parts are at the same place, for the same customer.
                Place = snapshot.Jobs[j / size * size].Place,
                Windows = kind == 0 ? snapshot.Jobs[j / size * size].Windows : job.Windows,
                LockedAt = null,
                Programme = null,
                Part = new JobPart(new JobId($"whole{j / size}"), kind == 0 ? 0 : kind == 1 ? j % size : Math.Min(1, j % size), TimeSpan.FromSeconds(random.Next(2) * 120)),
            })],
        };
    }
}
