using System.Text.Json.Nodes;
using Dispatch.SystemTests.Api.Support;

namespace Dispatch.SystemTests.Api.Server;

/// <summary>Zones that overlap, over HTTP: whose a place is, and that the manager is told.</summary>
public sealed class ZoneTests(City city) : IClassFixture<City>
{
    private DispatchServer Server => city.Server;

    private static JsonObject Zone(string id, double west, double south, double east, double north) => new()
    {
        ["name"] = $"Name of {id}",
        ["zoneId"] = id,
        ["territory"] = new JsonArray(City.Place(west, south), City.Place(east, south), City.Place(east, north), City.Place(west, north)),
        ["depot"] = new JsonObject { ["name"] = "Depot", ["place"] = City.Place(121, 31) },
    };

    [Fact]
    public async Task AZoneOverTheWholeWorld_IsWarnedOf_AndTakesNoPlaceOfASmallerOne()
    {
        // By its id it would come first.
        JsonNode world = (await Server.Post("/v1/zones", Zone("zone_a_world", -180, -90, 180, 90), city.Manager)).Must(201);
        Assert.Equal(["zone.overlaps", "zone.very_large"], Codes(world));
        JsonNode overlap = world["warnings"]![0]!;
        Assert.Equal((City.Zone, "City", City.Zone), (Fact(overlap, "zoneId"), Fact(overlap, "name"), Fact(overlap, "placesGoTo")));
        Assert.StartsWith(
            "A warning, not a refusal: the zone shares places with another one",
            overlap["text"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
        JsonNode inner = (await Server.Post("/v1/zones", Zone("zone_inner", 121, 31, 121.1, 31.1), city.Manager)).Must(201);
        Assert.Equal(["zone.overlaps", "zone.overlaps"], Codes(inner));
        Assert.All(inner["warnings"]!.AsArray(), warning => Assert.Equal("zone_inner", Fact(warning!, "placesGoTo")));

        Assert.Equal("zone_inner", await ZoneOfAJobAt(121.05, 31.05));
        Assert.Equal(City.Zone, await ZoneOfAJobAt(120.9, 30.9));
        Assert.Equal("zone_a_world", await ZoneOfAJobAt(-70, -33));
        JsonNode[] listed = [.. (await Server.Get("/v1/zones", city.Dispatcher)).Must(200)["items"]!.AsArray().Select(zone => zone!)];
        Assert.Equal(["zone.overlaps", "zone.overlaps"], Codes(listed.Single(zone => zone["id"]!.GetValue<string>() == City.Zone)));
        Assert.Equal(
            ["zone.overlaps", "zone.overlaps", "zone.very_large"],
            Codes((await Server.Get("/v1/zones/zone_a_world", city.Dispatcher)).Must(200))
        );

        // Given another shape it is one among others again.
        Assert.Empty(Codes((await Server.Post("/v1/zones", Zone("zone_a_world", 10, 50, 11, 51), city.Manager)).Must(201)));
        Assert.Equal(["zone.overlaps"], Codes((await Server.Get($"/v1/zones/{City.Zone}", city.Dispatcher)).Must(200)));
        (await Server.Post("/v1/jobs", At(-70, -33))).MustRefuse(422, "job.outside_territory");
    }

    private static string[] Codes(JsonNode zone) =>
        [.. zone["warnings"]!.AsArray().Select(warning => warning!["code"]!.GetValue<string>())];

    private static string Fact(JsonNode warning, string name) => warning["facts"]![name]!.GetValue<string>();

    private static JsonObject At(double lon, double lat)
    {
        JsonObject body = City.JobBody();
        body["place"] = City.Place(lon, lat);
        return body;
    }

    private async Task<string> ZoneOfAJobAt(double lon, double lat)
    {
        Filed job = await city.Job(At(lon, lat));
        return (await Server.Get($"/v1/jobs/{job.Id}", city.Dispatcher)).Must(200)["zone"]!.GetValue<string>();
    }
}
