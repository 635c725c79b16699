using Dispatch.Domain;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Costs;

namespace Domain.Tests.Matching;

public sealed class ZonePlannerTests
{
    [Fact]
    public void TechnicianAtHome_LeavesAsLateAsTheWindowAllows()
    {
        var plan = Given.Plan(Given.Snapshot([Given.Technician()], [Given.Job() with { Windows = [Given.Window(1000, 2000)] }]));

        var route = Assert.Single(plan.Routes);
        var stop = Assert.Single(route.Stops);
        Assert.Equal(Given.After(900), route.LeavesAt);
        Assert.Equal(Given.After(1900), route.LeavesNoLaterThan);
        Assert.Equal(Given.After(1000), stop.ArriveAt);
        Assert.Equal(Given.After(1000), stop.StartAt);
        Assert.Equal(Given.After(1060), stop.FinishAt);
        Assert.Equal(Given.After(1160), route.HomeAt);
        Assert.Equal(TimeSpan.Zero, route.Waiting);
        Assert.Equal(260_000 * 50, plan.Cost.Total);
    }

    [Fact]
    public void TechnicianOnTheRoad_PaysForWaiting()
    {
        var technician = Given.Technician() with { HasLeftHome = true, FreeAt = Given.After(50) };
        var plan = Given.Plan(Given.Snapshot([technician], [Given.Job() with { Windows = [Given.Window(1000, 2000)] }]));

        var route = Assert.Single(plan.Routes);
        var stop = Assert.Single(route.Stops);
        Assert.Equal(Given.After(50), route.LeavesAt);
        Assert.Equal(Given.After(150), stop.ArriveAt);
        Assert.Equal(Given.After(900), stop.DepartNoLaterThan);
        Assert.Equal(TimeSpan.FromSeconds(850), route.Waiting);
        Assert.Equal(850_000 * 50, plan.Cost.Of("waiting"));
    }

    [Fact]
    public void JobThatNeedsATool_BringsADepotCallIntoTheRoute()
    {
        var plan = Given.Plan(Given.Snapshot([Given.Technician()], [Given.Job() with { Tools = Given.Set("oven") }], Given.Depot()));

        var route = Assert.Single(plan.Routes);
        Assert.Equal([StopKind.Depot, StopKind.Job], route.Stops.Select(stop => stop.Kind));
        Assert.Equal(new DepotId("d1"), route.Stops[0].Depot);
        Assert.Empty(plan.Unplaced);
    }

    [Fact]
    public void UnplacedJob_CountsEachTechnicianUnderTheConstraintThatStopsHim()
    {
        var skilled = Given.Technician("late") with { Skills = Given.Counts(("solder", 2)), ShiftEnd = Given.After(200) };
        var job = Given.Job(east: 500) with { Skills = Given.Counts(("solder", 2)) };
        var plan = Given.Plan(Given.Snapshot([Given.Technician("a"), Given.Technician("b", 50), skilled], [job]));

        var unplaced = Assert.Single(plan.Unplaced);
        Assert.Equal(["plan.shift_exceeded", "plan.skill_missing"], unplaced.Reasons.Select(reason => reason.Code));
        Assert.Equal([1, 2], unplaced.Reasons.Select(reason => reason.Technicians));
        Assert.Equal("late", unplaced.Reasons[0].Nearest.Value);
        Assert.Equal("b", unplaced.Reasons[1].Nearest.Value);
        Assert.Equal(860_000, unplaced.Reasons[0].Example.Excess);
    }

    [Fact]
    public void PlacedJob_NamesTheNextBestAndWhoIsBarred()
    {
        var job = Given.Job() with { Excluded = [new TechnicianId("c")] };
        var plan = Given.Plan(Given.Snapshot([Given.Technician("a"), Given.Technician("b", -50), Given.Technician("c", 100)], [job]));

        var placement = Assert.Single(plan.Placements);
        Assert.Equal("a", placement.Technician.Value);
        Assert.Equal(260_000 * 50, placement.Added.Total);
        var alternative = Assert.Single(placement.Alternatives);
        Assert.Equal("b", alternative.Technician.Value);
        Assert.Equal(100_000 * 50, alternative.Difference);
        Assert.Equal("plan.technician_excluded", Assert.Single(placement.Barred).Code);
    }

