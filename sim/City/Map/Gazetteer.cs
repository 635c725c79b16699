using System.Collections.Immutable;
using Dispatch.Sim.Replay.Instances;

namespace Dispatch.Sim.City.Map;

/// <summary>A door: a house number in a street, as people write it.</summary>
public sealed record Address(string Street, int Number, string District, PlanePoint At)
{
    public override string ToString() => $"{Number} {Street}, {District}";
}

/// <summary>
/// Every address of the city. Each road but the motorways has a name of its own; houses stand along it where the city is built up, odd numbers to the left, counted from its
/// beginning in steps of two every twelve metres.
/// </summary>
public sealed class Gazetteer
{
    /// <summary>Metres between two doors on the same side, between numbers, and from the middle of the road to a door.</summary>
    private const double Apart = 48, PerNumber = 12, Aside = 9;

    private readonly Dictionary<(string Street, int Number), Address> byName;
    private readonly ImmutableArray<Address> doors;
    private readonly ILookup<string, Address> byDistrict;

    public Gazetteer(Basemap map, int seed)
    {
        ImmutableArray<string> names = StreetNames.For(map.Roads, seed);
        doors = [.. map.Roads.SelectMany((road, i) => road.Class == RoadClass.Motorway ? [] : DoorsOf(map, road, names[i]))];
        byName = doors.ToDictionary(d => (d.Street.ToUpperInvariant(), d.Number));
        byDistrict = doors.ToLookup(d => d.District, StringComparer.Ordinal);
    }

    public ImmutableArray<Address> Doors => doors;

    /// <summary>The door of that number, or the nearest there is in that street; null where there is no such street.</summary>
    /// <param name="written">For example <c>27 Willow Road</c>; what follows a comma is not looked at.</param>
    public Address? Find(string written)
    {
        string[] words = written.Split(',')[0].Trim().Split(' ', 2, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 2 || !int.TryParse(words[0], System.Globalization.CultureInfo.InvariantCulture, out int number))
            return null;
        string street = words[1].Trim().ToUpperInvariant();
        return byName.TryGetValue((street, number), out Address? exact) ? exact
            : doors.Where(d => string.Equals(d.Street, words[1].Trim(), StringComparison.OrdinalIgnoreCase)).OrderBy(d => Math.Abs(d.Number - number)).ThenBy(d => d.Number).FirstOrDefault();
    }

    /// <summary>Any door.</summary>
    public Address Any(Random random) => doors[random.Next(doors.Length)];

    /// <summary>A door of that district; any where it has none.</summary>
    public Address AnyIn(string district, Random random)
    {
        List<Address> there = [.. byDistrict[district]];
        return there.Count == 0 ? Any(random) : random.Pick(there);
    }

    private static IEnumerable<Address> DoorsOf(Basemap map, RoadLine road, string name)
    {
        double along = 0, next = Apart / 2;
        for (int i = 1; i < road.Points.Length; i++)
        {
            PlanePoint a = road.Points[i - 1], b = road.Points[i];
            double length = a.DistanceTo(b);
            for (; next < along + length; next += Apart)
            {
                double part = (next - along) / length, x = a.X + (b.X - a.X) * part, y = a.Y + (b.Y - a.Y) * part;
                foreach (int side in new[] { -1, 1 })
                {
                    PlanePoint at = new(x + side * Aside * (b.Y - a.Y) / length, y - side * Aside * (b.X - a.X) / length);
                    if (map.IsWithinReach(at) && map.IsBuiltUp(at))
                        yield return new Address(name, 2 * (int)(next / PerNumber) + (side < 0 ? 1 : 2), map.DistrictOf(at), at);
                }
            }
            along += length;
        }
    }
}
