using Dispatch.Sim.City.Map;
using Dispatch.Sim.City.People;
using Dispatch.Sim.City.Plan;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Phones;
using Dispatch.Sim.Replay.Instances;

namespace Sim.Tests.City;

public sealed class TechnicianMapTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 11, 23, 0, 0, 0, CityPlan.Offset);
    private static readonly CityPlan Plan = CityPlan.Living(Drawn.City, 1, ["Apple", "Canon"]);
    private static readonly TechnicianPlan Somebody = Plan.Technicians.First(t => t.Engagement == Engagement.FullTime);
    private readonly DayClock day = new(Midnight);
    private readonly TechnicianMap map;

    public TechnicianMapTests() => map = new TechnicianMap(Plan, Somebody, day, new Period(Midnight.AddHours(8), Midnight.AddHours(17)));

    private IPhoneMap Known => map;

    [Fact]
    public void AJobOffered_IsDrivenToAlongRoads_AndTakesAboutAsLongAsReckoned()
    {
        int node = map.NodeOf(Job("job_1", 9), Midnight.AddHours(8));
        PhoneState phone = new(map, TechnicianMap.Home);
        (phone, _) = PhoneCore.Handle(phone, new PhoneInput.Offered("job_1", node, 1, At(9), At(8.9)), At(8.9));
        (phone, _) = PhoneCore.Handle(phone, new PhoneInput.Confirmed("job_1", 1), At(8.95));
        (phone, _) = PhoneCore.Handle(phone, new PhoneInput.Tick(), At(9));
        Leg leg = phone.Leg!;
        Assert.Equal(Known.Travel(TechnicianMap.Home, node, leg.Depart), leg.Arrive - leg.Depart, 6);
        Assert.InRange((leg.Finish - leg.Start) / 2400, 0.6, 1.8);
        for (double part = 0.1; part < 1; part += 0.1)
        {
            PlanePoint at = phone.At(leg.Depart + part * (leg.Arrive - leg.Depart));
            Assert.InRange(Drawn.City.Roads.Snap(at).At.DistanceTo(at), 0, 1e-6);
        }
    }

    [Fact]
    public void TheSameOfferIsTheSameNumber_AndAnotherWindowAnotherOne()
    {
        int first = map.NodeOf(Job("job_1", 9), Midnight.AddHours(8));
        Assert.Equal(first, map.NodeOf(Job("job_1", 9), Midnight.AddHours(8.1)));
        int later = map.NodeOf(Job("job_1", 13), Midnight.AddHours(8.2));
        Assert.NotEqual(first, later);
        Assert.Equal(Known.Service(first), Known.Service(later));
        Assert.Equal((At(9), At(13)), (Known.Opens(first), Known.Opens(later)));
    }

    [Fact]
    public void WhatWouldEndLongAfterTheShift_IsDeclined()
    {
        int node = map.NodeOf(Job("job_1", 18), Midnight.AddHours(8));
        (_, var actions) = PhoneCore.Handle(new PhoneState(map, TechnicianMap.Home), new PhoneInput.Offered("job_1", node, 1, At(18), At(16)), At(16));
        Assert.Equal([new PhoneAction.Decline("job_1", 1, PhoneForecast.NoTime)], actions);
    }

    [Fact]
    public void RushHourMakesTheSameWayLonger() =>
        Assert.True(Known.Travel(TechnicianMap.Home, TechnicianMap.Depot, At(8.2)) > 1.2 * Known.Travel(TechnicianMap.Home, TechnicianMap.Depot, At(13)));

    private DayTime At(double hour) => day.ToDay(Midnight.AddHours(hour));

    private static JobView Job(string id, double opens) => new(id, "zone_north", "offered", 1, 1, null, null, null, null)
    {
        Place = Plan.Map.ToPlace(Drawn.City.Gazetteer.Doors[1234].At), Windows = [new Period(Midnight.AddHours(opens), Midnight.AddHours(opens + 3))], ServiceSeconds = 2400,
    };
}
