using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching.Points;
using Dispatch.Domain.Routing;
using Dispatch.Domain.ServicePoints;

namespace Dispatch.Domain.Tests.Matching.Points;

/// <summary>What holds of every matching of parcels with benches, shown on many random cases. A failing seed is in the message.</summary>
public class PointOptimumTests
{
    private static readonly DateTimeOffset Nine = new(2026, 5, 7, 1, 0, 0, TimeSpan.Zero);
    private static readonly OpeningHours Hours = new(new TimeOnly(9, 0), new TimeOnly(18, 0), "Asia/Shanghai", [DayOfWeek.Sunday]);
    private static readonly MailInRules Rules = new() { DaysAhead = 4, PartFlows = 400 };

    [Fact]
    public void SmallCases_AreMatchedAsByTryingEverything()
    {
        for (int seed = 0; seed < 150; seed++)
        {
            (MailInJob[] jobs, ServicePointState[] points) = Case(seed, mostJobs: 5, mostPoints: 2);
            BenchMatching found = new PointMatching(Rules).Solve(jobs, points, Nine);
            BenchTotal best = EveryMatching(jobs, points);
            Assert.True(found.IsProven, $"seed {seed}: not proven");
            Assert.True(best.Equals(found.Total), $"seed {seed}: {Text(found.Total)} instead of {Text(best)}");
        }
    }

    [Fact]
    public void WhateverTheCase_NothingIsGivenTwice_TheTotalIsTheSum_AndTheBoundHolds()
    {
        for (int seed = 0; seed < 150; seed++)
        {
            (MailInJob[] jobs, ServicePointState[] points) = Case(seed, mostJobs: 40, mostPoints: 5);
            MailInRules few = Rules with { PartFlows = 6 };
            BenchMatching found = new PointMatching(few).Solve(jobs, points, Nine);
            Assert.Equal(jobs.Select(j => j.Id).Order(), found.Matches.Select(m => m.Job).Order());
            Assert.Equal(found.Total.Cost, found.Matches.Sum(m => m.Chosen?.Cost ?? 0));
            Assert.Equal(found.Total.Left.Sum(), found.Matches.Count(m => m.Chosen is null));
            Assert.True(found.Bound.CompareTo(found.Total) <= 0, $"seed {seed}");
            Assert.True(found.Total.CompareTo(new PointMatching(few).ByRegret(jobs, points, Nine)) <= 0, $"seed {seed}: worse than one after the other");
            AssertFits(jobs, points, found, seed);
        }
    }

    [Fact]
    public void AnotherPlaceADay_OrAnotherPart_NeverMakesItWorse()
    {
        int proven = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            (MailInJob[] jobs, ServicePointState[] points) = Case(seed, mostJobs: 12, mostPoints: 3);
            BenchMatching before = new PointMatching(Rules with { LastPlace = 0 }).Solve(jobs, points, Nine);
            ServicePointState first = points[0];
            ServicePointState places = first with { Profile = first.Profile with { Slots = [.. first.Profile.Slots.Select(s => s with { PerDay = s.PerDay + 1 })] } };
            ServicePointState stock = first with { Stock = [.. first.Stock.Select(s => s with { Quantity = s.Quantity + 1 })] };
            foreach (ServicePointState more in new[] { places, stock })
                if (new PointMatching(Rules with { LastPlace = 0 }).Solve(jobs, [more, .. points[1..]], Nine) is { IsProven: true } after && before.IsProven)
                {
                    proven++;
                    Assert.True(after.Total.CompareTo(before.Total) <= 0, $"seed {seed}");
                }
        }

