using System.Text.Json.Nodes;
using Dispatch.SystemTests.Api.Support;

namespace Dispatch.SystemTests.Api.Server;

public sealed class IdempotencyTests(City city) : IClassFixture<City>
{
    private DispatchServer Server => city.Server;

    [Fact]
    public async Task SameKeyAndBody_GetTheSameAnswerAndOneJob()
    {
        JsonObject body = City.JobBody();
        Answer first = await Server.Post("/v1/jobs", body, key: "same");
        first.Must(201);
        Filed job = new(first.Body["id"]!.GetValue<string>(), "", "");
        (await Server.Post($"/v1/jobs/{job.Id}/cancel", new JsonObject { ["reason"] = "moved on" }, city.Dispatcher)).Must(200);
        Answer[] again = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Server.Post("/v1/jobs", body, key: "same")));
        Assert.All(again, a => Assert.Equal((first.Status, first.Text), (a.Status, a.Text)));
    }

    [Fact]
    public async Task SameKeyWithAnotherBody_IsRefusedAndChangesNothing()
    {
        JsonObject body = City.JobBody();
        string id = (await Server.Post("/v1/jobs", body, key: "other")).Must(201)["id"]!.GetValue<string>();
        body["contact"]!["name"] = "Somebody Else";
        (await Server.Post("/v1/jobs", body, key: "other")).MustRefuse(422, "operation.key_reused");
        Assert.Equal("Ada Example", (await Server.Get($"/v1/jobs/{id}/contact", city.Dispatcher)).Must(200)["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task SameKeyOfAnotherCaller_IsAnotherRequest()
    {
        JsonObject body = City.JobBody();
        string mine = (await Server.Post("/v1/jobs", body, key: "shared")).Must(201)["id"]!.GetValue<string>();
        Assert.NotEqual(mine, (await Server.Post("/v1/jobs", body, city.Dispatcher, "shared")).Must(201)["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task WithoutAKey_EveryRequestIsANewOne()
    {
        JsonObject body = City.JobBody();
        Assert.NotEqual((await Server.Post("/v1/jobs", body)).Must(201)["id"]!.GetValue<string>(), (await Server.Post("/v1/jobs", body)).Must(201)["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task SameKeyForAnotherCommandOfTheJob_IsRefused()
    {
        Person technician = await city.Technician();
        Filed job = await city.Job();
        long epoch = await city.Offer(job.Id, technician.Id);
        JsonObject body = new() { ["epoch"] = epoch };
        (await Server.Post($"/v1/jobs/{job.Id}/accept", body, technician.Token, "one-key")).Must(200);
        (await Server.Post($"/v1/jobs/{job.Id}/depart", body, technician.Token, "one-key")).MustRefuse(422, "operation.key_reused");
    }

    [Fact]
    public async Task Refusal_IsRepeatedAsItWasAlthoughTheStateHasChanged()
    {
        Person technician = await city.Technician();
        Filed job = await city.Job();
        JsonObject early = new() { ["epoch"] = 0 };
        Answer refused = await Server.Post($"/v1/jobs/{job.Id}/accept", early, technician.Token, "too-early");
        refused.MustRefuse(409, "job.not_offered");
        await city.Offer(job.Id, technician.Id);
        Answer again = await Server.Post($"/v1/jobs/{job.Id}/accept", early, technician.Token, "too-early");
        Assert.Equal((refused.Status, refused.Text), (again.Status, again.Text));
    }

    [Fact]
    public async Task TechniciansAndZones_AreIdempotentToo()
    {
        JsonObject technician = city.TechnicianBody("twice");
        Answer first = await Server.Post("/v1/technicians", technician, city.Dispatcher, "twice");
        first.Must(201);
        (await Server.Post($"/v1/technicians/{first.Body["id"]}/duty", new JsonObject { ["onDuty"] = true }, city.Dispatcher)).Must(200);
        Answer again = await Server.Post("/v1/technicians", technician, city.Dispatcher, "twice");
        Assert.Equal((first.Status, first.Text), (again.Status, again.Text));
        technician["name"] = "Other";
        (await Server.Post("/v1/technicians", technician, city.Dispatcher, "twice")).MustRefuse(422, "operation.key_reused");

        JsonObject zone = City.ZoneBody();
        zone.Remove("zoneId");
        zone["territory"] = new JsonArray(City.Place(10, 10), City.Place(11, 10), City.Place(11, 11));
        Answer made = await Server.Post("/v1/zones", zone, city.Manager, "zone-twice");
        made.Must(201);
        Assert.Equal(made.Text, (await Server.Post("/v1/zones", zone, city.Manager, "zone-twice")).Text);
        zone["name"] = "Other";
        (await Server.Post("/v1/zones", zone, city.Manager, "zone-twice")).MustRefuse(422, "operation.key_reused");
    }
}
