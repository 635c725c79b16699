using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Divided;

namespace Domain.Tests.Matching;

/// <summary>
/// The ends of what the public interface lets through: shifts of years, windows of next century, places at a pole and across the date line,
/// a day's work at one door.
/// </summary>
public sealed class ExtremeSnapshotTests
{
    private static readonly PlanningRules Rules = PlanningRules.Default;
    private static readonly ITravel Travel = new StraightLineTravel(new TravelModel());

    /// <summary>
    /// Moments around the present, around the end of what the solver reckons with, and the ends of what a request may say.
    /// </summary>
    private static readonly DateTimeOffset[] Moments =
    [
        new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Given.Morning.AddDays(-400),
        Given.Morning.AddDays(-1),
        Given.Morning.AddMilliseconds(-1),
        Given.Morning,
        Given.Morning.AddTicks(3),
        Given.Morning.AddHours(9),
        Given.Morning.AddDays(11),
        Given.Morning.AddDays(12),
        Given.Morning.AddMilliseconds((1 << 30) - 2),
        Given.Morning.AddMilliseconds((1 << 30) - 1),
        Given.Morning.AddMilliseconds(1 << 30),
        Given.Morning.AddDays(13),
        Given.Morning.AddDays(60),
        new(2199, 12, 31, 23, 59, 59, TimeSpan.Zero),
    ];

    private static readonly Place[] Places =
    [
        Given.Origin,
        Given.At(800, -900),
        Given.At(60_000, 0),
        new(180, 0),
        new(-180, 0),
        new(179.999, 0.001),
        new(0, 90),
        new(120, 90),
        new(0, -90),
        new(-66, -22),
    ];

    [Fact]
    public void EverySnapshot_IsPlannedByTheRules_AndEveryJobLeftOutHasItsReasons()
    {
        int placed = 0;
        HashSet<string> codes = [];
        for (int seed = 0; seed < 1500; seed++)
        {
            PlanningSnapshot zone = Make(new Random(seed));
            ZonePlanner planner = new(Travel, Rules);
            ZonePlan plan = planner.Plan(zone, null, new PlanBudget(20), 1);
            ZonePlan next = planner.Plan(zone with { Now = zone.Now.AddHours(1) }, plan, new PlanBudget(20), 2);

            IReadOnlyList<string> wrong =
            [
                .. new PlanChecker(zone, Travel, Rules).Check(plan),
                .. new PlanChecker(zone with { Now = zone.Now.AddHours(1) }, Travel, Rules).Check(next),
            ];
            Assert.True(wrong.Count == 0, $"seed {seed}: {string.Join("; ", wrong)}");
            Assert.All(plan.Unplaced, left => Assert.Equal(zone.Technicians.Length, left.Reasons.Sum(reason => reason.Technicians)));
            codes.UnionWith(plan.Unplaced.SelectMany(left => left.Reasons).Select(reason => reason.Code));
            placed += zone.Jobs.Length - plan.Unplaced.Length;
        }

        Assert.True(placed > 500, $"only {placed} jobs placed");
        Assert.Superset(
            new HashSet<string> { "plan.unreachable", "plan.shift_exceeded", "plan.window_missed", "plan.beyond_horizon" },
            codes
        );
    }

    /// <summary>The same in a zone that is planned in parts, hour after hour.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ALargeZone_IsPlannedByTheRulesHourAfterHour(int seed)
    {
        PlanningSnapshot zone = Make(new Random(seed), technicians: 30, jobs: DividedPlanner.MostJobsWhole + 20);
        DividedPlanner planner = new(Travel, Rules with { Explain = false }, threads: 2);
        ZonePlan? plan = null;
        for (int hour = 0; hour < 4; hour++)
        {
            PlanningSnapshot now = zone with { Now = zone.Now.AddHours(hour) };
            plan = planner.Plan(now, plan, new PlanBudget(300), (ulong)hour);

            Assert.Empty(new PlanChecker(now, Travel, Rules).Check(plan));
            Assert.All(plan.Unplaced, left => Assert.NotEmpty(left.Reasons));
        }
    }

    private static PlanningSnapshot Make(Random random) => Make(random, random.Next(1, 4), random.Next(1, 8));

    private static PlanningSnapshot Make(Random random, int technicians, int jobs) => Given.Snapshot(
        [.. Enumerable.Range(0, technicians).Select(i => Technician(random, i))],
        [.. Enumerable.Range(0, jobs).Select(i => Job(random, i))],
        [.. Enumerable.Range(0, random.Next(2)).Select(i => Given.Depot($"d{i}") with { Place = At(random) })]);

    private static TechnicianSnapshot Technician(Random random, int index)
    {
        DateTimeOffset[] shift = [.. random.GetItems(Moments, 2).Order()];
        Place home = At(random);
        return Given.Technician($"t{index}") with
        {
            Home = home,
            Start = random.Next(3) == 0 ? At(random) : home,
            FreeAt = random.Next(3) == 0 ? At(Moments, random) : shift[0],
            HasLeftHome = random.Next(3) == 0,
            ShiftStart = shift[0],
            ShiftEnd = shift[1],
            ReturnsHome = random.Next(4) != 0,
            Stock = Given.Counts(("screen", random.Next(3) * 256_000)),
            MaxJobs = random.Next(4) == 0 ? random.Next(1_001) : null,
        };
    }

    private static JobSnapshot Job(Random random, int index) =>
        Given.Job($"j{index}") with
        {
            Place = At(random),
            Service = random.Next(4) switch
            {
                0 => TimeSpan.Zero,
                1 => TimeSpan.FromDays(1),
                _ => TimeSpan.FromMinutes(40),
            },
            Windows =
            [
                .. Enumerable
                    .Range(0, random.Next(3))
                    .Select(_ => random.GetItems(Moments, 2).Order().ToArray())
                    .Select(ends => new TimeWindow(ends[0], ends[1])),
            ],
            Parts = random.Next(3) == 0 ? Given.Counts(("screen", 32_000)) : Codes.None,
            Priority = random.Next(10),
            Deadline = (DeadlineClass)random.Next(3),
        };

    private static Place At(Random random) =>
        random.Next(2) == 0 ? Given.At(random.Next(-3000, 3000), random.Next(-3000, 3000)) : At(Places, random);

    private static T At<T>(T[] of, Random random) => of[random.Next(of.Length)];
}
