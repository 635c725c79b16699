using System.Text.Json.Nodes;

namespace Dispatch.SystemTests.Api.Support;

/// <summary>A server with one zone and some people in it, made over the public interface.</summary>
public sealed class City : IAsyncLifetime
{
    private int _people;

    public DispatchServer Server { get; } = new();

    public string Manager { get; private set; } = "";

    public string Dispatcher { get; private set; } = "";

    public string Point { get; private set; } = "";

    public const string Zone = "zone_city";

    public async ValueTask InitializeAsync()
    {
        await Server.InitializeAsync();
        Manager = await Server.SignIn(DispatchServer.Manager);
        Dispatcher = await Server.SignIn(DispatchServer.Dispatcher);
        Point = await Server.SignIn(DispatchServer.Point);
        Answer zone = await Server.Post("/v1/zones", ZoneBody(), Manager, "the-city");
        if (zone.Status == 503)
            await DispatchServer.Until("the zone counts", async () => (zone = await Server.Post("/v1/zones", ZoneBody(), Manager, "the-city")).Status != 503);
        zone.Must(201);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    public static JsonObject ZoneBody() => new()
    {
        ["name"] = "City",
        ["zoneId"] = Zone,
        ["territory"] = new JsonArray(Place(120.8, 30.8), Place(121.2, 30.8), Place(121.2, 31.2), Place(120.8, 31.2)),
        ["depot"] = new JsonObject { ["name"] = "Depot", ["place"] = Place(121, 31) },
    };

    public static JsonObject Place(double lon, double lat) => new() { ["lon"] = lon, ["lat"] = lat };

    public static JsonObject Window(double fromHours, double toHours)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return new() { ["from"] = now.AddHours(fromHours).ToString("O"), ["to"] = now.AddHours(toHours).ToString("O") };
    }

    public static JsonObject Needs(int serviceSeconds = 60) => new()
    {
        ["skills"] = new JsonArray(), ["tools"] = new JsonArray(), ["parts"] = new JsonArray(), ["serviceSeconds"] = serviceSeconds,
    };

    /// <summary>A request that is right in every respect.</summary>
    public static JsonObject JobBody() => new()
    {
        ["category"] = "screen",
        ["place"] = Place(121.01, 31.01),
        ["address"] = "1 River Road",
        ["contact"] = new JsonObject { ["name"] = "Ada Example", ["phone"] = "+86 21 5555 0101", ["language"] = "en" },
        ["device"] = new JsonObject { ["brand"] = "Example", ["model"] = "One" },
        ["symptom"] = "The screen is dark",
        ["window"] = Window(-0.5, 8),
    };

    public JsonObject TechnicianBody(string user) => new()
    {
        ["name"] = "Person " + user,
        ["zone"] = Zone,
        ["home"] = Place(121.0, 31.0),
        ["shift"] = Window(-1, 48),
        ["skills"] = new JsonArray(new JsonObject { ["code"] = "phone", ["level"] = 3 }),
        ["tools"] = new JsonArray("heat_mat", "screwdrivers"),
        ["stock"] = new JsonArray(new JsonObject { ["code"] = "screen", ["quantity"] = 50 }),
        ["signIn"] = new JsonObject { ["user"] = user, ["password"] = DispatchServer.Password },
    };

    /// <summary>A technician with an account, on duty.</summary>
    public async Task<Person> Technician()
    {
        string user = $"tech{Interlocked.Increment(ref _people)}";
        string id = (await Server.Post("/v1/technicians", TechnicianBody(user), Dispatcher)).Must(201)["id"]!.GetValue<string>();
        string token = await Server.SignIn(user);
        (await Server.Post($"/v1/technicians/{id}/duty", new JsonObject { ["onDuty"] = true }, token)).Must(200);
        return new Person(id, user, token);
    }

    /// <summary>A job that waits for an offer.</summary>
    public async Task<Filed> Job(JsonObject? body = null, string? by = null)
    {
        JsonNode job = (await Server.Post("/v1/jobs", body ?? JobBody(), by)).Must(201);
        return new Filed(job["id"]!.GetValue<string>(), job["trackingToken"]!.GetValue<string>(), job["token"]!.GetValue<string>());
    }

    /// <summary>Offers by hand; returns the epoch of the offer.</summary>
    public async Task<long> Offer(string job, params string[] technicians) => (await Server.Post(
        $"/v1/jobs/{job}/offer", new JsonObject { ["technicianIds"] = new JsonArray([.. technicians.Select(t => JsonValue.Create(t))]) }, Dispatcher)).Must(200)["epoch"]!.GetValue<long>();

    /// <summary>A job that this technician has accepted; returns it with its epoch.</summary>
    /// <param name="filed">How a dispatcher filed it; as a customer does if left out.</param>
    public async Task<(Filed Job, long Epoch)> Accepted(Person by, JsonObject? filed = null)
    {
        Filed job = await Job(filed, filed is null ? null : Dispatcher);
        long epoch = await Offer(job.Id, by.Id);
        (await Server.Post($"/v1/jobs/{job.Id}/accept", new JsonObject { ["epoch"] = epoch }, by.Token)).Must(200);
        return (job, epoch);
    }
}

public sealed record Person(string Id, string User, string Token);

public sealed record Filed(string Id, string Tracking, string Token);
