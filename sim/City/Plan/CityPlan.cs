using System.Collections.Immutable;
using Dispatch.Sim.City.Map;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Replay.Instances;

namespace Dispatch.Sim.City.Plan;

/// <summary>When somebody works: full-time by day, spare-time a few hours, mostly in the evening; a visitor whenever they please.</summary>
public enum Engagement { FullTime, SpareTime, Visitor }

/// <param name="Number">From 1, within the kind; the user name follows from it.</param>
/// <param name="Name">Nobody else's: technicians are known by it again after a restart.</param>
public sealed record TechnicianPlan(
    string User, string Name, Engagement Engagement, int Number, string Zone, PlanePoint Home,
    ImmutableArray<SkillLevel> Skills, ImmutableArray<string> Tools, ImmutableArray<PartQuantity> Stock);

/// <param name="Hands">How many repair at the same time.</param>
public sealed record PointPlan(
    string Id, string Name, string User, string Zone, Address Address, ImmutableArray<string> Brands, ImmutableArray<SkillLevel> Skills, ImmutableArray<PartQuantity> Stock,
    ImmutableArray<(string Category, int PerDay)> Slots, int Hands);

/// <summary>Everything there is in the city before anything happens. Follows from the map and one number.</summary>
public sealed record CityPlan(int Seed, CityMap Map, ImmutableArray<ZonePlan> Zones, ImmutableArray<TechnicianPlan> Technicians, ImmutableArray<PointPlan> Points)
{
    public const int FullTime = 200, SpareTime = 60, Visitors = 16, ServicePoints = 12;

    /// <summary>The city's clock, whatever the server's own zone.</summary>
    public static TimeSpan Offset { get; } = TimeSpan.FromHours(8);

    /// <summary>Where the points are, in IANA's words; the offset above, all year.</summary>
    public const string TimeZone = "Asia/Shanghai";

    /// <summary>Four zones, everybody in them, and life.</summary>
    public static CityPlan Living(CityMap map, int seed, ImmutableArray<string> brands)
    {
        ImmutableArray<ZonePlan> zones = ZoneCutter.Cut(map);
        HashSet<string> names = [.. Names.Visitors];
        return new CityPlan(seed, map, zones,
            [
                .. Enumerable.Range(0, Visitors).Select(i => Visitor(map, zones, i)),
                .. Enumerable.Range(0, FullTime).Select(i => Driven(map, zones, seed, Engagement.FullTime, i, names)),
                .. Enumerable.Range(0, SpareTime).Select(i => Driven(map, zones, seed, Engagement.SpareTime, i, names)),
            ],
            [.. map.Base.Districts.Take(ServicePoints).Select((d, i) => Point(map, zones, seed, brands, d, i))]);
    }

    /// <summary>One zone, the visitors and one point; nobody who does anything by themselves. For pages to be tried and tested in peace.</summary>
    public static CityPlan Quiet(CityMap map, int seed, ImmutableArray<string> brands)
    {
        ImmutableArray<ZonePlan> zones = [ZoneCutter.Whole(map.Base, "zone_riverside", "Riverside")];
        return new CityPlan(seed, map, zones, [.. Enumerable.Range(0, Visitors).Select(i => Visitor(map, zones, i))], [Point(map, zones, seed, brands, map.Base.Districts[0], 0)]);
    }

    public DateTimeOffset LocalMidnight(DateTimeOffset now) => new(now.ToOffset(Offset).Date, Offset);

    private static string ZoneOf(ImmutableArray<ZonePlan> zones, PlanePoint p) => (zones.FirstOrDefault(z => z.Contains(p)) ?? zones[0]).Id;

    private static TechnicianPlan Visitor(CityMap map, ImmutableArray<ZonePlan> zones, int i)
    {
        // A sunflower: even over the city, the same every time.
        double angle = i * 2.399963, radius = 0.085 * Math.Sqrt((i + 0.5) / Visitors);
        PlanePoint home = map.Base.Plane.ToPlane(new Place(Math.Round(Basemap.Centre.Lon + radius * Math.Cos(angle), 6), Math.Round(Basemap.Centre.Lat + radius * Math.Sin(angle), 6)));
        string[] skills = ["phone", "camera", "board", "software"];
        return new TechnicianPlan(
            $"tech{i + 1:00}", Names.Visitors[i], Engagement.Visitor, i + 1, ZoneOf(zones, home), home,
            [.. skills.Where((_, s) => s == i % 4 || s == (i + 1) % 4 || s == 0).Select(s => new SkillLevel(s, 1 + i % 3))],
            ["heat_mat", "screwdrivers", "microscope"],
            [.. new[] { "screen", "battery", "camera_module", "port", "lens" }.Select(p => new PartQuantity(p, 1 + i % 3))]);
    }

    private static TechnicianPlan Driven(CityMap map, ImmutableArray<ZonePlan> zones, int seed, Engagement engagement, int i, HashSet<string> names)
    {
        Random random = Chance.Of(seed, engagement, i);
        bool full = engagement == Engagement.FullTime;
        Address home = map.Gazetteer.Any(random);
        string name;
        do
            name = Names.Any(random);
        while (!names.Add(name));
        List<SkillLevel> skills = [];
        void Learn(string code, double share, double advanced)
        {
            bool has = random.NextDouble() < share;
            int level = random.NextDouble() < advanced ? 2 + random.Next(2) : 1;
            if (has)
                skills.Add(new SkillLevel(code, level));
        }
        Learn("phone", full ? 0.9 : 0.8, full ? 0.6 : 0.3);
        Learn("camera", full ? 0.4 : 0.15, 0.7);
        Learn("board", full ? 0.45 : 0.1, 0.6);
        Learn("software", full ? 0.5 : 0.6, 0.5);
        if (skills.Count == 0)
            skills.Add(new SkillLevel("phone", 1));
        // Some leave without the dear tool or with few parts, and call at the depot first when they need more.
        List<string> tools = ["screwdrivers"];
        if (random.NextDouble() < 0.9)
            tools.Add("heat_mat");
        if (skills.Any(s => s.Code is "board" or "camera") && random.NextDouble() < 0.8)
            tools.Add("microscope");
        return new TechnicianPlan(
            $"{(full ? "full" : "spare")}{i + 1:000}", name, engagement, i + 1, ZoneOf(zones, home.At), home.At, [.. skills], [.. tools],
            [.. new[] { "screen", "battery", "camera_module", "port", "lens", "shutter" }.Select(p => new PartQuantity(p, random.Next(full ? 3 : 1, full ? 8 : 4)))]);
    }

    private static PointPlan Point(CityMap map, ImmutableArray<ZonePlan> zones, int seed, ImmutableArray<string> brands, District district, int i)
    {
        Random random = Chance.Of(seed, "point", i);
        Address address = map.Gazetteer.AnyIn(district.Name, random);
        // Every point has most of the brands; between them they have all.
        ImmutableArray<string> served = [.. brands.Where((_, b) => (b + i) % 4 != 0 || i == 0)];
        return new PointPlan(
            $"point_{i + 1:00}", $"{district.Name} service point", $"bench{i + 1:00}", ZoneOf(zones, address.At), address, served,
            [new("phone", 3), new("camera", i % 3 == 1 ? 1 : 3), new("board", i % 4 == 2 ? 1 : 3), new("software", 3)],
            [.. new[] { "screen", "battery", "camera_module", "port", "lens", "shutter" }.Select(p => new PartQuantity(p, 400 + random.Next(200)))],
            [("phone", 40), ("camera", 14), ("board", 18), ("software", 18)], 6 + random.Next(3));
    }
}
