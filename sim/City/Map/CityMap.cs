using System.Text.Json;
using Dispatch.Sim.Client.Api;

namespace Dispatch.Sim.City.Map;

/// <summary>The city as everybody in it knows it: the map, its roads and its addresses.</summary>
public sealed record CityMap(Basemap Base, RoadGraph Roads, Gazetteer Gazetteer)
{
    public static CityMap Of(Basemap map, int seed) => new(map, RoadGraphBuilder.Build(map), new Gazetteer(map, seed));

    /// <summary>Reads the very files that the pages draw, from the server that serves them.</summary>
    public static async Task<CityMap> Read(HttpMessageHandler handler, Uri server, int seed, CancellationToken cancellation)
    {
        using HttpClient http = new(handler, disposeHandler: false) { BaseAddress = server };
        async Task<JsonElement> File(string name)
        {
            using HttpResponseMessage answer = await http.GetAsync("basemap/" + name, cancellation);
            if (!answer.IsSuccessStatusCode)
                throw new CityRefusedException($"{server}basemap/{name} answered {(int)answer.StatusCode}: the pages are not built, and the city is drawn from their map. Build them (npm run build in web/).");
            using JsonDocument document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation));
            return document.RootElement.Clone();
        }
        return Of(Basemap.Read(await File("roads.json"), await File("land.json"), await File("places.json")), seed);
    }

    public Place ToPlace(Replay.Instances.PlanePoint p)
    {
        Place exact = Base.Plane.ToPlace(p);
        return new Place(Math.Round(exact.Lon, 6), Math.Round(exact.Lat, 6));
    }
}
