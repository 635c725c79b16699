using Dispatch.Domain;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Matching.Costs;

namespace Domain.Tests.Matching.Costs;

/// <summary>One table per term: what it charges for a route or for a job left out.</summary>
public sealed class PlanningCostTests
{
    private static readonly PlannedRoute Route = new(
        new TechnicianId("t1"),
        Given.Morning,
        [new PlannedStop(StopKind.Job, new JobId("j1"), null, Given.After(0), Given.After(100), Given.After(130), Given.After(190))],
        Given.After(290),
        TimeSpan.FromSeconds(200),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromSeconds(60),
        Given.Morning);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 200_000)]
    [InlineData(3, 600_000)]
    public void Travel_IsTimeOnTheWay(int weight, long expected) =>
        Assert.Equal(expected, new TravelCost().OfRoute(Route, Context(Given.Job(), Priced(new PriceList { TravelPerMinute = weight }))));

    [Theory]
    [InlineData(1, 30_000)]
    [InlineData(2, 60_000)]
    public void Waiting_IsTimeBeforeWindowsOpen(int weight, long expected) =>
        Assert.Equal(expected, new WaitingCost().OfRoute(Route, Context(Given.Job(), Priced(new PriceList { WaitingPerMinute = weight }))));

    [Theory]
    [InlineData(1, 60_000)]
    [InlineData(0, 0)]
    public void Service_IsTimeAtWork(int weight, long expected) =>
        Assert.Equal(expected, new ServiceCost().OfRoute(Route, Context(Given.Job(), Priced(new PriceList { WorkPerMinute = weight }))));

    /// <summary>Promised to, planned before with, and the price: a broken promise costs 600, a changed plan 45.</summary>
    [Theory]
    [InlineData(null, null, 0)]
    [InlineData("t1", null, 0)]
    [InlineData("t2", null, 600)]
    [InlineData(null, "t1", 0)]
    [InlineData(null, "t2", 45)]
    [InlineData("t2", "t2", 600)]
    [InlineData("t1", "t2", 0)]
    public void Disruption_IsPaidForAnotherTechnician(string? promised, string? before, long price)
    {
        var job = Given.Job() with { PromisedTo = promised is null ? null : new TechnicianId(promised) };
        var previous = before is null ? null : Previous(new TechnicianId(before));
        var rules = Priced(new PriceList { MovedPromise = 600, MovedPlan = 45 });

        Assert.Equal(price * 60_000, new DisruptionCost().OfRoute(Route, Context(job, rules, previous)));
    }

    /// <summary>The route ends after 290 s. Shift end, end of overtime, when free, and the seconds charged for.</summary>
    [Theory]
    [InlineData(300, 400, 0, 0)]
    [InlineData(290, 400, 0, 0)]
    [InlineData(200, 400, 0, 90)]
    [InlineData(200, 400, 250, 40)]
    [InlineData(200, null, 0, 0)]
    [InlineData(200, 100, 0, 0)]
    public void Overtime_IsTimeAfterTheShift_BeyondWhatIsCommitted(int shiftEnd, int? until, int free, int charged)
    {
        TechnicianSnapshot technician = Given.Technician("t1") with { ShiftEnd = Given.After(shiftEnd), OvertimeUntil = until is { } most ? Given.After(most) : null, FreeAt = Given.After(free) };
        PricingContext context = new(Given.Snapshot([technician], [Given.Job()]), null, Priced(new PriceList { OvertimePerMinute = 30 }));

        Assert.Equal(charged * 1000 * 30, new OvertimeCost().OfRoute(Route, context));
    }

    [Fact]
    public void OvertimeIsWorked_RatherThanAJobLeftOut_AndAvoidedWhereAnotherHasTime()
    {
        TechnicianSnapshot late = Given.Technician("late") with { ShiftEnd = Given.After(200), OvertimeUntil = Given.After(260) };

        ZonePlan alone = Given.Plan(Given.Snapshot([late], [Given.Job()]));
        Assert.Equal(60 * 1000 * 25, alone.Cost.Of("overtime"));
        Assert.Equal("other", Assert.Single(Given.Plan(Given.Snapshot([late, Given.Technician("other", -10)], [Given.Job()])).Placements).Technician.Value);
        Assert.Equal("late", Assert.Single(Given.Plan(Given.Snapshot([late, Given.Technician("other", -20)], [Given.Job()])).Placements).Technician.Value);
        Assert.Single(Given.Plan(Given.Snapshot([late with { OvertimeUntil = Given.After(259) }], [Given.Job()])).Unplaced);
    }

    /// <summary>Whom the customer would like best, and whether t1 is charged for.</summary>
    [Theory]
    [InlineData("", 0)]
    [InlineData("t1", 0)]
    [InlineData("t2", 33)]
    [InlineData("t2,t1", 0)]
    [InlineData("t2,t3", 33)]
    public void Preference_IsPaidWhereAnotherThanThePreferredComes(string preferred, long price)
    {
        JobSnapshot job = Given.Job() with { Preferred = [.. preferred.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => new TechnicianId(id))] };

        Assert.Equal(price * 60_000, new PreferenceCost().OfRoute(Route, Context(job, Priced(new PriceList { OtherThanPreferred = 33 }))));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("t1", 0)]
    [InlineData("t2", 44)]
    public void Continuity_IsPaidWhereAnotherComesThanTheLastTime(string? before, long price)
    {
        JobSnapshot job = Given.Job() with { SameAsBefore = before is null ? null : new TechnicianId(before) };

        Assert.Equal(price * 60_000, new ContinuityCost().OfRoute(Route, Context(job, Priced(new PriceList { OtherThanBefore = 44 }))));
    }

    /// <summary>Earned by t1 and two employed like him, and by somebody employed otherwise, who does not count.</summary>
    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(900, 0, 0, 600)]
    [InlineData(900, 900, 900, 0)]
    [InlineData(0, 900, 900, 0)]
    [InlineData(101, 0, 0, 68)]
    public void Fairness_IsAShareOfWhatLiesAboveTheMean(long own, long second, long third, long above)
    {
        TechnicianSnapshot[] technicians =
        [
            Given.Technician("t1") with { Earned = own }, Given.Technician("t2") with { Earned = second }, Given.Technician("t3") with { Earned = third },
            Given.Technician("t4") with { Earned = 1_000_000, Employment = Employment.SpareTime },
        ];
        PricingContext context = new(Given.Snapshot(technicians, [Given.Job()]), null, Priced(new PriceList { UnfairnessPercent = 5 }));

        Assert.Equal(above * 60_000 * 5 / 100, new FairnessCost().OfRoute(Route, context));
    }

    [Fact]
    public void WhoHasEarnedLess_GetsTheJobUnlessTheWayIsTooFar()
    {
        // 60.00 above the mean at one hundredth make 60 minor units: 72 s of two ways at 50 a minute.
        PlanningSnapshot snapshot = Given.Snapshot([Given.Technician("rich") with { Earned = 12_000 }, Given.Technician("poor", -30)], [Given.Job()]);

        Assert.Equal("poor", Who(snapshot));
        Assert.Equal("rich", Who(snapshot with { Technicians = [snapshot.Technicians[0], Given.Technician("poor", -40)] }));

        static string Who(PlanningSnapshot snapshot) => Assert.Single(Given.Plan(snapshot).Placements).Technician.Value;
    }

    [Theory]
    [InlineData(0, DeadlineClass.Regular, 1)]
    [InlineData(0, DeadlineClass.Timed, 2)]
    [InlineData(0, DeadlineClass.Urgent, 4)]
    [InlineData(3, DeadlineClass.Regular, 8)]
    [InlineData(9, DeadlineClass.Urgent, 2048)]
    [InlineData(10, DeadlineClass.Regular, 512)]
    [InlineData(-1, DeadlineClass.Regular, 1)]
    public void Unserved_DoublesByPriorityAndClass(int priority, DeadlineClass deadline, long times)
    {
        var job = Given.Job() with { Priority = priority, Deadline = deadline };
        var rules = Priced(new PriceList { Unserved = 7 });

        Assert.Equal(times * 7 * 60_000, new UnservedCost().OfUnplaced(job, Context(job, rules)));
    }

    [Theory]
    [InlineData(0, true, -60, 0)]
    [InlineData(2, true, -60, 120_000)]
    [InlineData(2, true, 60, 0)]
    [InlineData(2, false, -60, 0)]
    public void Idle_IsTimeStoodSinceTheLastStop(int weight, bool hasLeftHome, int freeAt, long expected)
    {
        var technician = Given.Technician("t1") with { HasLeftHome = hasLeftHome, FreeAt = Given.After(freeAt) };
        var context = new PricingContext(Given.Snapshot([technician], [Given.Job()]), null, Priced(new PriceList { IdlePerMinute = weight }));

        Assert.Equal(expected, new IdleCost().OfRoute(Route, context));
        Assert.Equal(0, new IdleCost().OfRoute(Route with { Stops = [] }, context));
    }

    [Fact]
    public void CountedIdleTime_GoesToWhoHasJustFinished()
    {
        // Nearer by fifty seconds each way, but idle for ten minutes.
        var near = Given.Technician("near") with { HasLeftHome = true, FreeAt = Given.After(-600) };
        var fresh = Given.Technician("fresh", -50) with { HasLeftHome = true };
        var snapshot = Given.Snapshot([near, fresh], [Given.Job()]);

        Assert.Equal(["near"], Used(PlanningRules.Default));
        Assert.Equal(["fresh"], Used(Priced(new PriceList { IdlePerMinute = 50 })));

        string[] Used(PlanningRules rules) =>
            [.. new ZonePlanner(Given.Travel, rules).Plan(snapshot, null, new PlanBudget(50), 1).Routes.Where(route => !route.Stops.IsEmpty).Select(route => route.Technician.Value)];
    }

    [Fact]
    public void DearerWaiting_MakesTheSolverWaitLess()
    {
        // The near technician would wait on the road, the far one is at home and drives instead.
        var near = Given.Technician("near") with { HasLeftHome = true, MaxJobs = 1 };
        var far = Given.Technician("far", -300);
        var snapshot = Given.Snapshot([near, far], [Given.Job() with { Windows = [Given.Window(900, 1000)] }]);

        var byTravel = Given.Plan(snapshot, rules: Priced(new PriceList { WaitingPerMinute = 0 }));
        var byDuration = Given.Plan(snapshot);

        Assert.Single(byTravel.Routes[0].Stops);
        Assert.Single(byDuration.Routes[1].Stops);
    }

    [Theory]
    [InlineData(0, 25, 0)]
    [InlineData(1, 25, 25 * 60_000)]
    [InlineData(1, 0, 0)]
    public void DepotCall_HasAPriceBesideItsTime(int calls, int price, long expected)
    {
        var stop = Route.Stops[0] with { Kind = StopKind.Depot, Job = null, Depot = new DepotId("d1") };
        var route = Route with { Stops = [.. Route.Stops, .. Enumerable.Repeat(stop, calls)] };

        Assert.Equal(expected, new DepotCallCost().OfRoute(route, Context(Given.Job(), Priced(new PriceList { DepotCall = price }))));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(29_999, 0)]
    [InlineData(30_000, 1)]
    [InlineData(-30_000, -1)]
    [InlineData(60_000 * 123, 123)]
    public void Money_IsReadInWholeMinorUnits(long units, long minor) => Assert.Equal(minor, PlanMoney.ToMinor(units));

    private static PlanningRules Priced(PriceList prices) => PlanningRules.Default with { Prices = prices };

    private static PricingContext Context(JobSnapshot job, PlanningRules rules, ZonePlan? previous = null) =>
        new(Given.Snapshot([Given.Technician()], [job]), previous, rules);

    private static ZonePlan Previous(TechnicianId technician) => new(
        Given.Morning, [Route with { Technician = technician }], [], [], new PlanCost([]), default);
}
