using System.Text.Json;
using Dispatch.Sim.City.Map;
using Sim.Tests.Support;

namespace Sim.Tests.City;

/// <summary>The city of the committed basemap, made once for all tests.</summary>
internal static class Drawn
{
    public static Basemap Base { get; } = Basemap.Read(File("roads"), File("land"), File("places"));

    public static CityMap City { get; } = CityMap.Of(Base, 1);

    private static JsonElement File(string name)
    {
        using JsonDocument document = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(Repository.Root, "web", "public", "basemap", name + ".json")));
        return document.RootElement.Clone();
    }
}
