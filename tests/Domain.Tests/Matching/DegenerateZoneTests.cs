using Dispatch.Domain;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Divided;

namespace Domain.Tests.Matching;

/// <summary>
/// Zones in which there is next to nothing to plan with: nobody at work, one or two, people who can take nothing, more jobs than anyone
/// could do.
/// </summary>
public sealed class DegenerateZoneTests
{
    private static readonly PlanningRules Rules = PlanningRules.Default with { Explain = false };

    /// <summary>More than are planned whole.</summary>
    private const int Many = DividedPlanner.MostJobsWhole + 1;

    public static TheoryData<string, int, int> Zones()
    {
        TheoryData<string, int, int> zones = new();
        foreach (string technicians in (string[])["working", "off shift", "full", "unskilled", "cut off", "barred", "idle and over"])
            foreach (int count in (int[])[0, 1, 2])
                foreach (int jobs in (int[])[0, 1, DividedPlanner.MostJobsWhole, Many])
                    zones.Add(technicians, count, jobs);
        return zones;
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void EveryZone_IsPlanned_AndEveryJobLeftOutHasItsReasons(string technicians, int count, int jobs)
    {
        PlanningSnapshot zone = Zone(technicians, count, jobs, seed: count + jobs);
        IZonePlanner[] planners = [new ZonePlanner(Given.Travel, Rules), new DividedPlanner(Given.Travel, Rules, threads: 2)];
        // A small zone is planned by the first of them in either case.
        foreach (IZonePlanner planner in jobs is 1 or DividedPlanner.MostJobsWhole ? planners[1..] : planners)
        {
            ZonePlan first = planner.Plan(zone, null, PlanBudget.InsertionOnly, 1);
            Judge(zone, first, (IPlanExplainer)planner);
            Judge(zone, planner.Plan(zone, first, new PlanBudget(200), 2), (IPlanExplainer)planner);
        }
    }

    /// <summary>The last technician goes home while several hundred jobs are planned, and another one comes.</summary>
    [Fact]
    public void PlanOfAFullZone_OutlivesTheEndOfEveryShift()
    {
        PlanningSnapshot full = CityZones.Make(3, 60, Many);
        PlanningSnapshot empty = full with { Technicians = [], Now = full.Now.AddMinutes(1) };
        PlanningSnapshot one = full with { Technicians = [full.Technicians[7]], Now = full.Now.AddMinutes(2) };
        DividedPlanner planner = new(Given.Travel, Rules, threads: 2);
        ZonePlan plan = planner.Plan(full, null, new PlanBudget(500), 1);
        foreach (PlanningSnapshot next in (PlanningSnapshot[])[empty, one, empty, full])
        {
            plan = planner.Plan(next, plan, new PlanBudget(500), 2);
            Judge(next, plan, planner);
        }
    }

    [Theory]
    [InlineData("working", 0)]
    [InlineData("working", 1)]
    [InlineData("working", 2)]
    [InlineData("off shift", 2)]
    [InlineData("unskilled", 2)]
    public void TwoThousandJobs_ArePlannedWithAlmostNobody(string technicians, int count)
    {
        PlanningSnapshot zone = Zone(technicians, count, 2000, seed: 1);
        ZonePlan plan = new DividedPlanner(Given.Travel, Rules, threads: 2).Plan(zone, null, new PlanBudget(2_000), 1);
        Judge(zone, plan, null);
    }

    /// <summary>A visit of several technicians is planned whole, also where there is nobody for it.</summary>
    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 3)]
    [InlineData(0, Many)]
    public void JobsOfSeveralTechnicians_WaitWhereThereAreTooFew(int count, int jobs)
    {
        PlanningSnapshot zone = Zone("working", count, jobs, seed: 2);
        zone = zone with
        {
            Jobs =
            [
                .. zone.Jobs,
                .. Enumerable
                    .Range(0, 2)
                    .Select(i => Given.Job($"part{i}") with { Part = new JobPart(new JobId("whole"), 0, TimeSpan.Zero) }),
            ],
        };
        ZonePlan plan = new DividedPlanner(Given.Travel, Rules).Plan(zone, null, new PlanBudget(100), 1);
        Judge(zone, plan, null);
        Assert.All((string[])["part0", "part1"], part => Assert.Contains(plan.Unplaced, left => left.Job == new JobId(part)));
    }

    private static void Judge(PlanningSnapshot zone, ZonePlan plan, IPlanExplainer? explainer)
    {
        Assert.Empty(new PlanChecker(zone, Given.Travel, Rules).Check(plan));
        Assert.All(plan.Unplaced, left => Assert.All(left.Counts, count => Assert.StartsWith("plan.", count.Code)));
        // A large zone asks the 24 technicians around a job.
        Assert.All(
            plan.Unplaced,
            left =>
                Assert.Equal(
                    Math.Clamp(zone.Technicians.Length, 1, zone.Jobs.Length < Many ? int.MaxValue : 24),
                    left.Counts.Sum(count => count.Count)
                )
        );
        if (explainer is null)
            return;
        // First, last and one that is placed, if there is any.
        JobId[] asked =
        [
            .. zone.Jobs.Take(1).Concat(zone.Jobs.TakeLast(1)).Select(job => job.Id),
            .. plan.Routes.SelectMany(route => route.Stops).Select(stop => stop.Job).OfType<JobId>().Take(1),
        ];
        HashSet<JobId> left = [.. plan.Unplaced.Select(unplaced => unplaced.Job)];
        Assert.All(asked, job => Assert.Equal(left.Contains(job), explainer.Explain(zone, plan, null, job) is null));
        Assert.Null(explainer.Explain(zone, plan, null, new JobId("unknown")));
    }

    private static PlanningSnapshot Zone(string technicians, int count, int jobs, int seed)
    {
        Random random = new(seed);
        return Given.Snapshot(
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(i => As(technicians, i, Given.Technician($"t{i}", random.Next(4000), random.Next(4000)))),
            ],
            [
                .. Enumerable
                    .Range(0, jobs)
                    .Select(i => Given.Job($"j{i}", random.Next(4000), random.Next(4000)) with { Skills = Given.Counts(("glass", 1)) }),
            ],
            Given.Depot("d1", 2000, 2000)
        );
    }

    private static TechnicianSnapshot As(string what, int index, TechnicianSnapshot technician)
    {
        TechnicianSnapshot skilled = technician with { Skills = Given.Counts(("glass", 1)) };
        return what switch
        {
            "working" => skilled,
            "off shift" => skilled with { ShiftStart = Given.Morning.AddHours(-9), ShiftEnd = Given.Morning.AddHours(-1) },
            "full" => skilled with { MaxJobs = 0 },
            "unskilled" => technician,
            "cut off" => skilled with { FreeAt = Given.Morning.AddDays(40) },
            "barred" => skilled with { Areas = [] },
            "idle and over" => index % 2 == 0 ? skilled with { ShiftEnd = Given.Morning } : skilled with { MaxJobs = 1 },
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
    }
}
