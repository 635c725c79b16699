using System.Collections.Immutable;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching.Points;
using Dispatch.Domain.Offers;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;

namespace Dispatch.Domain.Tests.Offers;

/// <summary>How soon somebody could do it, by ledgers as they stand.</summary>
public class CapacityTests
{
    /// <summary>Ten in the morning in Shanghai, a Tuesday.</summary>
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 2, 0, 0, TimeSpan.Zero);
    private static readonly ZoneId North = new("zone_n");
    private static readonly Place Home = new(121, 31), Near = new(121.01, 31);
    private static readonly ITravel Travel = new PlanarTravel(Home, 10);
    private static readonly ServiceNeeds Needs = ServiceNeeds.Of([new("phone", 1)], ["heat_mat"], [new("screen", 1)], TimeSpan.FromMinutes(45));
    private static readonly OfferRules Times = new();

    private static TechnicianState Technician(string id = "tech_1") => new(
        new TechnicianId(id), new TenantId("main"),
        new TechnicianProfile("Li", North, Home, new TimeWindow(Now.AddHours(-1), Now.AddHours(8)), [new("phone", 2)], ["heat_mat"], [new("screen", 1)], null, default, [new BrandAuthorisation("Huawei", Now.AddHours(3))]),
        [new("screen", 1)], true, false, Home, Now.AddHours(-1), [], [], null, 0, false);

    private static Commitment Held(DateTimeOffset until, params PartQuantity[] parts) => new(
        new JobId("job_held"), new Epoch(1), CommitmentStatus.Confirmed, new Visit(Now, Now, Now, until), Near, [.. parts], TimeSpan.FromMinutes(30), Now, null, null);

    private static ModeCapacity Visit(params TechnicianState[] technicians) => VisitCapacity.Of(OfferMode.DoorToDoor, technicians, Needs, "Huawei", North, Near, Now, Travel);

    [Fact]
    public void AVisit_BeginsWhenSomebodyIsFree_AndHasTravelled()
    {
        ModeCapacity soon = Visit(Technician());
        TimeSpan way = Travel.Leg(Home, Near, Now).Duration;
        Assert.Equal((Now + way, Now + way + Needs.Service, "zone_n", null), (soon.From, soon.Until, soon.Where, soon.Reason));
        // Somebody else's work ends where ours is, so no way is left.
        Assert.Equal(Now.AddHours(1), Visit(Technician() with { Commitments = [Held(Now.AddHours(1))] }).From);
        Assert.Equal(Now + way, Visit(Technician("tech_2") with { Commitments = [Held(Now.AddHours(1))] }, Technician()).From);
    }

    public static TheoryData<string, TechnicianState, string> Lacking => new()
    {
        { "off duty", Technician() with { OnDuty = false }, "plan.no_technician" },
        { "of another zone", Technician() with { Profile = Technician().Profile with { Zone = new ZoneId("zone_s") } }, "plan.no_technician" },
        { "not authorised", Technician() with { Profile = Technician().Profile with { Authorisations = [] } }, "plan.brand_not_authorised" },
        { "authorised until before", Technician() with { Commitments = [Held(Now.AddHours(4))] }, "plan.brand_not_authorised" },
        { "without the skill", Technician() with { Profile = Technician().Profile with { Skills = [new("phone", 0)] } }, "plan.skill_missing" },
        { "without the tool", Technician() with { Profile = Technician().Profile with { Tools = [] } }, "plan.tool_missing" },
        { "without the part", Technician() with { Stock = [] }, "plan.part_missing" },
        { "with the part promised", Technician() with { Commitments = [Held(Now.AddHours(1), new PartQuantity("screen", 1))] }, "plan.part_missing" },
        { "at the end of the shift", Technician() with { Profile = Technician().Profile with { Shift = new TimeWindow(Now.AddHours(-1), Now.AddMinutes(46)) } }, "plan.shift_exceeded" },
    };

    [Theory]
    [MemberData(nameof(Lacking))]
    public void AVisit_NobodyCanMake_HasTheReasonOfTheOneWhoCameNearest(string what, TechnicianState technician, string code)
    {
        Assert.True(Visit(technician).Reason?.Code == code, $"{what}: {Visit(technician).Reason?.Code}");
        Assert.Equal(code == "plan.no_technician" ? "plan.brand_not_authorised" : code,
            Visit(technician, Technician("tech_9") with { Profile = Technician().Profile with { Authorisations = [] } }).Reason!.Code);
        Assert.Null(Visit(technician, Technician("tech_9")).Reason);
    }

    [Fact]
    public void AVisit_FitsBetweenTwoPromises_WhereTheSecondIsStillReached()
    {
        TimeSpan way = Travel.Leg(Home, Near, Now).Duration;
        Commitment later = Held(Now.AddHours(3)) with { Visit = new Visit(Now.AddHours(2), Now.AddHours(2), Now.AddHours(2), Now.AddHours(2.5)) };
        ModeCapacity before = Visit(Technician() with { Commitments = [later] });
        Assert.Equal(Now + way, before.From);
        Commitment soon = later with { Visit = new Visit(Now, Now, Now + way + Needs.Service - TimeSpan.FromMinutes(1), Now.AddHours(2.5)) };
        Assert.Equal(Now.AddHours(2.5), Visit(Technician() with { Commitments = [soon] }).From);
        Assert.Equal(Now.AddHours(2.5), Visit(Technician() with { Commitments = [later with { Status = CommitmentStatus.EnRoute }] }).From);
    }

    [Fact]
    public void AVisit_BeginsInTheWindowThatWasAskedFor_OrNotAtAll()
    {
        ModeCapacity In(double from, double to) => VisitCapacity.Of(OfferMode.DoorToDoor, [Technician()], Needs, "Huawei", North, Near, Now, Travel, new TimeWindow(Now.AddHours(from), Now.AddHours(to)));
        ModeCapacity two = In(2, 3);
        Assert.Equal((Now.AddHours(2), new TechnicianId("tech_1")), (two.From, two.Takes!.Technician!.Value));
        Assert.Equal("plan.window_missed", In(-2, -1).Reason!.Code);
        Assert.Equal("plan.shift_exceeded", VisitCapacity.Of(OfferMode.DoorToDoor, [Technician()], Needs, null, North, Near, Now, Travel, new TimeWindow(Now.AddHours(7.5), Now.AddHours(9))).Reason!.Code);
    }

    [Fact]
    public void AVisit_OutsideOfAllTerritories_IsNone() =>
        Assert.Equal("job.outside_territory", VisitCapacity.Of(OfferMode.DoorToDoor, [Technician()], Needs, null, null, Near, Now, Travel).Reason!.Code);

    private static ServicePointState Point(string id = "point_1", int perDay = 1, params BenchSlot[] bench) => new(
        new ServicePointId(id), new TenantId("main"),
        new ServicePointProfile("People's Square", North, Near, [North], ["Huawei"], [new("phone", 2)], new OpeningHours(new TimeOnly(9, 0), new TimeOnly(18, 0), "Asia/Shanghai", [DayOfWeek.Sunday]), [new("phone", perDay)]),
        [new("screen", 5), new("battery", 1), new(ExchangeUnits.PartCode("Huawei", "P60 Pro"), 1)], [.. bench], []);

    private static BenchSlot Taken(DateOnly day, params PartQuantity[] parts) => new(new JobId($"job_{day.Day}"), new Epoch(1), BenchSlotStatus.Confirmed, day, "phone", [.. parts], null);

    private static PointCapacity At(params ServicePointState[] points) => new(new MailInRules(), Times, points, Now);

    private static readonly MailInJob Asked = new(new JobId("job_"), North, Home, "phone", "Huawei", Needs, Now);

    [Fact]
    public void APoint_TakesAWalkInAtOnce_AndParcelsWhenTheyCanBeThere()
    {
        ImmutableArray<ModeCapacity> found = At(Point(perDay: 3)).Repairs(Asked);
        Assert.Equal([OfferMode.WalkIn, OfferMode.PickupReturn, OfferMode.MailIn], found.Select(c => c.Mode));
        Assert.All(found, c => Assert.Equal(("point_1", null), (c.Where, c.Reason)));
        // Today at the point until it closes at six; the parcel is there today too, and back on the same day it is promised for.
        Assert.Equal((Now, new DateTimeOffset(2026, 9, 1, 10, 0, 0, TimeSpan.Zero)), (found[0].From, found[0].Until));
        Assert.Equal(Now.AddHours(2), found[2].From);
        Assert.True(found[1].Until <= found[2].Until);
    }

    [Fact]
    public void AWalkIn_GoesToTheFirstDayWithAPlace_AndNeverToADayThatIsOver()
    {
        DateOnly today = new(2026, 9, 1);
        ModeCapacity second = At(Point(perDay: 1, bench: Taken(today))).Repairs(Asked)[0];
        Assert.Equal(new DateTimeOffset(2026, 9, 2, 1, 0, 0, TimeSpan.Zero), second.From);
        PointCapacity evening = new(new MailInRules(), Times, [Point(perDay: 1)], Now.AddHours(8.5));
        Assert.Equal(new DateTimeOffset(2026, 9, 2, 1, 0, 0, TimeSpan.Zero), evening.Repairs(Asked)[0].From);
        PointCapacity saturday = new(new MailInRules(), Times, [Point(perDay: 1)], new DateTimeOffset(2026, 9, 5, 11, 0, 0, TimeSpan.Zero));
        Assert.Equal(new DateTimeOffset(2026, 9, 7, 1, 0, 0, TimeSpan.Zero), saturday.Repairs(Asked)[0].From);
    }

    [Fact]
    public void WhatAPointCannotDo_HasItsReason()
    {
        Assert.All(At().Repairs(Asked), c => Assert.Equal("plan.no_point", c.Reason!.Code));
        Assert.All(At(Point()).Repairs(Asked with { Brand = "Xiaomi" }), c => Assert.Equal("point.brand_not_authorised", c.Reason!.Code));
        Assert.Equal("point.part_missing", At(Point()).SelfService([new PartQuantity("battery", 2)], Home).Reason!.Code);
        Assert.Null(At(Point()).SelfService([new PartQuantity("battery", 1)], Home).Reason);
    }

    [Fact]
    public void AnExchangeUnit_IsAPartThatNobodyHolds()
    {
        Assert.Equal("unit:huawei:p60-pro", ExchangeUnits.PartCode(" Huawei", "P60 Pro"));
        Assert.All(At(Point()).Swaps("Huawei", "P60 Pro", Home), c => Assert.Equal(("point_1", null), (c.Where, c.Reason)));
        ServicePointState promised = Point(bench: Taken(new DateOnly(2026, 9, 2), new PartQuantity("unit:huawei:p60-pro", 1)));
        Assert.All(At(promised).Swaps("Huawei", "P60 Pro", Home), c => Assert.Equal("offer.no_exchange_unit", c.Reason!.Code));
        Assert.All(At(Point()).Swaps("Huawei", "Mate", Home), c => Assert.Equal("offer.no_exchange_unit", c.Reason!.Code));
    }
}
