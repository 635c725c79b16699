using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching.Points;
using Dispatch.Domain.Routing;
using Dispatch.Domain.ServicePoints;

namespace Dispatch.Bench.MailIn;

/// <summary>
/// Matches so many parcels of one city with its service points, exactly and one after the other by regret, and writes what each is worth and how long it took. Stock is a share of what
/// everybody together would need.
/// </summary>
public sealed record MailInBench(int Requests, int Points, int Days, double Stock, int Repeats, ulong Seed, string Output)
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 1, 0, 0, TimeSpan.Zero);
    private static readonly string[] Benches = ["phone", "camera"];
    private static readonly string[] Brands = ["Aster", "Boreal", "Cedar"];

    public int Run(TextWriter console)
    {
        PointMatching matching = new(new MailInRules { DaysAhead = Days });
        List<double> exactly = [], byRegret = [], costs = [], regretCosts = [];
        int proven = 0, left = 0, leftByRegret = 0;
        for (int k = 0; k < Repeats; k++)
        {
            (MailInJob[] jobs, ServicePointState[] points) = City(Seed + (ulong)k);
            if (k == 0)
                matching.Solve(jobs, points, Now);
            long startedAt = Stopwatch.GetTimestamp();
            BenchTotal regret = matching.ByRegret(jobs, points, Now);
            byRegret.Add(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
            startedAt = Stopwatch.GetTimestamp();
            BenchMatching exact = matching.Solve(jobs, points, Now);
            exactly.Add(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
            proven += exact.IsProven ? 1 : 0;
            (left, leftByRegret) = (left + exact.Total.Left.Sum(), leftByRegret + regret.Left.Sum());
            costs.Add((double)exact.Total.Cost / Math.Max(1, Requests - exact.Total.Left.Sum()));
            regretCosts.Add((double)regret.Cost / Math.Max(1, Requests - regret.Left.Sum()));
        }

        exactly.Sort();
        byRegret.Sort();
        File.WriteAllText(Output, JsonSerializer.Serialize(
            new
            {
                requests = Requests,
                points = Points,
                days = Days,
                stock = Stock,
                repeats = Repeats,
                seed = Seed,
                proven,
                exact = new { p50_ms = exactly[exactly.Count / 2], max_ms = exactly[^1], left = (double)left / Repeats, cost_per_job = costs.Average() },
                regret = new { p50_ms = byRegret[byRegret.Count / 2], max_ms = byRegret[^1], left = (double)leftByRegret / Repeats, cost_per_job = regretCosts.Average() },
            },
            new JsonSerializerOptions { WriteIndented = true }));
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"exact {costs.Average():F1} a job, {(double)left / Repeats:F1} left, p50 {exactly[exactly.Count / 2]:F0} ms, max {exactly[^1]:F0} ms, {proven} of {Repeats} proven; by regret {regretCosts.Average():F1} a job, {(double)leftByRegret / Repeats:F1} left, p50 {byRegret[byRegret.Count / 2]:F0} ms"));
        return 0;
    }

    private (MailInJob[] Jobs, ServicePointState[] Points) City(ulong seed)
    {
        Xoshiro random = new(seed);
        OpeningHours hours = new(new TimeOnly(9, 0), new TimeOnly(18, 0), "Asia/Shanghai", [DayOfWeek.Sunday]);
        ZoneId zone = new("zone_c");
        ServicePointState[] points = new ServicePointState[Points];
        int enough = Math.Max(1, (int)Math.Ceiling(Stock * Requests / Points));
        for (int p = 0; p < Points; p++)
            points[p] = new ServicePointState(
                new ServicePointId($"point_{p:00}"), new TenantId("main"),
                new ServicePointProfile(
                    $"Point {p}", zone, new Place(121 + (random.Unit() * 0.5), 31 + (random.Unit() * 0.4)), [zone], [.. Brands.Where((_, b) => b == p % 3 || random.Below(2) == 0)],
                    [new("phone", 2), new("camera", 1 + random.Below(2))], hours, [new BenchCapacity("phone", 2 + random.Below(4)), new BenchCapacity("camera", 1 + random.Below(2))]),
                [new("screen", enough * 2 / 3), new("lens", enough / 3)], [], []);
        MailInJob[] jobs = new MailInJob[Requests];
        for (int j = 0; j < Requests; j++)
        {
            int kind = random.Below(3) == 0 ? 1 : 0;
            jobs[j] = new MailInJob(
                new JobId($"job_{j:0000}"), zone, new Place(121 + (random.Unit() * 0.5), 31 + (random.Unit() * 0.4)), Benches[kind], Brands[random.Below(3)],
                ServiceNeeds.Of([new(Benches[kind], 1 + random.Below(2))], [], random.Below(3) == 0 ? [] : [new(kind == 0 ? "screen" : "lens", 1)], TimeSpan.FromMinutes(30 + (15 * random.Below(6))), random.Below(8) == 0 ? 1 : 0),
                Now.AddMinutes(-random.Below(600)));
        }

        return (jobs, points);
    }
}
