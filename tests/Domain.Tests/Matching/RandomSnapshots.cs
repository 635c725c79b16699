using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Matching;

namespace Domain.Tests.Matching;

/// <summary>Seeded snapshots that use everything a snapshot can say, tight enough that something often stays out.</summary>
internal static class RandomSnapshots
{
    private static readonly string[] Skills = ["glass", "lens", "solder"];
    private static readonly string[] Brands = ["north", "south"];
    private static readonly string[] Areas = ["east", "west"];
    private static readonly string[] Vehicles = ["scooter", "van"];
    private static readonly string[] Tools = ["lamp", "oven"];
    private static readonly string[] Parts = ["battery", "screen"];

    public static PlanningSnapshot Make(int seed, int mostTechnicians = 6, int mostJobs = 16)
    {
        var random = new Random(seed);
        var technicians = Enumerable.Range(0, random.Next(1, mostTechnicians + 1)).Select(i => Technician(random, i)).ToArray();
        var jobs = Enumerable.Range(0, random.Next(1, mostJobs + 1)).Select(i => Job(random, i, technicians.Length)).ToArray();
        var depots = Enumerable.Range(0, random.Next(3)).Select(i => Depot(random, i)).ToArray();
        return Given.Snapshot(
            [.. technicians.Select((technician, i) => Bounded(new Random((seed * 1000) + i), technician))],
            [.. jobs.Select((job, i) => Wishful(new Random((seed * 1000) + 500 + i), job, technicians.Length, i))],
            depots) with
        {
            Areas = [new AreaSnapshot("west", [Given.Square(-600, -600, 50, 600)]), new AreaSnapshot("east", [Given.Square(-50, -600, 600, 600)])],
            Programmes = [new ProgrammeSnapshot("first_visit", seed % 3), new ProgrammeSnapshot("screens", seed % 5)],
        };
    }

    /// <summary>Bounds and earnings, from a source of chance of their own.</summary>
    private static TechnicianSnapshot Bounded(Random random, TechnicianSnapshot technician) => technician with
    {
        Authorisations = random.Next(3) == 0 ? Until(random, Brands) : null,
        CertifiedUntil = random.Next(4) == 0 ? Until(random, Skills) : null,
        Areas = random.Next(4) == 0 ? [.. Areas.Where(_ => random.Next(2) == 0)] : null,
        LentTo = random.Next(4) == 0 ? [.. Areas.Where(_ => random.Next(2) == 0)] : null,
        Employment = (Employment)random.Next(2),
        OvertimeUntil = random.Next(3) == 0 ? technician.ShiftEnd + TimeSpan.FromSeconds(random.Next(-100, 900)) : null,
        Vehicle = random.Next(3) == 0 ? null : Vehicles[random.Next(Vehicles.Length)],
        Breaks = Breaks(new Random(random.Next()), random.Next(3)),
        Earned = random.Next(3) == 0 ? 0 : random.Next(20_000),
    };

    /// <summary>Windows that lie apart; some of them past, or too late for the day.</summary>
    private static ImmutableArray<BreakSnapshot> Breaks(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (1400 * i) - random.Next(700)).Select(from => Given.Break(from + 0.00005, from + random.Next(1, 700), random.Next(0, 400)))];

    private static JobSnapshot Wishful(Random random, JobSnapshot job, int technicians, int i) => job with
    {
        Brand = random.Next(4) == 0 ? Brands[random.Next(Brands.Length)] : null,
        Preferred = random.Next(4) == 0 ? [new TechnicianId($"t{random.Next(technicians)}")] : [],
        SameAsBefore = random.Next(4) == 0 ? new TechnicianId($"t{random.Next(technicians)}") : null,
        LockedAt = random.Next(10) == 0 ? Given.Window(250 * (i % 8), (250 * (i % 8)) + (random.Next(2) * 300)) : null,
        Vehicles = random.Next(8) == 0 ? [Vehicles[random.Next(Vehicles.Length)]] : Codes.NoSet,
        Programme = random.Next(4) == 0 ? random.Next(2) == 0 ? "first_visit" : "screens" : null,
    };

    private static ImmutableSortedDictionary<string, DateTimeOffset> Until(Random random, string[] codes) => codes.Where(_ => random.Next(2) == 0)
        .ToImmutableSortedDictionary(code => code, _ => Given.After(random.Next(0, 6000)), StringComparer.Ordinal);

    private static TechnicianSnapshot Technician(Random random, int i)
    {
        var home = Given.At(random.Next(-500, 500), random.Next(-500, 500));
        var left = random.Next(3) == 0;
        return new TechnicianSnapshot
        {
            Id = new TechnicianId($"t{i}"),
            Home = home,
            Start = left ? Given.At(random.Next(-500, 500), random.Next(-500, 500)) : home,
            FreeAt = Given.After(left ? random.Next(-200, 1500) : 0),
            HasLeftHome = left,
            ShiftStart = Given.After(random.Next(-2, 2) * 300),
            ShiftEnd = Given.After(random.Next(1500, 5000)),
            ReturnsHome = random.Next(4) != 0,
            Skills = Counts(random, Skills, 2, 3),
            Tools = [.. Tools.Where(_ => random.Next(2) == 0)],
            Stock = Counts(random, Parts, 2, 4),
            DepotVisited = random.Next(6) == 0,
            MaxJobs = random.Next(4) == 0 ? random.Next(0, 4) : null,
        };
    }

    private static JobSnapshot Job(Random random, int i, int technicians) => new()
    {
        Id = new JobId($"j{i}"),
        Place = Given.At(random.Next(-500, 500), random.Next(-500, 500)),
        // Odd ticks: the planner has to round to the careful side.
        Service = TimeSpan.FromSeconds(random.Next(10, 300)) + TimeSpan.FromTicks(random.Next(3)),
        Windows = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Window(random))],
        Skills = random.Next(2) == 0 ? Counts(random, Skills, 2, 1) : Codes.None,
        Tools = [.. Tools.Where(_ => random.Next(4) == 0)],
        Parts = Counts(random, Parts, 3, 2),
        Priority = random.Next(3),
        Deadline = (DeadlineClass)random.Next(3),
        Excluded = random.Next(4) == 0 ? [new TechnicianId($"t{random.Next(technicians)}")] : [],
        LockedTo = random.Next(8) == 0 ? new TechnicianId($"t{random.Next(technicians)}") : null,
        PromisedTo = random.Next(4) == 0 ? new TechnicianId($"t{random.Next(technicians)}") : null,
    };

    private static DepotSnapshot Depot(Random random, int i) => new()
    {
        Id = new DepotId($"d{i}"),
        Place = Given.At(random.Next(-500, 500), random.Next(-500, 500)),
        Handling = TimeSpan.FromSeconds(random.Next(0, 60)),
        Open = random.Next(2) == 0 ? Given.Window(random.Next(0, 800), random.Next(800, 3000)) : null,
    };

    private static TimeWindow Window(Random random)
    {
        var from = random.Next(-300, 3000);
        return Given.Window(from, from + random.Next(0, 1500));
    }

    private static ImmutableSortedDictionary<string, int> Counts(Random random, string[] codes, int oneIn, int most) =>
        Given.Counts([.. codes.Where(_ => random.Next(oneIn) == 0).Select(code => (code, random.Next(0, most + 1)))]);
}
