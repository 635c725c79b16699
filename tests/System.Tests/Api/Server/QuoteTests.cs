using System.Text.Json.Nodes;
using Dispatch.SystemTests.Api.Support;

namespace Dispatch.SystemTests.Api.Server;

/// <summary>Quotes over HTTP: given at the door and at the bench, answered by link and through staff, and what the job costs beside them.</summary>
public sealed class QuoteTests(City city) : IClassFixture<City>
{
    private DispatchServer Server => city.Server;

    private static JsonObject Found(long? epoch = null, int minutes = 45, string part = "screen", int quantity = 1) => new()
    {
        ["epoch"] = epoch,
        ["labourMinutes"] = minutes,
        ["parts"] = new JsonArray(new JsonObject { ["code"] = part, ["quantity"] = quantity }),
        ["note"] = "Glass and panel are broken",
    };

    private static JsonObject Says(bool approved) => new() { ["approved"] = approved };

    /// <param name="filed">How the job was filed by a dispatcher; as a customer does if left out.</param>
    private async Task<(Person By, Filed Job, long Epoch)> AtTheDoor(JsonObject? filed = null)
    {
        Person by = await city.Technician();
        (Filed job, long epoch) = await city.Accepted(by, filed);
        foreach (string step in new[] { "depart", "arrive" })
            (await Server.Post($"/v1/jobs/{job.Id}/{step}", new JsonObject { ["epoch"] = epoch }, by.Token)).Must(200);
        return (by, job, epoch);
    }

    private async Task<(string Bench, Filed Job, string Point)> OnTheCounter()
    {
        (string point, string bench) = await city.ServicePoint();
        Filed job = await city.Job(Parcels.Body());
        await city.Booked(job, point);
        (await Server.Post($"/v1/jobs/{job.Id}/receive", new JsonObject(), bench)).Must(200);
        (await Server.Post($"/v1/jobs/{job.Id}/inspect", new JsonObject { ["findings"] = "Glass cracked" }, bench)).Must(200);
        return (bench, job, point);
    }

    private async Task<JsonNode> View(Filed job) => (await Server.Get($"/v1/jobs/{job.Id}", city.Dispatcher)).Must(200);

    [Fact]
    public async Task AtTheDoor_TheCustomerSeesEveryLine_AndTheYesLetsTheWorkGoOn()
    {
        (Person by, Filed job, long epoch) = await AtTheDoor();
        (await Server.Post($"/v1/jobs/{job.Id}/quotes", Found(epoch), by.Token)).Must(200);
        JsonNode quote = (await Server.Get($"/v1/track/{job.Tracking}")).Must(200)["quote"]!;
        Assert.Equal(("open", 1, 89_000, 12_000, "CNY"), (quote["status"]!.GetValue<string>(), quote["number"]!.GetValue<int>(), quote["total"]!.GetValue<int>(), quote["ifRefused"]!.GetValue<int>(), quote["currency"]!.GetValue<string>()));
        Assert.Equal(["labour 45 9000", "part 1 68000", "visit 1 12000"], quote["lines"]!.AsArray().Select(l => $"{l!["kind"]} {l["quantity"]} {l["amount"]}"));
        Assert.Equal(TimeSpan.FromMinutes(120), quote["validUntil"]!.GetValue<DateTimeOffset>() - quote["givenAt"]!.GetValue<DateTimeOffset>());
        JsonObject repaired = new() { ["epoch"] = epoch, ["outcome"] = "repaired" };
        (await Server.Post($"/v1/jobs/{job.Id}/repair", repaired.DeepClone(), by.Token)).MustRefuse(409, "job.quote_open");
        (await Server.Post($"/v1/track/{job.Tracking}/quotes/1/answer", Says(true), key: "yes")).Must(200);
        // The link is asked twice where the first answer was lost; the same key gives the same answer, another one finds it done.
        (await Server.Post($"/v1/track/{job.Tracking}/quotes/1/answer", Says(true), key: "yes")).Must(200);
        (await Server.Post($"/v1/track/{job.Tracking}/quotes/1/answer", Says(false), key: "no")).MustRefuse(409, "job.quote_closed");
        JsonObject more = new() { ["epoch"] = epoch, ["outcome"] = "repaired", ["partsUsed"] = new JsonArray(new JsonObject { ["code"] = "battery", ["quantity"] = 1 }) };
        (await Server.Post($"/v1/jobs/{job.Id}/repair", more, by.Token)).MustRefuse(409, "job.quote_exceeded");
        (await Server.Post($"/v1/jobs/{job.Id}/repair", repaired, by.Token)).Must(200);

        JsonNode costs = (await Server.Get($"/v1/jobs/{job.Id}/costs", city.Dispatcher)).Must(200);
        Assert.Equal((89_000, 41_000), (costs["charged"]!.GetValue<int>(), costs["parts"]![0]!["cost"]!.GetValue<int>()));
        Assert.Equal(costs["total"]!.GetValue<int>(), costs["lines"]!.AsArray().Sum(l => l!["amount"]!.GetValue<int>()));
        Assert.Equal(89_000 - costs["total"]!.GetValue<int>(), costs["margin"]!.GetValue<int>());
        Assert.Contains("quoted", (await Server.Get($"/v1/messages?jobId={job.Id}", city.Dispatcher)).Must(200)["items"]!.AsArray().Select(m => m!["template"]!.GetValue<string>()));
    }

