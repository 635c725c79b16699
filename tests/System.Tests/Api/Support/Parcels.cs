using System.Text.Json.Nodes;

namespace Dispatch.SystemTests.Api.Support;

/// <summary>A city's service points and the parcels to them, made over the public interface.</summary>
internal static class Parcels
{
    private static int _names;

    /// <summary>A point that is right in every respect, open at any hour.</summary>
    public static JsonObject PointBody(string user, int perDay = 3, string brand = "Example") => new()
    {
        ["name"] = "Point " + user,
        ["zone"] = City.Zone,
        ["place"] = City.Place(121.02, 31.02),
        ["brands"] = new JsonArray(brand),
        ["skills"] = new JsonArray(new JsonObject { ["code"] = "phone", ["level"] = 2 }),
        ["stock"] = new JsonArray(new JsonObject { ["code"] = "screen", ["quantity"] = 20 }),
        ["hours"] = new JsonObject { ["open"] = "00:00", ["close"] = "23:59", ["timeZone"] = "Asia/Shanghai" },
        ["slots"] = new JsonArray(new JsonObject { ["category"] = "phone", ["perDay"] = perDay }),
        ["signIn"] = new JsonObject { ["user"] = user, ["password"] = DispatchServer.Password },
    };

    /// <summary>A request for a repair by post.</summary>
    public static JsonObject Body()
    {
        JsonObject body = City.JobBody();
        body["mode"] = "mailIn";
        body.Remove("window");
        return body;
    }

    /// <summary>A point with an account: its id, and the token of its staff.</summary>
    public static async Task<(string Id, string Token)> ServicePoint(this City city, int perDay = 3, string brand = "Example")
    {
        string user = $"bench{Interlocked.Increment(ref _names)}";
        string id = (await city.Server.Post("/v1/points", PointBody(user, perDay, brand), city.Manager)).Must(201)["id"]!.GetValue<string>();
        return (id, await city.Server.SignIn(user));
    }

    /// <summary>Booked by hand, and confirmed; the job as it then is.</summary>
    public static async Task<JsonNode> Booked(this City city, Filed job, string point)
    {
        (await city.Server.Post($"/v1/jobs/{job.Id}/book", new JsonObject { ["pointId"] = point }, city.Dispatcher)).Must(200);
        JsonNode view = null!;
        await DispatchServer.Until("the point has confirmed", async () =>
            (view = (await city.Server.Get($"/v1/jobs/{job.Id}", city.Dispatcher)).Must(200))["booking"]?["confirmed"]?.GetValue<bool>() == true);
        return view;
    }
}
