using System.Collections.Immutable;
using Dispatch.Sim.City.Demand;
using Dispatch.Sim.City.Plan;
using Dispatch.Sim.Client.Api;

namespace Sim.Tests.City;

public sealed class DemandTests
{
    private static readonly ImmutableArray<string> Brands = ["Apple", "Canon", "Huawei", "Nikon", "Sony", "Xiaomi"];
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 0, 0, 0, CityPlan.Offset);
    private static readonly CityPlan Plan = CityPlan.Living(Drawn.City, 1, Brands);
    private static readonly ImmutableArray<RequestPlan> Day = new RequestSchedule(Plan, Brands).DayOf(Monday);

    [Fact]
    public void TheCurveIsTheWholeDay_BusyInTheMorningAndQuietAtNight()
    {
        Assert.Equal(1, Enumerable.Range(0, 24).Sum(DemandCurve.ShareOf), 9);
        Assert.True(DemandCurve.ShareOf(10) > DemandCurve.ShareOf(12) && DemandCurve.ShareOf(18) > DemandCurve.ShareOf(12) && DemandCurve.ShareOf(12) > 5 * DemandCurve.ShareOf(3));
        Assert.Equal(TimeSpan.Zero, DemandCurve.TimeAt(0));
        double before = 0;
        for (double share = 0; share < 1; share += 0.01)
        {
            double hours = DemandCurve.TimeAt(share).TotalHours;
            Assert.InRange(hours, before, 24);
            before = hours;
        }
    }

    [Fact]
    public void ADayOfRequests_IsInOrderAndOfBothKinds()
    {
        Assert.InRange(Day.Length, 0.9 * RequestSchedule.PerDay, 1.1 * RequestSchedule.PerDay);
        Assert.Equal(Day.OrderBy(r => r.At), Day);
        Assert.InRange(Day.Count(r => r.MailIn) / (double)Day.Length, RequestSchedule.MailInShare - 0.04, RequestSchedule.MailInShare + 0.04);
        Assert.Equal(Day.Length, Day.Select(r => r.Key).Distinct().Count());
        Assert.Equal(Enum.GetValues<Segment>(), Day.Select(r => r.Segment).Distinct().Order());
        Assert.All(Day, r => Assert.StartsWith(RequestSchedule.SerialMark, r.Device.Serial));
    }

    [Fact]
    public void AtTheDoorThereIsAWindowStillAhead_AndForTheMailNone() => Assert.All(Day, r =>
    {
        Assert.Equal(r.MailIn, r.Window is null);
        if (r.Window is { } window)
            Assert.True(window.To > r.At.AddHours(1) && window.From < window.To, $"{r.At:t}: {window}");
    });

    [Fact]
    public void TheSameSeedAndDateGiveTheSameRequests_OthersGiveOthers()
    {
        Assert.Equal(Day, new RequestSchedule(CityPlan.Living(Drawn.City, 1, Brands), Brands).DayOf(Monday));
        Assert.NotEqual(Day.Select(r => r.Address), new RequestSchedule(Plan with { Seed = 2 }, Brands).DayOf(Monday).Select(r => r.Address));
        Assert.NotEqual(Day.Take(100).Select(r => r.Address), new RequestSchedule(Plan, Brands).DayOf(Monday.AddDays(1)).Take(100).Select(r => r.Address));
    }

    [Fact]
    public void ThereAreTwoHundredFullTimeAndSixtySpareTimeTechnicians_WithNamesOfTheirOwn()
    {
        Assert.Equal((200, 60, 16), (Count(Engagement.FullTime), Count(Engagement.SpareTime), Count(Engagement.Visitor)));
        Assert.Equal(276, Plan.Technicians.Select(t => t.Name).Distinct().Count());
        Assert.Equal(12, Plan.Points.Length);
        Assert.True(Average(Engagement.SpareTime) < Average(Engagement.FullTime));
        static int Count(Engagement e) => Plan.Technicians.Count(t => t.Engagement == e);
        static double Average(Engagement e) => Plan.Technicians.Where(t => t.Engagement == e).Average(t => t.Skills.Sum(s => s.Level));
    }

    [Fact]
    public void AtNineInTheMorning_MostFullTimersWorkAndSpareTimersMostlyInTheEvening()
    {
        Assert.InRange(At(Engagement.FullTime, 9.5), 110, 180);
        Assert.InRange(At(Engagement.SpareTime, 9.5), 1, 12);
        Assert.InRange(At(Engagement.SpareTime, 19.5), 20, 50);
        Assert.Equal(0, At(Engagement.FullTime, 3));
        static int At(Engagement e, double hour) => Plan.Technicians.Count(t => t.Engagement == e && Roster.ShiftOn(1, t, Monday) is { } shift && shift.From <= Monday.AddHours(hour) && shift.To > Monday.AddHours(hour));
    }

    [Fact]
    public void TheNextShift_IsTheOneThatLastsOrElseALaterOne() => Assert.All(Plan.Technicians.Where(t => t.Engagement != Engagement.Visitor), t =>
    {
        Period shift = Roster.Next(1, t, Monday, Monday.AddHours(12));
        Assert.True(shift.To > Monday.AddHours(12));
        Assert.InRange((shift.To - shift.From).TotalHours, 2, 10);
    });

    [Fact]
    public void EveryDoorLiesInExactlyOneZone_AndTheZonesShareTheWork()
    {
        ImmutableArray<ZonePlan> zones = ZoneCutter.Cut(Drawn.City);
        var doors = Drawn.City.Gazetteer.Doors.Where((_, i) => i % 7 == 0).ToList();
        Assert.All(doors, d => Assert.Equal(1, zones.Count(z => z.Contains(d.At))));
        Assert.All(zones, z => Assert.InRange(doors.Count(d => z.Contains(d.At)) / (double)doors.Count, 0.12, 0.4));
        Assert.All(zones, z => Assert.True(z.Contains(z.Depot)));
        Assert.All(zones, z => Assert.Equal(z.Territory[0], z.Territory[^1]));
    }
}
