using Dispatch.Domain.Calendars;
using NodaTime;

namespace Dispatch.Domain.Tests.Calendars;

/// <summary>Wall clocks of every zone there is, above all on the days on which they change.</summary>
public class WallClockTests
{
    private static readonly Instant Begin = Instant.FromUtc(1990, 1, 1, 0, 0), End = Instant.FromUtc(2038, 1, 1, 0, 0);

    private static readonly (TimeOnly From, TimeOnly Until)[] Hours =
    [
        (new(0, 0), new(0, 0)), (new(9, 0), new(18, 0)), (new(22, 0), new(3, 0)), (new(2, 30), new(2, 45)), (new(1, 15), new(1, 45)), (new(23, 30), new(0, 30)), (new(0, 15), new(2, 15)), (new(9, 0), new(9, 0)),
    ];

    [Fact]
    public void HoursNeverEndBeforeTheyBegin_AndDaysFollowEachOther() => InEveryZone(2, Ordinary(), (name, clock, days) =>
    {
        foreach (DateOnly day in days)
        {
            Assert.Equal(clock.Hours(day, default, default).To, clock.First(day.AddDays(1), default));
            foreach ((TimeOnly from, TimeOnly until) in Hours)
            {
                TimeWindow hours = clock.Hours(day, from, until);
                Assert.True(hours.From <= hours.To, $"{name} {day:O} {from}-{until}: {hours}");
                Assert.True(hours.To - hours.From < TimeSpan.FromHours(49), $"{name} {day:O} {from}-{until}: {hours}");
            }
        }
    });

    [Fact]
    public void AMomentLiesInTheDayItsClockShows() => InEveryZone(2, [], (name, clock, days) =>
    {
        foreach (DateOnly day in days)
        {
            TimeWindow whole = clock.Hours(day, default, default);
            Assert.Equal(whole.From < whole.To, clock.Has(day));
            if (!clock.Has(day))
                continue;
            Assert.Equal(day, clock.DayOf(whole.From));
            Assert.True(clock.DayOf(whole.From.AddMinutes(-1)) < day, $"{name} {day:O}");
            Assert.True(clock.DayOf(whole.To) > day, $"{name} {day:O}");
        }
    });

    /// <summary>A second opinion that knows nothing of mappings: it looks at the clock every quarter of an hour of the hours before.</summary>
    [Fact]
    public void NoEarlierMomentShowsThatTimeOrALaterOne() => InEveryZone(0, [], (name, clock, days) =>
    {
        foreach (DateOnly day in days)
            foreach (TimeOnly time in Hours.Select(h => h.From))
            {
                DateTime asked = day.ToDateTime(time);
                DateTimeOffset first = clock.First(day, time);
                Assert.True(clock.At(first).DateTime >= asked.AddMinutes(-1), $"{name} {asked:O}: {clock.At(first):O}");
                for (int quarters = 1; quarters < 16; quarters++)
                    if (clock.At(first.AddMinutes(-15 * quarters)).DateTime >= asked)
                        Assert.Fail($"{name} {asked:O}: {clock.At(first):O} is not the first");
            }
    });

    [Fact]
    public void InSpring_TheHourLeftOutIsEmpty()
    {
        WallClock clock = WallClock.Of("America/New_York");
        DateOnly day = new(2026, 3, 8);
        DateTimeOffset change = new(2026, 3, 8, 7, 0, 0, TimeSpan.Zero);
        Assert.Equal(new TimeWindow(change, change), clock.Hours(day, new(2, 15), new(2, 45)));
        Assert.Equal(new TimeWindow(change, change.AddMinutes(30)), clock.Hours(day, new(2, 30), new(3, 30)));
    }

    [Fact]
    public void InAutumn_AnHourThatComesTwiceBeginsTheFirstTime()
    {
        WallClock clock = WallClock.Of("America/New_York");
        DateOnly day = new(2026, 11, 1);
        DateTimeOffset first = new(2026, 11, 1, 5, 30, 0, TimeSpan.Zero);
        Assert.Equal(first, clock.First(day, new(1, 30)));
        Assert.Equal(TimeSpan.FromHours(25), clock.Hours(day, default, default) is var whole ? whole.To - whole.From : default);
    }

    [Fact]
    public void LordHowe_ChangesByHalfAnHour()
    {
        WallClock clock = WallClock.Of("Australia/Lord_Howe");
        TimeWindow spring = clock.Hours(new(2026, 10, 4), new(2, 0), new(2, 30)), day = clock.Hours(new(2026, 10, 4), default, default);
        Assert.Equal(spring.From, spring.To);
        Assert.Equal(TimeSpan.FromHours(23.5), day.To - day.From);
    }

    [Fact]
    public void Apia_HadNoThirtiethOfDecember()
    {
        WallClock clock = WallClock.Of("Pacific/Apia");
        DateOnly skipped = new(2011, 12, 30);
        TimeWindow hours = clock.Hours(skipped, new(9, 0), new(18, 0));
        Assert.False(clock.Has(skipped));
        Assert.Equal(hours.From, hours.To);
        Assert.Equal(new DateOnly(2011, 12, 31), clock.DayOf(hours.From));
        Assert.True(clock.Has(skipped.AddDays(-1)) && clock.Has(skipped.AddDays(1)));
    }

    [Theory]
    [InlineData("China Standard Time")]
    [InlineData("Asia/Shanghai ")]
    [InlineData("GMT+8")]
    [InlineData("asia/shanghai")]
    [InlineData("Middle/Earth")]
    [InlineData("")]
    public void OnlyNamesOfTheDatabase_AreFound(string name)
    {
        Assert.Null(WallClock.Find(name));
        Assert.Throws<ArgumentException>(() => WallClock.Of(name));
    }

    [Theory]
    [InlineData("Asia/Shanghai", "Asia/Shanghai")]
    [InlineData("China Standard Time", "Asia/Shanghai")]
    [InlineData("Asia/Shanghai ", "Asia/Shanghai")]
    [InlineData("asia/shanghai", "Asia/Shanghai")]
    [InlineData("GMT+8", "Etc/GMT-8")]
    [InlineData("UTC-03:00", "Etc/GMT+3")]
    [InlineData("Middle/Earth", "UTC")]
    [InlineData(null, "UTC")]
    public void AStoredName_StandsForAZoneThatBrowsersKnow(string? stored, string name) => Assert.Equal(name, WallClock.OfStored(stored).Name);

    [Fact]
    public void OffsetsOfSeconds_AreCutToMinutes() => Assert.Equal(TimeSpan.FromMinutes(-44), WallClock.Of("Africa/Monrovia").At(new(1971, 1, 1, 0, 0, 0, TimeSpan.Zero)).Offset);

    private static IEnumerable<DateOnly> Ordinary() => Enumerable.Range(0, 366).Select(n => new DateOnly(2026, 1, 1).AddDays(n));

    /// <summary>The days on which each clock changes and some on either side, with others.</summary>
    private static void InEveryZone(int around, IEnumerable<DateOnly> others, Action<string, WallClock, IEnumerable<DateOnly>> check)
    {
        Assert.True(WallClock.Names.Count > 500);
        foreach (string name in WallClock.Names)
            check(name, WallClock.Of(name), DateTimeZoneProviders.Tzdb[name].GetZoneIntervals(Begin, End)
                .Where(interval => interval.HasStart && interval.Start > Begin)
                .SelectMany(interval => Enumerable.Range(-around, 1 + (2 * around)).Select(n => interval.IsoLocalStart.Date.PlusDays(n).ToDateOnly()))
                .Concat(others).Distinct());
    }
}
