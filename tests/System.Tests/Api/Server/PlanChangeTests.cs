using System.Text.Json.Nodes;
using Dispatch.SystemTests.Api.Support;

namespace Dispatch.SystemTests.Api.Server;

/// <summary>Changes of plan as dispatchers post them.</summary>
public sealed class PlanChangeTests(City city) : IClassFixture<City>
{
    private const string Path = $"/v1/zones/{City.Zone}/plan-changes";

    private DispatchServer Server => city.Server;

    private static JsonObject Move(string job, long epoch, string? to) => new() { ["jobId"] = job, ["epoch"] = epoch, ["to"] = to };

    private static JsonObject Body(params JsonObject[] moves) => new() { ["moves"] = new JsonArray([.. moves]), ["reason"] = "closer" };

    private async Task<JsonNode> Job(string id) => (await Server.Get($"/v1/jobs/{id}", city.Dispatcher)).Must(200);

    [Fact]
    public async Task TwoTechnicians_ExchangeTheirJobs_AndARepetitionReadsTheSame()
    {
        (Person li, Person wang) = (await city.Technician(), await city.Technician());
        ((Filed a, long first), (Filed b, long second)) = (await city.Accepted(li), await city.Accepted(wang));
        JsonObject body = Body(Move(a.Id, first, wang.Id), Move(b.Id, second, li.Id));
        Answer changed = await Server.Post(Path, body.DeepClone(), city.Dispatcher, "exchange");
        JsonNode change = changed.Must(200);
        Assert.Equal("committed", change["status"]!.GetValue<string>());
        foreach ((Filed job, long epoch, Person from, Person to) in new[] { (a, first, li, wang), (b, second, wang, li) })
        {
            await DispatchServer.Until("the job has moved", async () => (await Job(job.Id))["epoch"]!.GetValue<long>() == epoch + 1);
            JsonNode now = await Job(job.Id);
            Assert.Equal(("accepted", to.Id), (now["status"]!.GetValue<string>(), now["technicianId"]!.GetValue<string>()));
            (await Server.Post($"/v1/jobs/{job.Id}/depart", new JsonObject { ["epoch"] = epoch }, from.Token)).MustRefuse(409, "job.epoch_stale");
        }
        Answer again = await Server.Post(Path, body.DeepClone(), city.Dispatcher, "exchange");
        Assert.Equal((changed.Status, changed.Text), (again.Status, again.Text));
        Assert.Equal(changed.Text, (await Server.Get($"/v1/plan-changes/{change["id"]!.GetValue<string>()}", city.Manager)).Text);
        (await Server.Post(Path, Body(Move(a.Id, first + 1, li.Id)), city.Dispatcher, "exchange")).MustRefuse(422, "operation.key_reused");
        (await Server.Post($"/v1/jobs/{a.Id}/depart", new JsonObject { ["epoch"] = first + 1 }, wang.Token)).Must(200);
    }

    [Fact]
    public async Task OneStaleEpoch_RefusesTheWhole_WithWhatBecameOfIt()
    {
        (Person li, Person wang) = (await city.Technician(), await city.Technician());
        ((Filed a, long first), (Filed b, long second)) = (await city.Accepted(li), await city.Accepted(wang));
        Answer refused = (await Server.Post(Path, Body(Move(a.Id, first, wang.Id), Move(b.Id, second - 1, li.Id)), city.Dispatcher)).MustRefuse(409, "job.epoch_stale");
        JsonNode current = refused.Body["current"]!;
        Assert.Equal(("withdrawn", "job.epoch_stale"), (current["status"]!.GetValue<string>(), current["code"]!.GetValue<string>()));
        Assert.Equal("withdrawn", (await Server.Get($"/v1/plan-changes/{current["id"]!.GetValue<string>()}", city.Dispatcher)).Must(200)["status"]!.GetValue<string>());
        foreach ((Filed job, long epoch, Person by) in new[] { (a, first, li), (b, second, wang) })
            (await Server.Post($"/v1/jobs/{job.Id}/depart", new JsonObject { ["epoch"] = epoch }, by.Token)).Must(200);
        (await Server.Post(Path, Body(Move(a.Id, first, wang.Id)), city.Dispatcher)).MustRefuse(409, "job.wrong_status");
    }

