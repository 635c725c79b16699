using System.Collections.Immutable;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching.Points;
using Dispatch.Domain.ServicePoints;

namespace Dispatch.Domain.Tests.Matching.Points;

/// <summary>
/// Parcels where there are next to no benches: no point, points that can take nothing, more parcels than places on any day.
/// </summary>
public class DegeneratePointTests
{
    private static readonly DateTimeOffset Nine = new(2026, 5, 4, 1, 0, 0, TimeSpan.Zero);
    private static readonly MailInRules Rules = new();

    public static TheoryData<string, int, int> Zones()
    {
        TheoryData<string, int, int> zones = new();
        foreach (
            string what in (string[])
                ["open", "no bench", "no places", "no parts", "full", "closed but one day", "of another zone", "far away"]
        )
        foreach (int points in (int[])[0, 1, 2])
        foreach (int jobs in (int[])[0, 1, 400])
            zones.Add(what, points, jobs);
        return zones;
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void EveryParcel_HasAPlaceOfItsOwnOrAReasonPerPoint(string what, int points, int jobs)
    {
        ServicePointState[] all = [.. Enumerable.Range(0, points).Select(i => Point(what, i))];
        ImmutableArray<BenchMatch> matches = new PointMatching(Rules).Match([.. Enumerable.Range(0, jobs).Select(Job)], all, Nine);

        Assert.Equal(jobs, matches.Length);
        Assert.All(matches, match => Assert.Equal(points, match.Verdicts.Length));
        Assert.All(
            matches.Where(match => match.Chosen is null).SelectMany(match => match.Verdicts),
            verdict => Assert.StartsWith("point.", verdict.Violation?.Code)
        );
        foreach (
            IGrouping<(ServicePointId, DateOnly), BenchMatch> day in matches
                .Where(match => match.Chosen is not null)
                .GroupBy(match => (match.Chosen!.Point, match.Chosen.Day))
        )
            Assert.True(day.Count() <= all.Single(point => point.Id == day.Key.Item1).Open(day.Key.Item2, "phone", Nine));
        if (what is "open" or "closed but one day" && points > 0)
            Assert.Equal(Math.Min(jobs, all.Sum(Places)), matches.Count(match => match.Chosen is not null));
    }

    /// <summary>As many as there are places on the days that are looked at.</summary>
    private static int Places(ServicePointState point)
    {
        DateOnly first = Rules.FirstDay(point.Profile.Hours, Nine, LocalMetric.Metres(Job(0).Place, point.Profile.Place));
        DateOnly last = point.Profile.Hours.DayOf(Nine).AddDays(Rules.DaysAhead);
        return Enumerable
            .Range(0, last.DayNumber - first.DayNumber + 1)
            .Sum(day => Math.Max(0, point.Open(first.AddDays(day), "phone", Nine)));
    }

    private static ServicePointState Point(string what, int index)
    {
        DayOfWeek[] closed =
            what == "closed but one day" ? [.. Enum.GetValues<DayOfWeek>().Where(day => day != DayOfWeek.Friday)] : [DayOfWeek.Sunday];
        OpeningHours hours = new(new TimeOnly(9, 0), new TimeOnly(18, 0), "Asia/Shanghai", [.. closed]);
        ServicePointState point = new(
            new ServicePointId($"point_{index}"),
            new TenantId("main"),
            new ServicePointProfile(
                $"{index}",
                new ZoneId("zone_n"),
                what == "far away" ? new Place(-60, -31) : new Place(121, 31),
                [new ZoneId(what == "of another zone" ? "zone_s" : "zone_n")],
                ["Sony"],
                [new("phone", 2)],
                hours,
                what == "no bench" ? [] : [new BenchCapacity("phone", what == "no places" ? 0 : 2)]
            ),
            what == "no parts" ? [] : [new("screen", 10_000)],
            [],
            []
        );
        return what != "full"
            ? point
            : point with
            {
                Bench =
                [
                    .. Enumerable
                        .Range(-1, 40)
                        .SelectMany(day =>
                            Enumerable
                                .Range(0, 2)
                                .Select(i => new BenchSlot(
                                    new JobId($"job_x{day}_{i}"),
                                    new Epoch(1),
                                    BenchSlotStatus.Confirmed,
                                    hours.DayOf(Nine).AddDays(day),
                                    "phone",
                                    [],
                                    null
                                ))
                        ),
                ],
            };
    }

    private static MailInJob Job(int index) => new(
        new JobId($"job_{index:0000}"), new ZoneId("zone_n"), new Place(121, 31), "phone", "Sony",
        ServiceNeeds.Of([new("phone", 2)], [], [new("screen", 1)], TimeSpan.FromMinutes(40), index % 3), Nine);
}
