using Dispatch.Domain.Calendars;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Matching.Points;
using Dispatch.Domain.ServicePoints;

namespace Dispatch.Domain.Tests.ServicePoints;

public class OpeningHoursTests
{
    private static readonly OpeningHours Night = new(new TimeOnly(22, 0), new TimeOnly(3, 0), "Asia/Shanghai", [DayOfWeek.Sunday]);
    private static readonly OpeningHours AlwaysOpen = new(TimeOnly.MinValue, TimeOnly.MinValue, "Asia/Shanghai", []);

    /// <summary>2026-03-06 is a Friday.</summary>
    private static DateOnly March(int day) => new(2026, 3, day);

    private static DateTimeOffset Shanghai(int day, int hour, int minute = 0) => new(2026, 3, day, hour, minute, 0, TimeSpan.FromHours(8));

    [Fact]
    public void ANightShift_EndsOnTheNextDay() =>
        Assert.Equal((Shanghai(6, 22), Shanghai(7, 3)), (Night.OpensAt(March(6)), Night.ClosesAt(March(6))));

    [Theory]
    [InlineData(6, 21, 6)]
    [InlineData(6, 23, 6)]
    [InlineData(7, 2, 6)]
    [InlineData(7, 3, 7)]
    [InlineData(8, 1, 7)]
    [InlineData(9, 1, 9)]
    public void TheSmallHours_BelongToTheDayWhoseShiftStillRuns(int day, int hour, int bench) => Assert.Equal(March(bench), Night.DayOf(Shanghai(day, hour)));

    [Fact]
    public void AllDay_IsAWholeDay_AndItsDaysAreThoseOfTheCalendar()
    {
        Assert.Equal((Shanghai(6, 0), Shanghai(7, 0)), (AlwaysOpen.OpensAt(March(6)), AlwaysOpen.ClosesAt(March(6))));
        Assert.Equal((March(6), March(7)), (AlwaysOpen.DayOf(Shanghai(6, 23, 59)), AlwaysOpen.DayOf(Shanghai(7, 0))));
    }

    [Fact]
    public void AParcelOfTheNight_IsWorkedOnThatNight()
    {
        MailInRules rules = new() { CollectWithin = TimeSpan.Zero, TransitBase = TimeSpan.Zero, UnpackBefore = TimeSpan.FromHours(2) };
        Assert.Equal(March(6), rules.FirstDay(Night, Shanghai(7, 0, 30), 0));
        Assert.Equal(March(7), rules.FirstDay(Night, Shanghai(7, 1, 30), 0));
        Assert.Equal(Shanghai(7, 3), rules.ReadyAt(Night, March(6), TimeSpan.FromMinutes(30)));
        // Back at the door at 07:00 of the seventh; a promise lasts to the end of that day of the calendar.
        Assert.Equal(Shanghai(7, 23, 59), rules.Promise(Night, March(6), TimeSpan.FromMinutes(30), 0));
    }

    [Fact]
    public void HoursThatTheClockSkips_AreNoWorkingDay()
    {
        OpeningHours small = new(new TimeOnly(2, 15), new TimeOnly(2, 45), "America/New_York", []);
        Assert.False(small.IsWorkingDay(March(8)));
        Assert.Equal(March(9), small.WorkingDayFrom(March(8)));
        Assert.Equal(0, PointWith(small).Open(March(8), "phone", new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void ADayThatTheCalendarSkips_IsNoWorkingDay() =>
        Assert.False(new OpeningHours(new TimeOnly(9, 0), new TimeOnly(18, 0), "Pacific/Apia", []).IsWorkingDay(new DateOnly(2011, 12, 30)));

    [Fact]
    public void NoPointAnywhere_OpensAfterItCloses()
    {
        (TimeOnly, TimeOnly)[] all = [(new(9, 0), new(18, 0)), (new(22, 0), new(3, 0)), (new(2, 30), new(2, 45)), (default, default), (new(23, 45), new(0, 15))];
        foreach (string zone in WallClock.Names)
            foreach ((TimeOnly open, TimeOnly close) in all)
                for (DateOnly day = March(1); day < March(1).AddDays(366); day = day.AddDays(1))
                {
                    OpeningHours hours = new(open, close, zone, []);
                    Assert.True(hours.OpensAt(day) < hours.ClosesAt(day) == hours.IsWorkingDay(day), $"{zone} {day:O} {open}-{close}");
                    Assert.True(hours.ClosesAt(day) <= hours.OpensAt(day.AddDays(1)), $"{zone} {day:O} {open}-{close}");
                    Assert.Equal(day, hours.CalendarDayOf(hours.EndOf(day)));
                    if (hours.IsWorkingDay(day))
                        Assert.Equal(day, hours.DayOf(hours.OpensAt(day)));
                }
    }

    [Fact]
    public void AStoredNameOfAnotherSystem_StopsNothing()
    {
        OpeningHours stored = new(new TimeOnly(9, 0), new TimeOnly(18, 0), "China Standard Time", []);
        Assert.Equal(Shanghai(6, 9), stored.OpensAt(March(6)));
        Assert.Equal(March(6), (stored with { TimeZone = "Middle/Earth" }).DayOf(Shanghai(6, 12)));
    }

    private static ServicePointState PointWith(OpeningHours hours) => new(
        new ServicePointId("point_night"), new TenantId("t"),
        new ServicePointProfile("Night", new ZoneId("zone_n"), new Place(121, 31), [], ["Huawei"], [], hours, [new BenchCapacity("phone", 3)]), [], [], []);
}