    /// <summary>
    /// Prices are those of the segment and contract that were stated when the job was filed, without the technician saying so.
    /// </summary>
    [Theory]
    [InlineData(null, null, 12_000, 68_000, 12_000)]
    [InlineData("consumer", null, 12_000, 68_000, 12_000)]
    [InlineData("professional", null, 15_000, 68_000, 10_000)]
    [InlineData("professional", "studio", 12_000, 64_600, 0)]
    [InlineData("enterprise", "fleet", 9_100, 61_200, 0)]
    public async Task AtTheDoor_TheSegmentOfTheJobDecidesThePrices(string? segment, string? contract, long hour, long screen, long visit)
    {
        JsonObject body = City.JobBody();
        if (segment is not null)
            (body["segment"], body["contract"]) = (segment, contract);
        (Person by, Filed job, long epoch) = await AtTheDoor(body);
        (await Server.Post($"/v1/jobs/{job.Id}/quotes", Found(epoch), by.Token)).Must(200);
        JsonNode view = await View(job);
        JsonNode[] lines = [.. view["quote"]!["lines"]!.AsArray().Select(line => line!)];
        Assert.Equal((segment, contract), (view["segment"]?.GetValue<string>(), view["contract"]?.GetValue<string>()));
        Assert.Equal(
            (hour, screen, visit),
            (lines[0]["unitPrice"]!.GetValue<long>(), lines[1]["unitPrice"]!.GetValue<long>(), lines[2]["amount"]!.GetValue<long>())
        );
    }

    [Theory]
    [InlineData("segment", "\"nobody\"", 400, "offer.segment_unknown")]
    [InlineData("contract", "\"none\"", 400, "offer.contract_unknown")]
    [InlineData("contract", "\"fleet\"", 400, "offer.contract_unknown")]
    [InlineData("contractVisits", "-1", 400, "request.invalid")]
    [InlineData("segment", "\"\"", 400, "request.invalid")]
    public async Task AJobOfAnUnknownTariff_IsNotFiled(string field, string value, int status, string code)
    {
        JsonObject body = City.JobBody();
        body[field] = JsonNode.Parse(value);
        (await Server.Post("/v1/jobs", body, city.Dispatcher)).MustRefuse(status, code);
        body = City.JobBody();
        body["segment"] = "professional";
        (await Server.Post("/v1/jobs", body)).MustRefuse(401, "auth.required");
    }

