using System.Text.Json.Nodes;
using Dispatch.SystemTests.Api.Support;

namespace Dispatch.SystemTests.Api.Server;

/// <summary>What was answered is still true after the process has ended and another has begun on the same folder.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Restart_WhileMessagesAreOnTheirWay_LosesAndRepeatsNone()
    {
        await using City city = new();
        await city.InitializeAsync();
        List<string> jobs = [];
        for (int i = 0; i < 10; i++)
            jobs.Add((await city.Job()).Id);
        await city.Server.Restart();
        foreach (string job in jobs)
        {
            JsonArray messages = [];
            await DispatchServer.Until($"the customer of {job} has the link", async () =>
                (messages = (await city.Server.Get($"/v1/messages?jobId={job}", city.Dispatcher)).Must(200)["items"]!.AsArray()).Any(m => m!["status"]!.GetValue<string>() == "delivered"));
            Assert.Equal("requested", Assert.Single(messages)!["template"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Restart_KeepsAnswersTokensLinksAndTheNumbersOfStreams()
    {
        await using City city = new();
        await city.InitializeAsync();
        DispatchServer server = city.Server;
        Person technician = await city.Technician();
        JsonObject body = City.JobBody();
        Answer first = await server.Post("/v1/jobs", body, key: "before");
        JsonNode job = first.Must(201);
        string id = job["id"]!.GetValue<string>(), tracking = job["trackingToken"]!.GetValue<string>();
        long epoch = await city.Offer(id, technician.Id);
        Answer accepted = await server.Post($"/v1/jobs/{id}/accept", new JsonObject { ["epoch"] = epoch }, technician.Token, "accept");
        accepted.Must(200);
        await server.GetFresh($"/v1/jobs?token={accepted.Body["token"]}", city.Dispatcher);
        string before = (await server.Get($"/v1/streams/zone/{City.Zone}/events", city.Dispatcher)).Text;

        await server.Restart();

        Answer again = await server.Post("/v1/jobs", body, key: "before");
        Assert.Equal((first.Status, first.Text), (again.Status, again.Text));
        Answer acceptedAgain = await server.Post($"/v1/jobs/{id}/accept", new JsonObject { ["epoch"] = epoch }, technician.Token, "accept");
        Assert.Equal((accepted.Status, accepted.Text), (acceptedAgain.Status, acceptedAgain.Text));
        body["symptom"] = "something else";
        (await server.Post("/v1/jobs", body, key: "before")).MustRefuse(422, "operation.key_reused");
        Assert.Equal("accepted", (await server.Get($"/v1/track/{tracking}")).Must(200)["status"]!.GetValue<string>());
        Assert.Equal(before, (await server.Get($"/v1/streams/zone/{City.Zone}/events", city.Dispatcher)).Text);

        (await server.Post($"/v1/jobs/{id}/depart", new JsonObject { ["epoch"] = epoch }, technician.Token)).Must(200);
        long head = JsonNode.Parse(before)!["head"]!.GetValue<long>();
        await DispatchServer.Until("the zone's stream goes on after the restart", async () =>
            (await server.Get($"/v1/streams/zone/{City.Zone}/events?after={head}", city.Dispatcher)).Must(200)["events"]!.AsArray().FirstOrDefault()?["seq"]!.GetValue<long>() == head + 1);
    }
}