        Assert.True(proven > 100, $"only {proven} cases say anything");
    }

    [Fact]
    public void WhatOnePointCouldDoForEverybody_IsNotSpentOnWhoeverComesFirst()
    {
        // The near point alone has the battery; who needs only a screen goes to the far one, although it asked first.
        ServicePointState near = Point("point_near", 121, 1, [("screen", 9), ("battery", 9)]), far = Point("point_far", 121.05, 1, [("screen", 9)]);
        MailInJob early = Job("job_a", 121, 0, [new("screen", 1)]), late = Job("job_b", 121, 0, [new("battery", 1)]) with { RequestedAt = Nine.AddHours(1) };
        BenchMatching found = new PointMatching(Rules).Solve([early, late], [near, far], Nine);
        Assert.Equal(["point_far", "point_near"], found.Matches.Select(m => m.Chosen!.Point.Value));
    }

    [Fact]
    public void OfEqualMatchings_TheEarlierDay_IsForThePriority_ThenForTheEarlierRequest()
    {
        ServicePointState point = Point("point_a", 121, 1, [("screen", 9)]);
        MailInJob first = Job("job_x", 121, 0, []), second = Job("job_b", 121, 0, []) with { RequestedAt = Nine.AddHours(1) }, important = Job("job_c", 121, 3, []) with { RequestedAt = Nine.AddHours(2) };
        BenchMatching found = new PointMatching(Rules).Solve([second, first, important], [point], Nine);
        Assert.Equal(["job_c", "job_x", "job_b"], found.Matches.OrderBy(m => m.Chosen!.Day).Select(m => m.Job.Value));
    }

    [Fact]
    public void WhoHoldsAPlaceAlready_MayKeepIt_AndNobodyElseGetsIt()
    {
        ServicePointState point = Point("point_a", 121, 1, [("screen", 1)]);
        DateOnly today = Hours.DayOf(Nine);
        point = point with { Bench = [new BenchSlot(new JobId("job_b"), new Epoch(1), BenchSlotStatus.Reserved, today, "phone", [new("screen", 1)], Nine.AddHours(1))] };
        BenchMatching found = new PointMatching(Rules).Solve([Job("job_a", 121, 0, [new("screen", 1)]), Job("job_b", 121, 0, [new("screen", 1)])], [point], Nine);
        Assert.Equal(today, found.Matches.Single(m => m.Job.Value == "job_b").Chosen!.Day);
        Assert.Equal("point.part_missing", found.Matches.Single(m => m.Job.Value == "job_a").Verdicts.Single().Violation!.Code);
        Assert.Equal(found.Total.Cost, found.Matches.Sum(m => m.Chosen?.Cost ?? 0));
    }

    [Fact]
    public void SharedParts_OneEach_AreProvenAtOnce()
    {
        MailInJob[] jobs = [.. Enumerable.Range(0, 30).Select(i => Job($"job_{i:00}", 121, i % 2, [new("screen", 1)]))];
        BenchMatching found = new PointMatching(Rules with { DaysAhead = 30 }).Solve(jobs, [Point("point_a", 121, 2, [("screen", 20)]), Point("point_b", 121.01, 2, [("screen", 3)])], Nine);
        Assert.True(found.IsProven);
        Assert.Equal([0, 7], found.Total.Left);
        // One without looking at parts; then, as each is found to be short, one with its gate and one for those that came through.
        Assert.InRange(found.Flows, 3, 8);
    }

    private static void AssertFits(MailInJob[] jobs, ServicePointState[] points, BenchMatching found, int seed)
    {
        Dictionary<JobId, MailInJob> byId = jobs.ToDictionary(j => j.Id);
        foreach (ServicePointState point in points)
        {
            MailInJob[] mine = [.. found.Matches.Where(m => m.Chosen?.Point == point.Id).Select(m => byId[m.Job])];
            foreach (IGrouping<(DateOnly, string), BenchMatch> day in found.Matches.Where(m => m.Chosen?.Point == point.Id).GroupBy(m => (m.Chosen!.Day, byId[m.Job].Bench)))
                Assert.True(day.Count() <= point.Open(day.Key.Item1, day.Key.Item2, Nine), $"seed {seed}: {day.Key}");
            foreach (string part in new[] { "screen", "battery" })
                Assert.True(mine.Sum(j => j.Needs.Parts.Where(p => p.Code == part).Sum(p => p.Quantity)) <= point.Free(part, Nine), $"seed {seed}: {part}");
        }

        // Whoever has none could have none as things are, and whoever has one could have none that is cheaper.
        foreach (BenchMatch match in found.Matches.Where(_ => found.IsProven))
            foreach (PointVerdict verdict in match.Verdicts.Where(v => v.Option is not null))
                Assert.True(match.Chosen is { } chosen && chosen.Cost <= verdict.Option!.Cost, $"seed {seed}: {match.Job} at {verdict.Point}");
    }

    private static BenchTotal EveryMatching(MailInJob[] jobs, ServicePointState[] points)
    {
        MailInJob[] ordered = [.. jobs.OrderByDescending(j => j.Needs.Priority)];
        int[] priorities = [.. ordered.Select(j => j.Needs.Priority).Distinct()];
        BenchTotal? best = null;
        Dictionary<(int Point, DateOnly Day, string Category), int> taken = [];
        Dictionary<(int Point, string Part), int> used = [];
        int[] left = new int[priorities.Length];
        Try(0, 0);
        return best!.Value;

        void Try(int k, long cost)
        {
            if (k == ordered.Length)
            {
                if (new BenchTotal([.. left], cost) is var total && (best is null || total.CompareTo(best.Value) < 0))
                    best = total;
                return;
            }

            MailInJob job = ordered[k];
            int level = Array.IndexOf(priorities, job.Needs.Priority);
            left[level]++;
            Try(k + 1, cost);
            left[level]--;
            for (int p = 0; p < points.Length; p++)
            {
                int at = p;
                ServicePointState point = points[p];
                if (!point.Profile.Brands.Contains(job.Brand!) || job.Needs.Parts.Any(q => used.GetValueOrDefault((at, q.Code)) + q.Quantity > point.Free(q.Code, Nine)))
                    continue;
                double metres = LocalMetric.Metres(job.Place, point.Profile.Place);
                foreach (PartQuantity part in job.Needs.Parts)
                    used[(p, part.Code)] = used.GetValueOrDefault((p, part.Code)) + part.Quantity;
                for (DateOnly day = Rules.FirstDay(Hours, Nine, metres); day <= Hours.DayOf(Nine).AddDays(Rules.DaysAhead); day = day.AddDays(1))
                {
                    int given = taken.GetValueOrDefault((p, day, job.Bench)), perDay = point.Profile.PerDay(job.Bench);
                    if (point.Open(day, job.Bench, Nine) - given <= 0)
                        continue;
                    long wait = (long)Math.Round(Rules.DayWithoutDevice * (Rules.Promise(Hours, day, job.Needs.Service, metres) - Nine).TotalDays);
                    taken[(p, day, job.Bench)] = given + 1;
                    Try(k + 1, cost + Rules.Freight(metres) + wait + (Rules.LastPlace * (perDay - point.Open(day, job.Bench, Nine) + given) / perDay));
                    taken[(p, day, job.Bench)] = given;
                }

                foreach (PartQuantity part in job.Needs.Parts)
                    used[(p, part.Code)] -= part.Quantity;
            }
        }
    }

    private static (MailInJob[] Jobs, ServicePointState[] Points) Case(int seed, int mostJobs, int mostPoints)
    {
        Xoshiro random = new((ulong)seed);
        ServicePointState[] points = new ServicePointState[1 + random.Below(mostPoints)];
        MailInJob[] jobs = new MailInJob[1 + random.Below(mostJobs)];
        for (int p = 0; p < points.Length; p++)
        {
            points[p] = Point($"point_{p}", 121 + (random.Unit() * 0.3), 1 + random.Below(2), [("screen", random.Below(1 + mostJobs)), ("battery", random.Below(4))]);
            if (random.Below(3) == 0)
                points[p] = points[p] with { Bench = [new BenchSlot(new JobId("job_other"), new Epoch(1), BenchSlotStatus.Confirmed, Hours.DayOf(Nine).AddDays(random.Below(3)), "phone", [], null)] };
            if (random.Below(4) == 0)
                points[p] = points[p] with { Profile = points[p].Profile with { Brands = ["Sony"] } };
        }

        for (int j = 0; j < jobs.Length; j++)
        {
            PartQuantity[] parts = random.Below(5) switch { 0 => [], 1 => [new("screen", 2)], 2 => [new("screen", 1), new("battery", 1)], _ => [new("screen", 1)] };
            jobs[j] = Job($"job_{j:00}", 121 + (random.Unit() * 0.3), random.Below(3), parts, TimeSpan.FromMinutes(30 + (60 * random.Below(2)))) with
            {
                Brand = random.Below(3) == 0 ? "Canon" : "Sony",
                Bench = random.Below(4) == 0 ? "camera" : "phone",
            };
        }

        return (jobs, points);
    }

    private static ServicePointState Point(string id, double lon, int perDay, (string Code, int Units)[] stock) => new(
        new ServicePointId(id), new TenantId("main"),
        new ServicePointProfile(id, new ZoneId("zone_n"), new Place(lon, 31), [new ZoneId("zone_n")], ["Sony", "Canon"], [], Hours, [new BenchCapacity("phone", perDay), new BenchCapacity("camera", 1)]),
        [.. stock.Select(s => new PartQuantity(s.Code, s.Units))], [], []);

    private static MailInJob Job(string id, double lon, int priority, PartQuantity[] parts, TimeSpan? work = null) => new(
        new JobId(id), new ZoneId("zone_n"), new Place(lon, 31), "phone", "Sony", ServiceNeeds.Of([], [], [.. parts], work ?? TimeSpan.FromMinutes(40), priority), Nine);

    private static string Text(BenchTotal total) => $"{string.Join('/', total.Left)} left at {total.Cost}";
}
