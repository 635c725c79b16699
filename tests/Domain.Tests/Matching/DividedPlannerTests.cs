using Dispatch.Domain;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Divided;

namespace Domain.Tests.Matching;

public sealed class DividedPlannerTests
{
    private const int Technicians = 90;
    private const int Jobs = 420;

    private static readonly PlanningRules Rules = PlanningRules.Default with { Explain = false };

    [Fact]
    public void LargeZone_KeepsEveryRuleAndAddsUp()
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            PlanningSnapshot zone = CityZones.Make(seed, Technicians, Jobs);

            Assert.Empty(new PlanChecker(zone, Given.Travel, Rules).Check(Plan(zone, null, 0)));
            Assert.Empty(new PlanChecker(zone, Given.Travel, Rules).Check(Plan(zone, null, 20_000)));
        }
    }

    [Fact]
    public void Improvement_ServesNoFewerAndCostsLess()
    {
        PlanningSnapshot zone = CityZones.Make(4, Technicians, Jobs);
        ZonePlan inserted = Plan(zone, null, 0);
        ZonePlan improved = Plan(zone, inserted, 30_000);

        Assert.True(improved.Unplaced.Length <= inserted.Unplaced.Length);
        Assert.True(improved.Cost.Total < inserted.Cost.Total);
    }

    [Fact]
    public void SamePlan_ComesOfAnyNumberOfThreads()
    {
        PlanningSnapshot zone = CityZones.Make(5, Technicians, Jobs);
        string one = CityZones.Describe(Plan(zone, null, 15_000, 1));

        Assert.Equal(one, CityZones.Describe(Plan(zone, null, 15_000, 1)));
        Assert.Equal(one, CityZones.Describe(Plan(zone, null, 15_000, 2)));
        Assert.Equal(one, CityZones.Describe(Plan(zone, null, 15_000, 4)));
    }

    [Fact]
    public void NewJob_FindsItsPlaceAndMovesOnlyItsNeighbourhood()
    {
        PlanningSnapshot zone = CityZones.Make(6, Technicians, Jobs);
        ZonePlan plan = Plan(zone, null, 20_000);
        JobSnapshot late = CityZones.Job(new Random(1), "late");
        PlanningSnapshot then = zone with { Jobs = zone.Jobs.Add(late) };
        ZonePlan next = Plan(then, plan, 1);

        Assert.Empty(new PlanChecker(then, Given.Travel, Rules).Check(next));
        Assert.Contains(next.Routes, route => route.Stops.Any(stop => stop.Job == late.Id));
        int moved = plan.Routes.Zip(next.Routes).Count(pair => !pair.First.Stops.Select(stop => stop.Job).SequenceEqual(pair.Second.Stops.Select(stop => stop.Job)));
        Assert.InRange(moved, 1, 24);
    }

    [Fact]
    public void TechnicianWhoDropsOut_LeavesNoJobBehindUnseen()
    {
        PlanningSnapshot zone = CityZones.Make(7, Technicians, Jobs);
        ZonePlan plan = Plan(zone, null, 20_000);
        int busiest = Enumerable.Range(0, Technicians).MaxBy(t => plan.Routes[t].Stops.Length);
        PlanningSnapshot then = zone with { Technicians = zone.Technicians.RemoveAt(busiest), Now = zone.Now };
        ZonePlan next = Plan(then, plan, 1);

        Assert.Empty(new PlanChecker(then, Given.Travel, Rules).Check(next));
        Assert.All(next.Unplaced, unplaced => Assert.NotEmpty(unplaced.Reasons));
    }

    [Fact]
    public void Placement_IsExplainedAmongItsNeighbours()
    {
        PlanningSnapshot zone = CityZones.Make(8, Technicians, Jobs);
        DividedPlanner planner = new(Given.Travel, Rules);
        ZonePlan plan = planner.Plan(zone, null, new PlanBudget(5_000), 1);
        PlannedRoute route = plan.Routes.First(r => r.Stops.Length > 1);
        JobId job = route.Stops.First(stop => stop.Job is not null).Job!.Value;

        Placement? explained = planner.Explain(zone, plan, null, job);

        Assert.NotNull(explained);
        Assert.Equal(route.Technician, explained.Technician);
        Assert.NotEmpty(explained.Alternatives);
    }

    private static ZonePlan Plan(PlanningSnapshot zone, ZonePlan? previous, long rounds, int threads = 2) =>
        new DividedPlanner(Given.Travel, Rules, threads).Plan(zone, previous, new PlanBudget(rounds), 1);
}
