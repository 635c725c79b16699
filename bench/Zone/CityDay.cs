using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Routing;

namespace Dispatch.Bench.Zone;

/// <summary>A seeded day of a city: technicians at home all over it, jobs around districts, skills, two-hour windows. As large as asked for, at the same density.</summary>
public sealed class CityDay
{
    /// <summary>Technicians per square kilometre.</summary>
    private const double Density = 1.0;

    private const int Skills = 8;

    private readonly double side;
    private readonly (double East, double North)[] districts;
    private readonly PlanarFrame frame = new(new Place(114.06, 22.55));
    private Xoshiro chance;
    private int jobs;

    public CityDay(int technicians, ulong seed)
    {
        chance = new Xoshiro(seed);
        side = Math.Sqrt(technicians / Density) * 1000;
        districts = [.. Enumerable.Range(0, Math.Max(3, technicians / 50)).Select(_ => (chance.Unit() * side, chance.Unit() * side))];
        Technicians = [.. Enumerable.Range(0, technicians).Select(Technician)];
    }

    public static DateTimeOffset Morning { get; } = new(2026, 6, 1, 8, 0, 0, TimeSpan.FromHours(8));

    public ImmutableArray<TechnicianSnapshot> Technicians { get; }

    public PlanningSnapshot Snapshot(ImmutableArray<JobSnapshot> work) => new(Morning, Technicians, work, []);

    public ImmutableArray<JobSnapshot> Jobs(int count) => [.. Enumerable.Range(0, count).Select(_ => Job(urgent: false))];

    /// <summary>A job somewhere in the city: within two hours of some moment of the day, or, urgent, within the next two.</summary>
    public JobSnapshot Job(bool urgent)
    {
        (double East, double North) at = chance.Below(2) == 0 ? (chance.Unit() * side, chance.Unit() * side) : Near(districts[chance.Below(districts.Length)]);
        DateTimeOffset from = urgent ? Morning : Morning.AddMinutes(chance.Below(600));
        return new JobSnapshot
        {
            Id = new JobId($"job_{jobs++}"),
            Place = frame.ToPlace(new PlanePoint(at.East, at.North)),
            Service = TimeSpan.FromMinutes(20 + chance.Below(21)),
            Windows = [new TimeWindow(from, from.AddHours(2))],
            Skills = Codes.None.Add("skill" + chance.Below(Skills), 1 + chance.Below(2)),
            Deadline = urgent ? DeadlineClass.Urgent : DeadlineClass.Regular,
        };
    }

    private TechnicianSnapshot Technician(int number)
    {
        Place home = frame.ToPlace(new PlanePoint(chance.Unit() * side, chance.Unit() * side));
        ImmutableSortedDictionary<string, int> skills = Codes.None;
        for (int k = 0; k < Skills; k++)
            if (chance.Below(2) == 0)
                skills = skills.Add("skill" + k, 1 + chance.Below(3));
        return new TechnicianSnapshot
        {
            Id = new TechnicianId($"tech_{number}"),
            Home = home,
            Start = home,
            FreeAt = Morning,
            ShiftStart = Morning,
            ShiftEnd = Morning.AddHours(12),
            Skills = skills,
        };
    }

    private (double East, double North) Near((double East, double North) district)
    {
        double angle = chance.Unit() * 2 * Math.PI;
        double away = 1500 * chance.Unit();
        return (Math.Clamp(district.East + (away * Math.Cos(angle)), 0, side), Math.Clamp(district.North + (away * Math.Sin(angle)), 0, side));
    }
}
