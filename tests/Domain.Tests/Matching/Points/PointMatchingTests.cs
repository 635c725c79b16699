using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching.Points;
using Dispatch.Domain.ServicePoints;

namespace Dispatch.Domain.Tests.Matching.Points;

public class PointMatchingTests
{
    /// <summary>Nine in the morning of a Monday in Shanghai.</summary>
    private static readonly DateTimeOffset Nine = new(2026, 5, 4, 1, 0, 0, TimeSpan.Zero);
    private static readonly MailInRules Rules = new();
    private static readonly OpeningHours Hours = new(new TimeOnly(9, 0), new TimeOnly(18, 0), "Asia/Shanghai", [DayOfWeek.Sunday]);

    private static ServicePointState Point(
        string id, double east = 0, string zone = "zone_n", string brand = "Sony", int level = 2, string bench = "phone", int perDay = 2, int screens = 10) => new(
        new ServicePointId(id), new TenantId("main"),
        new ServicePointProfile(id, new ZoneId(zone), new Place(121 + east, 31), [new ZoneId(zone)], [brand], [new("phone", level)], Hours, [new BenchCapacity(bench, perDay)]),
        [new("screen", screens)], [], []);

    private static MailInJob Job(string id = "job_a", int priority = 0, double east = 0, TimeSpan? work = null) => new(
        new JobId(id), new ZoneId("zone_n"), new Place(121 + east, 31), "phone", "Sony",
        ServiceNeeds.Of([new("phone", 2)], [], [new("screen", 1)], work ?? TimeSpan.FromMinutes(40), priority), Nine);

    private static ImmutableArray<BenchMatch> Match(IReadOnlyCollection<MailInJob> jobs, params ServicePointState[] points) => new PointMatching(Rules).Match(jobs, points, Nine);

    public static TheoryData<string?, string> Table() => new()
    {
        { null, "fits" },
        { "point.not_served", "zone" },
        { "point.brand_not_authorised", "brand" },
        { "point.category_missing", "bench" },
        { "point.skill_missing", "skill" },
        { "point.part_missing", "part" },
        { "point.bench_full", "places" },
    };

    [Theory, MemberData(nameof(Table))]
    public void EachConstraint_AloneStopsAPoint(string? code, string what)
    {
        ServicePointState point = what switch
        {
            "zone" => Point("point_a", zone: "zone_s"),
            "brand" => Point("point_a", brand: "Nokia"),
            "bench" => Point("point_a", bench: "camera"),
            "skill" => Point("point_a", level: 1),
            "part" => Point("point_a", screens: 0),
            "places" => Full(Point("point_a", screens: 100), Rules.DaysAhead),
            _ => Point("point_a"),
        };
        BenchMatch match = Assert.Single(Match([Job()], point));
        Assert.Equal(code, match.Verdicts.Single().Violation?.Code);
        Assert.Equal(code is null, match.Chosen is not null);
    }

    private static ServicePointState Full(ServicePointState point, int days)
    {
        for (int day = 0; day <= days; day++)
            for (int i = 0; i < 2; i++)
                if (Hours.IsWorkingDay(Hours.DayOf(Nine).AddDays(day)))
                    point = point with { Bench = point.Bench.Add(new BenchSlot(new JobId($"job_x{day}_{i}"), new Epoch(1), BenchSlotStatus.Confirmed, Hours.DayOf(Nine).AddDays(day), "phone", [], null)) };
        return point;
    }

    [Fact]
    public void TheNearerPoint_WinsWhileItHasPlaces_AndTheTotalCostIsTheSumOfItsTerms()
    {
        ImmutableArray<BenchMatch> matches = Match([.. Enumerable.Range(0, 3).Select(i => Job($"job_{i}"))], Point("point_far", east: 0.2), Point("point_near"));
        // Three devices, two places a day: waiting a day weighs more than a longer way.
        Assert.Equal(["point_far", "point_near", "point_near"], matches.Select(m => m.Chosen!.Point.Value).Order());
        Assert.All(matches, m => Assert.Equal(m.Chosen!.Freight + m.Chosen.Wait + m.Chosen.Load, m.Chosen.Cost));
        Assert.All(matches, m => Assert.Equal(2, m.Verdicts.Length));
    }