    [Fact]
    public void PromisedTechnician_KeepsTheJobUnlessAnotherSavesMoreThanThePrice()
    {
        var technicians = new[] { Given.Technician("a"), Given.Technician("b", -50) };
        var job = Given.Job() with { PromisedTo = new TechnicianId("b") };
        var steady = Given.Plan(Given.Snapshot(technicians, [job]), rules: Priced(84));
        var moved = Given.Plan(Given.Snapshot(technicians, [job]), rules: Priced(83));

        Assert.Equal("b", steady.Placements[0].Technician.Value);
        Assert.Equal("a", moved.Placements[0].Technician.Value);
        Assert.Equal(83 * 60_000, moved.Cost.Of("disruption"));

        // A hundred seconds at 50 a minute are worth 83 and a third.
        static PlanningRules Priced(int movedPromise) => PlanningRules.Default with { Prices = new PriceList { MovedPromise = movedPromise } };
    }

    [Fact]
    public void EarlierPlan_IsKeptWhereItStillFits()
    {
        var technicians = new[] { Given.Technician("a"), Given.Technician("b", -50) };
        var first = Given.Plan(Given.Snapshot([technicians[1]], [Given.Job("j1"), Given.Job("j2", 120)]));
        var second = Given.Plan(Given.Snapshot(technicians, [Given.Job("j2", 120), Given.Job("j3", 0, 40)]), previous: first);

        Assert.Contains(second.Routes[1].Stops, stop => stop.Job == new JobId("j2"));
        Assert.Empty(second.Unplaced);
    }

    [Fact]
    public void JobWithTwoWindows_IsServedInTheOneThatStillFits()
    {
        var job = Given.Job() with { Windows = [Given.Window(0, 50), Given.Window(400, 500)] };
        var plan = Given.Plan(Given.Snapshot([Given.Technician()], [job]));

        Assert.Equal(Given.After(400), plan.Routes[0].Stops[0].StartAt);
    }

    [Fact]
    public void HigherPriority_IsServedWhereOnlyOneJobFits()
    {
        var technician = Given.Technician() with { ShiftEnd = Given.After(300) };
        var plan = Given.Plan(Given.Snapshot([technician], [Given.Job("low"), Given.Job("high", -100) with { Priority = 1 }]));

        Assert.Equal(new JobId("high"), plan.Routes[0].Stops[0].Job);
        Assert.Equal(new JobId("low"), Assert.Single(plan.Unplaced).Job);
    }

    [Fact]
    public void DayThatBeginsAndEndsAtTheDepot_IsPlannedFromThere()
    {
        var technician = Given.Technician() with { Start = Given.At(0, 100), Home = Given.At(0, 100) };
        var plan = Given.Plan(Given.Snapshot([technician], [Given.Job(east: 0, north: 300)], Given.Depot()));

        Assert.Equal(TimeSpan.FromSeconds(400), plan.Routes[0].Travel);
    }

    [Fact]
    public void TechnicianWhoDoesNotReturn_MayFinishWhenTheShiftEnds()
    {
        var technician = Given.Technician() with { ReturnsHome = false, ShiftEnd = Given.After(160) };
        var plan = Given.Plan(Given.Snapshot([technician], [Given.Job()]));

        Assert.Null(plan.Routes[0].HomeAt);
        Assert.Equal(160_000 * 50, plan.Cost.Total);
    }

    [Fact]
    public void TechnicianTooLateToGetHome_GetsNothingAndCostsNothing()
    {
        var technician = Given.Technician() with { Start = Given.At(5000, 0), HasLeftHome = true, FreeAt = Given.After(9000) };
        var plan = Given.Plan(Given.Snapshot([technician], [Given.Job()]));

        Assert.Empty(plan.Routes[0].Stops);
        Assert.Null(plan.Routes[0].LeavesAt);
        Assert.Equal("plan.shift_exceeded", Assert.Single(Assert.Single(plan.Unplaced).Reasons).Code);
        Assert.Equal(plan.Cost.Of("unserved"), plan.Cost.Total);
    }

