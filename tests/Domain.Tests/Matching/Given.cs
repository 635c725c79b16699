using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Matching;

namespace Domain.Tests.Matching;

/// <summary>Short words for snapshots on a plane where a metre is a second.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Morning = new(2031, 3, 4, 8, 0, 0, TimeSpan.FromHours(8));
    public static readonly Place Origin = new(114.06, 22.54);
    public static readonly PlanarFrame Frame = new(Origin);
    public static readonly ITravel Travel = new PlanarTravel(Origin, 1);

    public static Place At(double east, double north) => Frame.ToPlace(new PlanePoint(east, north));

    /// <summary>A closed ring around everything between two corners.</summary>
    public static ImmutableArray<Place> Square(double west, double south, double east, double north) =>
        [At(west, south), At(east, south), At(east, north), At(west, north), At(west, south)];

    public static DateTimeOffset After(double seconds) => Morning + TimeSpan.FromSeconds(seconds);

    public static TimeWindow Window(double from, double to) => new(After(from), After(to));

    public static ImmutableSortedDictionary<string, int> Counts(params (string Code, int Count)[] counts) =>
        counts.ToImmutableSortedDictionary(count => count.Code, count => count.Count, StringComparer.Ordinal);

    public static ImmutableSortedSet<string> Set(params string[] codes) => codes.ToImmutableSortedSet(StringComparer.Ordinal);

    /// <summary>A technician at the origin with a shift of 10,000 s and nothing else.</summary>
    public static TechnicianSnapshot Technician(string id = "t1", double east = 0, double north = 0) => new()
    {
        Id = new TechnicianId(id),
        Home = At(east, north),
        Start = At(east, north),
        FreeAt = Morning,
        ShiftStart = Morning,
        ShiftEnd = After(10_000),
    };

    /// <summary>A job of 60 s that needs nothing.</summary>
    public static JobSnapshot Job(string id = "j1", double east = 100, double north = 0) => new()
    {
        Id = new JobId(id),
        Place = At(east, north),
        Service = TimeSpan.FromSeconds(60),
    };

    public static DepotSnapshot Depot(string id = "d1", double east = 0, double north = 100) => new()
    {
        Id = new DepotId(id),
        Place = At(east, north),
    };

    public static PlanningSnapshot Snapshot(TechnicianSnapshot[] technicians, JobSnapshot[] jobs, params DepotSnapshot[] depots) =>
        new(Morning, [.. technicians], [.. jobs], [.. depots]);

    /// <summary>A break that begins within these seconds and lasts so many.</summary>
    public static BreakSnapshot Break(double from, double to, double lasts) => new(Window(from, to), TimeSpan.FromSeconds(lasts));

    /// <summary>A candidate with these stops; jobs, depots and breaks in the order driven. The job in question is the last job.</summary>
    public static RouteCandidate Candidate(TechnicianSnapshot technician, params object[] stops) => RouteCandidate.Time(
        technician,
        stops.OfType<JobSnapshot>().Last(),
        stops.Select(stop => new RouteStop(stop as JobSnapshot, stop as DepotSnapshot, stop as BreakSnapshot)),
        Morning,
        Travel);

    public static ZonePlan Plan(PlanningSnapshot snapshot, long rounds = 0, ZonePlan? previous = null, PlanningRules? rules = null, ulong seed = 1) =>
        new ZonePlanner(Travel, rules ?? PlanningRules.Default).Plan(snapshot, previous, new PlanBudget(rounds), seed);
}
