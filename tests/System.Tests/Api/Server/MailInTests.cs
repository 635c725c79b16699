using System.Text.Json.Nodes;
using Dispatch.SystemTests.Api.Support;

namespace Dispatch.SystemTests.Api.Server;

/// <summary>A parcel over HTTP: customer, dispatcher, carrier, service point. The planner does not look during these tests, so booking is by hand.</summary>
public sealed class MailInTests(City city) : IClassFixture<City>
{
    private static int _names;

    private DispatchServer Server => city.Server;

    private async Task<string> Carrier()
    {
        string user = $"carrier{Interlocked.Increment(ref _names)}";
        (await Server.Post("/v1/accounts", new JsonObject { ["user"] = user, ["password"] = DispatchServer.Password, ["role"] = "carrier", ["name"] = "Fast parcels" }, city.Manager)).Must(201);
        return await Server.SignIn(user);
    }

    private static string Waybill(JsonNode job, string direction) =>
        job["parcels"]!.AsArray().Single(p => p!["direction"]!.GetValue<string>() == direction)!["waybill"]!.GetValue<string>();

    private static JsonObject Report(string waybill, string status, int minutesAgo = 0) => new()
    {
        ["events"] = new JsonArray(new JsonObject { ["waybill"] = waybill, ["status"] = status, ["at"] = TimeProvider.System.GetUtcNow().AddMinutes(-minutesAgo).ToString("O") }),
    };