    [Fact]
    public async Task AtTheBench_ARefusalByLink_SendsTheDeviceBackAsItIs_AndFreesBenchAndParts()
    {
        (string bench, Filed job, string point) = await OnTheCounter();
        (await Server.Post($"/v1/jobs/{job.Id}/quotes", Found(), bench)).Must(200);
        (await Server.Post($"/v1/jobs/{job.Id}/start", new JsonObject(), bench)).MustRefuse(409, "job.quote_open");
        Assert.Equal("inspected", (await Server.Post($"/v1/track/{job.Tracking}/quotes/1/answer", Says(false))).Must(200)["status"]!.GetValue<string>());
        await DispatchServer.Until("the bench is free again", async () =>
            (await Server.Get($"/v1/points/{point}", city.Dispatcher)).Must(200)["days"]!.AsArray().Sum(d => d!["taken"]!.GetValue<int>()) == 0);
        (await Server.Post($"/v1/jobs/{job.Id}/start", new JsonObject(), bench)).MustRefuse(409, "job.quote_refused");
        (await Server.Post($"/v1/jobs/{job.Id}/quotes", Found(), bench)).MustRefuse(409, "job.quote_refused");
        foreach (string step in new[] { "pack", "ship" })
            (await Server.Post($"/v1/jobs/{job.Id}/{step}", new JsonObject(), bench)).Must(200);
        Assert.Equal("closed", (await Server.Post($"/v1/track/{job.Tracking}/confirm", null)).Must(200)["status"]!.GetValue<string>());
        JsonNode closed = await View(job);
        Assert.Equal(("not_repaired", "refused"), (closed["outcome"]!.GetValue<string>(), closed["quote"]!["status"]!.GetValue<string>()));
        JsonNode costs = (await Server.Get($"/v1/jobs/{job.Id}/costs", city.Manager)).Must(200);
        Assert.Equal((closed["quote"]!["ifRefused"]!.GetValue<int>(), 2, 0), (costs["charged"]!.GetValue<int>(), costs["effort"]!["parcels"]!.GetValue<int>(), costs["parts"]!.AsArray().Count));
    }

    [Fact]
    public async Task ANewQuote_MakesAnAnswerToTheOldStale_AndStaffMayWriteTheAnswerDown()
    {
        (Person by, Filed job, long epoch) = await AtTheDoor();
        (await Server.Post($"/v1/jobs/{job.Id}/quotes", Found(epoch), by.Token)).Must(200);
        (await Server.Post($"/v1/jobs/{job.Id}/quotes", Found(epoch, minutes: 60), by.Token)).Must(200);
        (await Server.Post($"/v1/track/{job.Tracking}/quotes/1/answer", Says(true))).MustRefuse(409, "job.quote_stale");
        (await Server.Post($"/v1/track/{job.Tracking}/quotes/3/answer", Says(true))).MustRefuse(404, "job.quote_unknown");
        Assert.Equal("open", (await View(job))["quote"]!["status"]!.GetValue<string>());
        (await Server.Post($"/v1/jobs/{job.Id}/quotes/2/answer", Says(false), by.Token)).Must(200);
        JsonNode ended = await View(job);
        Assert.Equal(("repaired", "not_repaired", "staff"), (ended["status"]!.GetValue<string>(), ended["outcome"]!.GetValue<string>(), ended["quote"]!["answeredBy"]!.GetValue<string>()));
        (await Server.Post($"/v1/jobs/{job.Id}/repair", new JsonObject { ["epoch"] = epoch, ["outcome"] = "repaired" }, by.Token)).MustRefuse(409, "job.quote_refused");
    }

