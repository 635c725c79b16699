using System.Text.Json.Nodes;
using System.Xml.Linq;
using Dispatch.SystemTests.Api.Support;

namespace Dispatch.SystemTests.Api.Server;

/// <summary>Who may have a label, and of what.</summary>
public sealed class LabelServerTests(City city) : IClassFixture<City>
{
    private DispatchServer Server => city.Server;

    [Fact]
    public async Task Label_IsForTheCustomerDirectorsAndTheJobsOwnPoint()
    {
        (string job, string tracking, string point) = await Booked();
        string own = await AccountAt(point, "own"), other = await AccountAt(await Point("Elsewhere"), "other");
        Person technician = await city.Technician();

        foreach (Answer allowed in new[]
                 {
                     await Server.Get($"/v1/track/{tracking}/label"), await Server.Get($"/v1/jobs/{job}/label", city.Dispatcher), await Server.Get($"/v1/jobs/{job}/label?direction=inbound", own),
                 })
        {
            Assert.Equal(200, allowed.Status);
            Assert.Equal("image/svg+xml", allowed.ContentType);
            string[] texts = [.. XDocument.Parse(allowed.Text).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)];
            Assert.Contains("Ada Example", texts);
            Assert.Contains("1 River Road", texts);
            Assert.Contains(texts, t => t.Replace(" ", "", StringComparison.Ordinal).StartsWith("DP", StringComparison.Ordinal) && t.Replace(" ", "", StringComparison.Ordinal).Length == 15);
        }
        (await Server.Get($"/v1/jobs/{job}/label", other)).MustRefuse(403, "auth.forbidden");
        (await Server.Get($"/v1/jobs/{job}/label", technician.Token)).MustRefuse(403, "auth.forbidden");
        (await Server.Get($"/v1/jobs/{job}/label")).MustRefuse(401, "auth.required");
        (await Server.Get("/v1/track/job_x.AAAA/label")).MustRefuse(404, "track.unknown");
    }

    [Fact]
    public async Task Label_IsThereOnlyForAParcelThatIs()
    {
        (string job, _, _) = await Booked();
        (await Server.Get($"/v1/jobs/{job}/label?direction=return", city.Dispatcher)).MustRefuse(409, "job.wrong_status");
        (await Server.Get($"/v1/jobs/{job}/label?direction=sideways", city.Dispatcher)).MustRefuse(400, "request.invalid");
        string visit = (await Server.Post("/v1/jobs", City.JobBody())).Must(201)["id"]!.GetValue<string>();
        (await Server.Get($"/v1/jobs/{visit}/label", city.Dispatcher)).MustRefuse(409, "job.wrong_mode");
    }

    private async Task<(string Job, string Tracking, string Point)> Booked()
    {
        string point = await Point("Workshop");
        JsonObject body = City.JobBody();
        body.Remove("window");
        body["mode"] = "mailIn";
        JsonNode filed = (await Server.Post("/v1/jobs", body)).Must(201);
        string job = filed["id"]!.GetValue<string>();
        (await Server.Post($"/v1/jobs/{job}/book", new JsonObject { ["pointId"] = point }, city.Dispatcher)).Must(200);
        return (job, filed["trackingToken"]!.GetValue<string>(), point);
    }

    private async Task<string> Point(string name) => (await Server.Post("/v1/points", new JsonObject
    {
        ["name"] = name,
        ["zone"] = City.Zone,
        ["place"] = City.Place(121.0, 31.0),
        ["serves"] = new JsonArray(City.Zone),
        ["brands"] = new JsonArray("Example"),
        ["skills"] = new JsonArray(new JsonObject { ["code"] = "phone", ["level"] = 3 }),
        ["stock"] = new JsonArray(new JsonObject { ["code"] = "screen", ["quantity"] = 50 }),
        ["hours"] = new JsonObject { ["open"] = "09:00", ["close"] = "18:00", ["timeZone"] = "Asia/Shanghai" },
        ["slots"] = new JsonArray(new JsonObject { ["category"] = "phone", ["perDay"] = 9 }),
    }, city.Manager)).Must(201)["id"]!.GetValue<string>();

    private async Task<string> AccountAt(string point, string user)
    {
        (await Server.Post("/v1/accounts", new JsonObject { ["user"] = user, ["password"] = DispatchServer.Password, ["role"] = "point", ["name"] = user, ["pointId"] = point }, city.Manager)).Must(201);
        return await Server.SignIn(user);
    }
}