    [Fact]
    public async Task AParcel_GoesAllTheWay_AndTheCustomerSeesEveryStep()
    {
        (string point, string bench) = await city.ServicePoint();
        string carrier = await Carrier();
        Filed job = await city.Job(Parcels.Body());
        JsonNode booked = await city.Booked(job, point);
        string inbound = Waybill(booked, "inbound");
        JsonNode[] waiting = [];
        await DispatchServer.Until("the carrier sees it", async () =>
            (waiting = [.. (await Server.Get("/v1/carrier/parcels", carrier)).Must(200)["items"]!.AsArray().Where(p => p!["waybill"]!.GetValue<string>() == inbound)!]).Length == 1);
        Assert.Equal(121.01, waiting[0]["from"]!["lon"]!.GetValue<double>());
        Assert.Equal(1, (await Server.Post("/v1/carrier/events", Report(inbound, "inTransit", 5), carrier)).Must(200)["taken"]!.GetValue<int>());
        Assert.Equal(1, (await Server.Post("/v1/carrier/events", Report(inbound, "delivered", 1), carrier)).Must(200)["taken"]!.GetValue<int>());

        JsonNode found = (await Server.Get($"/v1/jobs?code={inbound.ToLowerInvariant()}", bench)).Must(200)["items"]!.AsArray().Single()!;
        Assert.Equal(job.Id, found["id"]!.GetValue<string>());
        foreach ((string step, JsonObject body) in new (string, JsonObject)[]
        {
            ("receive", []), ("inspect", new() { ["findings"] = "Glass cracked, frame straight" }), ("start", []), ("finish", new() { ["outcome"] = "repaired", ["work"] = "Screen replaced" }),
            ("check", new() { ["passed"] = false, ["note"] = "dust" }), ("finish", new() { ["outcome"] = "repaired" }), ("check", new() { ["passed"] = true }), ("pack", []), ("ship", []),
        })
            (await Server.Post($"/v1/jobs/{job.Id}/{step}", body, bench)).Must(200);
        string back = Waybill((await Server.Get($"/v1/jobs/{job.Id}", bench)).Must(200), "return");
        await DispatchServer.Until("the return is known", async () =>
            (await Server.Post("/v1/carrier/events", Report(back, "delivered"), carrier)).Must(200)["taken"]!.GetValue<int>() == 1);

        JsonNode tracked = null!;
        await DispatchServer.Until("the page says so", async () => (tracked = (await Server.Get($"/v1/track/{job.Tracking}")).Must(200))["steps"]!.AsArray()[^1]!["status"]!.GetValue<string>() == "delivered");
        Assert.Equal(
            ["requested", "queued", "booked", "inTransit", "received", "inspected", "onBench", "repaired", "onBench", "repaired", "checked", "packed", "shipped", "delivered"],
            tracked["steps"]!.AsArray().Select(s => s!["status"]!.GetValue<string>()));
        Assert.Equal(("mailIn", 2), (tracked["mode"]!.GetValue<string>(), tracked["parcels"]!.AsArray().Count));
        Assert.StartsWith("Point ", tracked["point"]!["name"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("closed", (await Server.Post($"/v1/track/{job.Tracking}/confirm", null)).Must(200)["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task ADayOfABench_IsNeverGivenTwice_HoweverManyAskAtOnce()
    {
        (string point, _) = await city.ServicePoint(perDay: 3);
        Filed[] jobs = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => city.Job(Parcels.Body())));
        string day = (await city.Booked(jobs[0], point))["booking"]!["benchDay"]!.GetValue<string>();
        Answer[] answers = await Task.WhenAll(jobs[1..].Select(j => Server.Post($"/v1/jobs/{j.Id}/book", new JsonObject { ["pointId"] = point, ["benchDay"] = day }, city.Dispatcher)));
        Assert.Equal(2, answers.Count(a => a.Status == 200));
        Assert.All(answers.Where(a => a.Status != 200), a => a.MustRefuse(409, "point.bench_full"));
        JsonNode bench = (await Server.Get($"/v1/points/{point}", city.Dispatcher)).Must(200)["days"]!.AsArray().Single()!;
        Assert.Equal((day, 3, 3), (bench["day"]!.GetValue<string>(), bench["slots"]!.GetValue<int>(), bench["taken"]!.GetValue<int>()));
    }

    [Fact]
    public async Task WhoMayNot_IsToldSo_AndNothingMoves()
    {
        (string point, string bench) = await city.ServicePoint();
        (_, string other) = await city.ServicePoint();
        (string canon, _) = await city.ServicePoint(brand: "Canon");
        Filed job = await city.Job(Parcels.Body());
        (await Server.Post($"/v1/jobs/{job.Id}/book", new JsonObject { ["pointId"] = canon }, city.Dispatcher)).MustRefuse(409, "point.brand_not_authorised");
        (await Server.Post($"/v1/jobs/{job.Id}/book", new JsonObject { ["pointId"] = "point_nowhere" }, city.Dispatcher)).MustRefuse(404, "point.unknown");
        (await Server.Post($"/v1/jobs/{job.Id}/book", new JsonObject { ["pointId"] = point }, bench)).MustRefuse(403, "auth.forbidden");
        (await Server.Post($"/v1/jobs/{job.Id}/receive", new JsonObject(), bench)).MustRefuse(409, "job.wrong_status");
        string waybill = Waybill(await city.Booked(job, point), "inbound");
        (await Server.Post($"/v1/jobs/{job.Id}/receive", new JsonObject(), other)).MustRefuse(409, "job.not_at_this_point");
        (await Server.Post($"/v1/jobs/{job.Id}/receive", new JsonObject(), city.Point)).MustRefuse(403, "auth.forbidden");
        (await Server.Post("/v1/carrier/events", Report(waybill, "delivered"), bench)).MustRefuse(403, "auth.forbidden");
        (await Server.Post("/v1/points", Parcels.PointBody("nobody"), city.Dispatcher)).MustRefuse(403, "auth.forbidden");
        (await Server.Post("/v1/accounts", new JsonObject { ["user"] = "x", ["password"] = "long enough", ["role"] = "manager", ["name"] = "X" }, city.Manager)).MustRefuse(400, "request.invalid");
        (await Server.Post($"/v1/jobs/{job.Id}/offer", new JsonObject { ["technicianIds"] = new JsonArray("tech_x") }, city.Dispatcher)).MustRefuse(404, "technician.unknown");
        Filed visit = await city.Job();
        (await Server.Post($"/v1/jobs/{visit.Id}/book", new JsonObject { ["pointId"] = point }, city.Dispatcher)).MustRefuse(409, "job.wrong_mode");
        Assert.Equal("booked", (await Server.Get($"/v1/jobs/{job.Id}", city.Dispatcher)).Must(200)["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task CarrierReports_MayBeRepeatedAndUnknown_AndAWrongWaybillIsNoticed()
    {
        (string point, _) = await city.ServicePoint();
        string carrier = await Carrier();
        Filed job = await city.Job(Parcels.Body());
        string waybill = Waybill(await city.Booked(job, point), "inbound");
        JsonObject report = Report(waybill, "inTransit");
        for (int i = 0; i < 3; i++)
            Assert.Equal(1, (await Server.Post("/v1/carrier/events", report.DeepClone(), carrier)).Must(200)["taken"]!.GetValue<int>());
        Assert.Single((await Server.Get($"/v1/jobs/{job.Id}", city.Dispatcher)).Must(200)["parcels"]![0]!["events"]!.AsArray());
        string wrong = waybill[..^1] + (waybill[^1] == '0' ? '1' : '0');
        (await Server.Post("/v1/carrier/events", Report(wrong, "inTransit"), carrier)).MustRefuse(400, "request.invalid");
        string stranger = Domain.Jobs.Waybill.Derive(new Domain.TenantId("main"), new Domain.JobId("job_stranger"), new Domain.Epoch(1), Domain.Jobs.ParcelDirection.Inbound).Value;
        Assert.Equal(stranger, (await Server.Post("/v1/carrier/events", Report(stranger, "inTransit"), carrier)).Must(200)["unknown"]!.AsArray().Single()!.GetValue<string>());
    }

    [Fact]
    public async Task ARepeatedDefinitionOrAccount_AnswersTheSame_AndATakenNameIsSaid()
    {
        JsonObject body = Parcels.PointBody($"shop{Interlocked.Increment(ref _names)}");
        JsonNode first = (await Server.Post("/v1/points", body.DeepClone(), city.Manager, "a-point")).Must(201);
        Assert.Equal(first.ToJsonString(), (await Server.Post("/v1/points", body.DeepClone(), city.Manager, "a-point")).Must(201).ToJsonString());
        body["name"] = "Another";
        (await Server.Post("/v1/points", body.DeepClone(), city.Manager, "another-point")).MustRefuse(409, "account.user_taken");
        JsonObject impossible = Parcels.PointBody("nobody2");
        impossible["hours"] = new JsonObject { ["open"] = "18:00", ["close"] = "9:00", ["timeZone"] = "Middle/Earth", ["closedOn"] = new JsonArray("someday") };
        impossible["slots"] = new JsonArray(new JsonObject { ["category"] = "toaster", ["perDay"] = -1 });
        Answer refused = (await Server.Post("/v1/points", impossible, city.Manager)).MustRefuse(400, "request.invalid");
        JsonNode facts = JsonNode.Parse(refused.Text)!["facts"]!;
        Assert.Equal(["hours.close", "hours.closedOn[0]", "hours.timeZone", "slots[0].category", "slots[0].perDay"], facts.AsObject().Select(f => f.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task APointsStream_CarriesItsJobs_AndItsSnapshotTheOpenOnes()
    {
        (string point, string bench) = await city.ServicePoint();
        Filed job = await city.Job(Parcels.Body());
        await city.Booked(job, point);
        await DispatchServer.Until("the stream has it", async () => (await Server.Get($"/v1/streams/point/{point}/events?after=0", bench)).Must(200)["events"]!.AsArray()
            .Select(e => e!["type"]!.GetValue<string>()).Intersect(["point.defined", "job.booked", "point.reserved", "point.confirmed", "job.bookingConfirmed"]).Count() == 5);
        JsonNode snapshot = (await Server.Get($"/v1/streams/point/{point}/snapshot", bench)).Must(200);
        Assert.Equal(job.Id, snapshot["jobs"]!.AsArray().Single()!["id"]!.GetValue<string>());
        Assert.Equal(point, snapshot["points"]!.AsArray().Single()!["id"]!.GetValue<string>());
        JsonNode zone = (await Server.Get($"/v1/streams/zone/{City.Zone}/snapshot", bench)).Must(200);
        Assert.Contains(point, zone["points"]!.AsArray().Select(p => p!["id"]!.GetValue<string>()));
    }

    [Fact]
    public async Task BookingByHand_IsAnsweredTheSameAgainThoughTheBenchIsFullByThen()
    {
        (string point, _) = await city.ServicePoint(perDay: 1);
        JsonObject body = new() { ["pointId"] = point, ["benchDay"] = Day(3) };
        Filed taken = await city.Job(Parcels.Body()), late = await city.Job(Parcels.Body());
        Answer booked = await Server.Post($"/v1/jobs/{taken.Id}/book", body, city.Dispatcher, "book-taken");
        booked.Must(200);
        Answer refused = await Server.Post($"/v1/jobs/{late.Id}/book", body, city.Dispatcher, "book-late");
        refused.MustRefuse(409, "point.bench_full");
        // The point gets another brand, so that neither would be booked there now.
        JsonObject other = Parcels.PointBody("other", perDay: 1, brand: "Nobody");
        (other["pointId"], _) = (point, other.Remove("signIn"));
        (await Server.Post("/v1/points", other, city.Manager)).Must(201);
        foreach ((Filed job, Answer first, string key) in new[] { (taken, booked, "book-taken"), (late, refused, "book-late") })
        {
            Answer again = await Server.Post($"/v1/jobs/{job.Id}/book", body, city.Dispatcher, key);
            Assert.Equal((first.Status, first.Text), (again.Status, again.Text));
        }
        Filed fresh = await city.Job(Parcels.Body());
        Answer brand = await Server.Post($"/v1/jobs/{fresh.Id}/book", body, city.Dispatcher, "book-fresh");
        brand.MustRefuse(409, "point.brand_not_authorised");
        Answer brandAgain = await Server.Post($"/v1/jobs/{fresh.Id}/book", body, city.Dispatcher, "book-fresh");
        Assert.Equal((brand.Status, brand.Text), (brandAgain.Status, brandAgain.Text));
    }

    [Fact]
    public async Task CarrierReport_IsAnsweredTheSameAgainThoughTheParcelHasAnotherWaybillByThen()
    {
        (string point, _) = await city.ServicePoint();
        string carrier = await Carrier();
        Filed job = await city.Job(Parcels.Body());
        JsonObject report = Report(Waybill(await city.Booked(job, point), "inbound"), "infoReceived");
        Answer first = await Server.Post("/v1/carrier/events", report, carrier, "told-once");
        Assert.Equal(1, first.Must(200)["taken"]!.GetValue<int>());
        (await Server.Post($"/v1/jobs/{job.Id}/reassign", new JsonObject { ["reason"] = "another bench" }, city.Dispatcher)).Must(200);
        await city.Booked(job, point);
        Answer again = await Server.Post("/v1/carrier/events", report, carrier, "told-once");
        Assert.Equal((first.Status, first.Text), (again.Status, again.Text));
        Assert.Single((await Server.Post("/v1/carrier/events", report, carrier, "told-anew")).Must(200)["unknown"]!.AsArray());
    }

    private static string Day(int ahead) => TimeProvider.System.GetUtcNow().AddDays(ahead).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