    [Fact]
    public void EmptyZone_GivesAnEmptyPlan()
    {
        var plan = Given.Plan(Given.Snapshot([], [Given.Job()]), rounds: 10);

        Assert.Empty(plan.Routes);
        Assert.Empty(Assert.Single(plan.Unplaced).Reasons);
        Assert.Equal(0, Given.Plan(Given.Snapshot([Given.Technician()], []), rounds: 10).Cost.Total);
    }

    [Fact]
    public void SnapshotThatContradictsItself_IsAProgrammingError()
    {
        Assert.Throws<ArgumentException>(() => Given.Plan(Given.Snapshot([Given.Technician(), Given.Technician()], [])));
        Assert.Throws<ArgumentException>(() => Given.Plan(Given.Snapshot([], [Given.Job() with { Windows = [Given.Window(2, 1)] }])));
        Assert.Throws<ArgumentException>(() => Given.Plan(Given.Snapshot([], [Given.Job() with { Service = TimeSpan.FromSeconds(-1) }])));
    }

    [Fact]
    public void CancelledBudget_StillGivesAPlan()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var plan = new ZonePlanner(Given.Travel).Plan(
            Given.Snapshot([Given.Technician()], [Given.Job()]), null, new PlanBudget(long.MaxValue, cancelled.Token), 1);

        Assert.Empty(plan.Unplaced);
        Assert.Equal(0, plan.Effort.Iterations);
    }

    [Fact]
    public void Break_LiesBetweenStopsAndCostsNothing()
    {
        PlanningSnapshot Day(params BreakSnapshot[] breaks) => Given.Snapshot(
            [Given.Technician() with { Breaks = [.. breaks] }],
            [Given.Job() with { Windows = [Given.Window(0, 500)] }, Given.Job("j2") with { Windows = [Given.Window(2000, 2500)] }]);

        ZonePlan plan = Given.Plan(Day(Given.Break(800, 1200, 600)), rounds: 50);
        PlannedRoute route = plan.Routes[0];

        Assert.Equal([StopKind.Job, StopKind.Break, StopKind.Job], route.Stops.Select(stop => stop.Kind));
        Assert.InRange(route.Stops[1].StartAt, Given.After(800), Given.After(1200));
        Assert.Equal(TimeSpan.FromSeconds(600), route.Breaks);
        // What would have been waited for is rested now.
        Assert.Equal(600L * 1000 * 50, Given.Plan(Day(), rounds: 50).Cost.Total - plan.Cost.Total);
    }

    [Fact]
    public void Break_IsNotPartOfADayWithoutWorkOrBehindIt()
    {
        TechnicianSnapshot technician = Given.Technician() with { Breaks = [Given.Break(3000, 4000, 600)] };

        ZonePlan plan = Given.Plan(Given.Snapshot([technician, technician with { Id = new TechnicianId("t2") }], [Given.Job()]), rounds: 50);

        Assert.Equal([1, 0], plan.Routes.Select(route => route.Stops.Length).OrderDescending());
        Assert.Equal(TimeSpan.FromSeconds(260), plan.Routes.Single(route => !route.Stops.IsEmpty).Duration);
    }

    [Fact]
    public void BreakThatComesNew_TakesTheTimeOfWork()
    {
        TechnicianSnapshot technician = Given.Technician() with { ShiftEnd = Given.After(600) };
        PlanningSnapshot snapshot = Given.Snapshot([technician], [Given.Job(), Given.Job("j2"), Given.Job("j3")]);
        ZonePlan before = Given.Plan(snapshot);

        ZonePlan after = Given.Plan(snapshot with { Technicians = [technician with { Breaks = [Given.Break(0, 150, 250)] }] }, previous: before);

        Assert.Empty(before.Unplaced);
        Assert.Equal(2, after.Routes[0].Stops.Count(stop => stop.Kind == StopKind.Job));
        Assert.Equal("plan.shift_exceeded", Assert.Single(Assert.Single(after.Unplaced).Reasons).Code);
    }
}