    [Fact]
    public async Task AJob_GoesBackIntoTheQueue()
    {
        Person li = await city.Technician();
        (Filed job, long epoch) = await city.Accepted(li);
        (await Server.Post(Path, Body(Move(job.Id, epoch, null)), city.Dispatcher)).Must(200);
        await DispatchServer.Until("it is taken from the technician", async () => (await Job(job.Id))["epoch"]!.GetValue<long>() > epoch);
        (await Server.Post($"/v1/jobs/{job.Id}/depart", new JsonObject { ["epoch"] = epoch }, li.Token)).MustRefuse(409, "job.epoch_stale");
    }

    public static TheoryData<string> BadBodies =>
    [
        "{}",
        "[]",
        "null",
        """{"moves":[],"reason":"x"}""",
        """{"moves":[null],"reason":"x"}""",
        """{"moves":[{}],"reason":"x"}""",
        """{"moves":[{"jobId":"job_1","epoch":1}]}""",
        """{"moves":[{"jobId":"job_1","epoch":1}],"reason":" "}""",
        """{"moves":[{"jobId":"nobody","epoch":1}],"reason":"x"}""",
        """{"moves":[{"jobId":"job_1","epoch":-1}],"reason":"x"}""",
        """{"moves":[{"jobId":"job_1","epoch":9223372036854775807}],"reason":"x"}""",
        """{"moves":[{"jobId":"job_1","epoch":"1"}],"reason":"x"}""",
        """{"moves":[{"jobId":"job_1","epoch":1,"to":"job_1"}],"reason":"x"}""",
        """{"moves":[{"jobId":"job_1","epoch":1,"startAt":"2026-05-01T08:00:00Z"}],"reason":"x"}""",
        """{"moves":[{"jobId":"job_1","epoch":1,"to":"tech_1","startAt":"0001-01-01T00:00:00Z"}],"reason":"x"}""",
        """{"moves":[{"jobId":"job_1","epoch":1},{"jobId":"job_1","epoch":1}],"reason":"x"}""",
        $$"""{"moves":[{{string.Join(',', Enumerable.Range(0, 51).Select(i => $$"""{"jobId":"job_{{i}}","epoch":1}"""))}}],"reason":"x"}""",
    ];

    [Theory, MemberData(nameof(BadBodies))]
    public async Task ABodyThatIsWrong_IsTurnedAway(string body)
    {
        Answer answer = await Server.Post(Path, JsonNode.Parse(body), city.Dispatcher);
        Assert.Equal(400, answer.Status);
        Assert.Contains(answer.Body["code"]!.GetValue<string>(), new[] { "request.invalid", "request.malformed" });
    }

    [Fact]
    public async Task WhatIsNotThere_AndWhoMayNot_AreSaidSo()
    {
        Person li = await city.Technician();
        (Filed job, long epoch) = await city.Accepted(li);
        (await Server.Post(Path, Body(Move("job_nobody", 1, li.Id)), city.Dispatcher)).MustRefuse(404, "job.unknown");
        (await Server.Post(Path, Body(Move(job.Id, epoch, "tech_nobody")), city.Dispatcher)).MustRefuse(404, "technician.unknown");
        (await Server.Post("/v1/zones/zone_nowhere/plan-changes", Body(Move(job.Id, epoch, li.Id)), city.Dispatcher)).MustRefuse(404, "zone.unknown");
        (await Server.Get("/v1/plan-changes/intent_nothing", city.Dispatcher)).MustRefuse(404, "intent.unknown");
        (await Server.Get("/v1/plan-changes/job_1", city.Dispatcher)).MustRefuse(404, "intent.unknown");
        (await Server.Post(Path, Body(Move(job.Id, epoch, li.Id)), li.Token)).MustRefuse(403, "auth.forbidden");
        (await Server.Get("/v1/plan-changes/intent_nothing", city.Point)).MustRefuse(403, "auth.forbidden");
        (await Server.Post($"/v1/jobs/{job.Id}/depart", new JsonObject { ["epoch"] = epoch }, li.Token)).Must(200);
    }
}