    public static TheoryData<string, string, int, string, string?> Wrong => new()
    {
        { "epoch", "null", 400, "request.invalid", "epoch" },
        { "epoch", "0", 409, "job.epoch_stale", null },
        { "epoch", "99", 409, "job.epoch_unknown", null },
        { "labourMinutes", "-1", 400, "request.invalid", "labourMinutes" },
        { "labourMinutes", "100000", 400, "request.invalid", "labourMinutes" },
        { "labourMinutes", "null", 400, "request.invalid", "labourMinutes" },
        { "labourMinutes", "\"long\"", 400, "request.malformed", null },
        { "parts", "[{\"code\":\"hinge\",\"quantity\":1}]", 422, "offer.price_unknown", null },
        { "parts", "[{\"code\":\"screen\",\"quantity\":-1}]", 400, "request.invalid", "parts[0].quantity" },
        { "parts", "[{\"quantity\":1}]", 400, "request.invalid", "parts[0].code" },
        { "parts", "[null]", 400, "request.invalid", "parts[0]" },
        { "note", "\"\\u0007\"", 400, "request.invalid", "note" },
        { "segment", "\"enterprise\"", 403, "auth.forbidden", null },
        { "contract", "\"studio\"", 403, "auth.forbidden", null },
        { "purchasedOn", "\"1900-01-01\"", 400, "request.invalid", "purchasedOn" },
        { "evidence", "[{\"kind\":\"rumour\",\"state\":\"valid\"}]", 400, "request.invalid", "evidence[0].kind" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task AWrongField_IsACodedProblem_AndNothingIsQuoted(string field, string value, int status, string code, string? fact)
    {
        (Person by, Filed job, long epoch) = await AtTheDoor();
        JsonObject body = Found(epoch);
        body[field] = JsonNode.Parse(value);
        Answer answer = await Server.Post($"/v1/jobs/{job.Id}/quotes", body, by.Token);
        answer.MustRefuse(status, code);
        if (fact is not null)
            Assert.NotNull(answer.Fact(fact));
        Assert.Null((await View(job))["quote"]);
    }

    [Fact]
    public async Task WhoMayNot_IsToldSo_AndNothingMoves()
    {
        (Person by, Filed job, long epoch) = await AtTheDoor();
        (Person other, Filed elsewhere, _) = await AtTheDoor();
        (string bench, Filed parcel, _) = await OnTheCounter();
        (await Server.Post($"/v1/jobs/{job.Id}/quotes", Found(epoch), other.Token)).MustRefuse(409, "job.not_yours");
        (await Server.Post($"/v1/jobs/{job.Id}/quotes", Found(epoch))).MustRefuse(401, "auth.required");
        (await Server.Post($"/v1/jobs/{job.Id}/quotes", Found(), bench)).MustRefuse(409, "job.not_at_this_point");
        (await Server.Post($"/v1/jobs/{parcel.Id}/quotes", Found(epoch), by.Token)).MustRefuse(409, "job.not_yours");
        (await Server.Post("/v1/jobs/job_nowhere/quotes", Found(), city.Dispatcher)).MustRefuse(404, "job.unknown");
        (await Server.Post($"/v1/jobs/{(await city.Job()).Id}/quotes", Found(), city.Dispatcher)).MustRefuse(409, "job.wrong_status");
        (await Server.Post($"/v1/jobs/{job.Id}/quotes", Found(epoch), by.Token)).Must(200);
        (await Server.Post($"/v1/jobs/{job.Id}/quotes/1/answer", Says(true), elsewhere.Tracking)).MustRefuse(403, "auth.forbidden");
        (await Server.Post($"/v1/jobs/{job.Id}/quotes/1/answer", Says(true), other.Token)).MustRefuse(409, "job.not_yours");
        (await Server.Post($"/v1/jobs/{job.Id}/quotes/1/answer", new JsonObject(), city.Dispatcher)).MustRefuse(400, "request.invalid");
        (await Server.Post($"/v1/jobs/{job.Id}/quotes/0/answer", Says(true), city.Dispatcher)).MustRefuse(404, "request.no_such_route");
        (await Server.Post("/v1/track/nothing/quotes/1/answer", Says(true))).MustRefuse(404, "track.unknown");
        (await Server.Get($"/v1/jobs/{job.Id}/costs", by.Token)).MustRefuse(403, "auth.forbidden");
        (await Server.Get($"/v1/jobs/{job.Id}/costs", job.Tracking)).MustRefuse(403, "auth.forbidden");
        (await Server.Get("/v1/jobs/job_nowhere/costs", city.Dispatcher)).MustRefuse(404, "job.unknown");
        Assert.Equal("open", (await View(job))["quote"]!["status"]!.GetValue<string>());
        JsonObject royal = Found();
        royal["segment"] = "royal";
        (await Server.Post($"/v1/jobs/{parcel.Id}/quotes", royal, bench)).MustRefuse(400, "offer.segment_unknown");
        Assert.Null((await View(parcel))["quote"]);
    }
}
