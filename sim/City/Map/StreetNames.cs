using System.Collections.Immutable;

namespace Dispatch.Sim.City.Map;

/// <summary>Names for roads, each once. Drawn by the seed; made up, like the city.</summary>
public static class StreetNames
{
    private static readonly string[] First =
    [
        "Willow", "Lantern", "Camphor", "Orchid", "Heron", "Plum", "Ginkgo", "Silk", "Copper", "Amber", "Bamboo", "Harbour", "Mill", "Cedar", "Lotus", "Swallow", "Granite", "Pearl", "Maple", "Ferry",
        "Magnolia", "Crane", "Osmanthus", "Bell", "Tea", "Pine", "Weaver", "Kiln", "Garden", "Jade", "Market", "Station", "Bridge", "Canal", "Poplar", "Scholar", "Drum", "Cloud", "Stone", "Sparrow",
    ];

    private static readonly string[] Second = ["", "field", "gate", "side", "view", "ford", "bank", "wood", "brook", "hill", "well", "court", "moor", "stead", "ton"];

    private static readonly string[][] Kinds = [["Street", "Lane", "Row", "Close"], ["Road", "Way"], ["Avenue", "Boulevard"], ["Motorway"]];

    public static ImmutableArray<string> For(ImmutableArray<RoadLine> roads, int seed)
    {
        HashSet<string> taken = [];
        ImmutableArray<string>.Builder names = ImmutableArray.CreateBuilder<string>(roads.Length);
        for (int i = 0; i < roads.Length; i++)
        {
            Random random = Chance.Of(seed, "street", i);
            string name;
            do
                name = $"{random.Pick(First)}{random.Pick(Second)} {random.Pick(Kinds[(int)roads[i].Class])}";
            while (!taken.Add(name));
            names.Add(name);
        }
        return names.MoveToImmutable();
    }
}
