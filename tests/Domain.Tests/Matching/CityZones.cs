using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Matching;

namespace Domain.Tests.Matching;

/// <summary>Seeded zones too large to be planned whole.</summary>
internal static class CityZones
{
    private static readonly string[] Skills = ["glass", "lens", "solder"];

    public static PlanningSnapshot Make(int seed, int technicians, int jobs)
    {
        Random random = new(seed);
        return Given.Snapshot(
            [.. Enumerable.Range(0, technicians).Select(i => Given.Technician($"t{i}", random.Next(4000), random.Next(4000)) with
            {
                Skills = Given.Counts([.. Skills.Where(_ => random.Next(2) == 0).Select(skill => (skill, 1 + random.Next(2)))]),
                Stock = Given.Counts(("screen", random.Next(3))),
                Breaks = i % 4 == 0 ? [] : [Given.Break(1500 * (i % 4), (1500 * (i % 4)) + 1000, 400)],
            })],
            [.. Enumerable.Range(0, jobs).Select(i => Job(random, $"j{i}"))],
            Given.Depot("d1", 2000, 2000));
    }

    public static JobSnapshot Job(Random random, string id)
    {
        int opens = random.Next(6000);
        return Given.Job(id, random.Next(4000), random.Next(4000)) with
        {
            Skills = Given.Counts((Skills[random.Next(3)], 1)),
            Parts = random.Next(5) == 0 ? Given.Counts(("screen", 1)) : Codes.None,
            Windows = [Given.Window(opens, opens + 2500)],
        };
    }

    public static string Describe(ZonePlan plan) => string.Join('\n', plan.Routes.Select(route => $"{route.Technician} {route.LeavesAt:O} {string.Join(',', route.Stops.Select(stop => $"{stop.Job}{stop.Depot}@{stop.StartAt:O}"))}"))
        + "\n" + string.Join(',', plan.Unplaced.Select(unplaced => unplaced.Job)) + plan.Cost.Total;
}