    [Fact]
    public void NobodyIsGivenWhatAnotherHasTaken()
    {
        ImmutableArray<BenchMatch> matches = Match([.. Enumerable.Range(0, 40).Select(i => Job($"job_{i:00}"))], Point("point_a", screens: 25));
        Assert.Equal(25, matches.Count(m => m.Chosen is not null));
        Assert.All(matches.Where(m => m.Chosen is not null).GroupBy(m => m.Chosen!.Day), day => Assert.True(day.Count() <= 2));
        Assert.All(matches.Where(m => m.Chosen is null), m => Assert.Equal("point.part_missing", m.Verdicts.Single().Violation!.Code));
    }

    [Fact]
    public void AHigherPriority_ChoosesFirst()
    {
        ImmutableArray<BenchMatch> matches = Match([Job("job_a"), Job("job_b", priority: 5)], Point("point_a", screens: 1));
        Assert.Equal(new JobId("job_b"), Assert.Single(matches, m => m.Chosen is not null).Job);
    }

    [Fact]
    public void WhoHasOnlyOnePoint_GoesBeforeWhoHasTwo()
    {
        ServicePointState one = Point("point_one", perDay: 1), two = Point("point_two", east: 0.02, brand: "Canon", perDay: 1);
        // Both would rather have the first; only the one that names no brand may go to the second.
        ImmutableArray<BenchMatch> matches = Match([Job("job_any") with { Brand = null }, Job("job_sony")], one, two);
        Assert.Equal("point_one", matches.Single(m => m.Job.Value == "job_sony").Chosen!.Point.Value);
        Assert.Equal("point_two", matches.Single(m => m.Job.Value == "job_any").Chosen!.Point.Value);
    }

    [Theory]
    [InlineData(0, 4)]   // nine o'clock: collected by eleven, there by two: today
    [InlineData(3, 5)]   // noon: there at five, too late to unpack: tomorrow
    [InlineData(123, 11)] // Saturday noon: Sunday is closed, so Monday
    public void TheBenchDay_IsTheFirstOnWhichTheParcelCanBeThere(int hoursLater, int day) =>
        Assert.Equal(new DateOnly(2026, 5, day), Rules.FirstDay(Hours, Nine.AddHours(hoursLater), metres: 0));

    [Fact]
    public void ThePromise_IsTheEndOfTheDayOnWhichTheDeviceCanBeBack_ALongRepairAWorkingDayLater()
    {
        DateOnly saturday = new(2026, 5, 9);
        // Closed at six, collected by eight, three hours of handling and four in reserve: Sunday, so the end of it.
        DateTimeOffset plain = Rules.Promise(Hours, saturday, TimeSpan.FromHours(1), 0);
        Assert.Equal(new DateTimeOffset(2026, 5, 10, 23, 59, 0, TimeSpan.FromHours(8)), plain);
        Assert.Equal(plain.AddDays(2), Rules.Promise(Hours, saturday, TimeSpan.FromHours(2), 0));
        Assert.Equal(plain.AddDays(1), Rules.Promise(Hours, saturday, TimeSpan.FromHours(1), metres: 500_000));
    }

    [Fact]
    public void SameInput_SameMatches_WhateverTheOrder()
    {
        MailInJob[] jobs = [.. Enumerable.Range(0, 30).Select(i => Job($"job_{i:00}", i % 3, i * 0.005))];
        ServicePointState[] points = [Point("point_a"), Point("point_b", east: 0.1), Point("point_c", east: 0.05, perDay: 5)];
        string Text(ImmutableArray<BenchMatch> matches) => string.Join(';', matches.Select(m => $"{m.Job}>{m.Chosen?.Point}@{m.Chosen?.Day:O}"));
        Assert.Equal(Text(Match(jobs, points)), Text(Match([.. jobs.Reverse()], [.. points.Reverse()])));
    }
}
