using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Dispatch.SystemTests.Api.Support;

namespace Dispatch.SystemTests.Api.Server;

/// <summary>Whatever comes in, a coded problem goes out: never a 5xx, never half a job.</summary>
public sealed class BadInputTests(City city) : IClassFixture<City>
{
    private DispatchServer Server => city.Server;

    public static TheoryData<string> Posts =>
    [
        "/v1/sign-in", "/v1/jobs", "/v1/jobs/{job}/triage", "/v1/jobs/{job}/offer", "/v1/jobs/{job}/accept", "/v1/jobs/{job}/decline", "/v1/jobs/{job}/depart",
        "/v1/jobs/{job}/arrive", "/v1/jobs/{job}/repair", "/v1/jobs/{job}/sign", "/v1/jobs/{job}/close", "/v1/jobs/{job}/cancel", "/v1/jobs/{job}/reschedule",
        "/v1/jobs/{job}/reassign", "/v1/technicians", "/v1/technicians/{technician}/duty", "/v1/technicians/{technician}/positions", "/v1/zones", "/v1/track/{tracking}/reschedule",
        "/v1/points", "/v1/accounts", "/v1/carrier/events", "/v1/jobs/{job}/book", "/v1/jobs/{job}/inspect", "/v1/jobs/{job}/finish", "/v1/jobs/{job}/check",
        "/v1/devices", "/v1/devices/dev_x/owner", "/v1/devices/dev_x/exchange", "/v1/devices/dev_x/exchange/step", "/v1/devices/dev_x/exchange/refuse", "/v1/entitlement", "/v1/triage", "/v1/offers", "/v1/bookings",
        "/v1/jobs/{job}/quotes", "/v1/jobs/{job}/quotes/1/answer", "/v1/track/{tracking}/quotes/1/answer",
        "/v1/contacts", "/v1/contacts/contact_x/say", "/v1/contacts/contact_x/end", "/v1/escalations", "/v1/callbacks/callback_x/rate", "/v1/cases", "/v1/cases/case_x/note",
        "/v1/cases/case_x/propose", "/v1/cases/case_x/answer", "/v1/cases/case_x/refer", "/v1/track/{tracking}/rating", "/v1/track/{tracking}/complaint", "/v1/track/{tracking}/cases/case_x/state",
    ];

    /// <summary>Bodies that no endpoint can take, and what each is refused as.</summary>
    private static IEnumerable<(string What, byte[] Body, string ContentType, int Status, string Code)> Impossible()
    {
        const string json = "application/json";
        yield return ("no fields", "{}"u8.ToArray(), json, 400, "request.invalid");
        yield return ("nothing", [], json, 400, "request.malformed");
        yield return ("null", "null"u8.ToArray(), json, 400, "request.malformed");
        yield return ("an array", "[]"u8.ToArray(), json, 400, "request.malformed");
        yield return ("a number", "1e400"u8.ToArray(), json, 400, "request.malformed");
        yield return ("half an object", "{\"a\":"u8.ToArray(), json, 400, "request.malformed");
        yield return ("invalid UTF-8", [(byte)'{', (byte)'"', 0xc3, 0x28, (byte)'"', (byte)':', (byte)'1', (byte)'}'], json, 400, "request.malformed");
        yield return ("zero bytes", new byte[64], json, 400, "request.malformed");
        yield return ("deep JSON", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 5_000))), json, 400, "request.malformed");
        yield return ("a form", "a=b"u8.ToArray(), "application/x-www-form-urlencoded", 415, "request.unsupported_media_type");
        yield return ("a bit too much", new byte[300 * 1024], json, 413, "request.too_large");
    }

    [Theory]
    [MemberData(nameof(Posts))]
    public async Task ImpossibleBody_IsACodedProblemEverywhere(string path)
    {
        (string address, string? token) = await Resolve(path);
        foreach ((string what, byte[] body, string contentType, int status, string code) in Impossible())
        {
            Answer answer = await Server.PostRaw(address, body, token, contentType);
            Assert.True(answer.Status == status, $"{path} with {what}: {answer.Status} {answer.Text}");
            Assert.Equal(code, answer.Code);
        }
    }

    [Fact]
    public async Task TenMegabytes_AreRefusedInWordsAlsoToAClientThatSendsFirst()
    {
        byte[] body = new byte[10_000_000];
        Array.Fill(body, (byte)' ');
        for (int i = 0; i < 3; i++)
            (await Server.PostRaw("/v1/jobs", body)).MustRefuse(413, "request.too_large");
        // Chunked, so that nothing announces the size.
        using HttpRequestMessage request = new(HttpMethod.Post, "/v1/jobs") { Content = new StreamContent(new MemoryStream(body)) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage response = await Server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(413, (int)response.StatusCode);
    }

    [Fact]
    public async Task BodyThatEndsEarly_HarmsNobodyElse()
    {
        using TcpClient client = new();
        await client.ConnectAsync(Server.Address.Host, Server.Address.Port, TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync("POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"category\""u8.ToArray(), TestContext.Current.CancellationToken);
        client.Client.Shutdown(SocketShutdown.Send);
        (await Server.Get("/health/live")).Must(200);
    }

    public static TheoryData<string, string, int, string> WrongJobs => new()
    {
        { "place", """{"lon":0,"lat":0}""", 422, "job.outside_territory" },
        { "place", """{"lon":1e999,"lat":31}""", 400, "request.invalid" },
        { "place", """{"lon":"121","lat":31}""", 400, "request.malformed" },
        { "place", """{"lon":179.999,"lat":89.999}""", 422, "job.outside_territory" },
        { "window", """{"from":"2020-01-01T00:00:00Z","to":"2020-01-01T02:00:00Z"}""", 422, "job.window_in_past" },
        { "window", """{"from":"2100-01-01T02:00:00Z","to":"2100-01-01T00:00:00Z"}""", 422, "job.window_reversed" },
        { "window", """{"from":"9999-12-31T23:59:59Z","to":"9999-12-31T23:59:59Z"}""", 400, "request.invalid" },
        { "window", """{"from":"2026-05-01 10:00","to":"2026-05-01 12:00"}""", 400, "request.malformed" },
        { "category", "\"teleport\"", 400, "request.invalid" },
        { "category", "12", 400, "request.malformed" },
        { "contact", """{"name":"\u0000","phone":"1"}""", 400, "request.invalid" },
        { "contact", """{"name":"\ud800","phone":"1"}""", 400, "request.malformed" },
        { "symptom", "\"bell \\u0007\"", 400, "request.invalid" },
        { "severity", "\"SUPER\"", 400, "request.invalid" },
        { "needs", """{"serviceSeconds":60}""", 401, "auth.required" },
    };

    [Theory]
    [MemberData(nameof(WrongJobs))]
    public async Task WrongJob_IsRefusedAndLeavesNothingBehind(string field, string json, int status, string code)
    {
        JsonObject body = City.JobBody();
        body.Remove(field);
        string text = body.ToJsonString()[..^1] + $",\"{field}\":{json}}}";
        string key = Guid.NewGuid().ToString("N");
        (await Server.PostRaw("/v1/jobs", Encoding.UTF8.GetBytes(text), key: key)).MustRefuse(status, code);
        // The key is free for the right request: nothing was kept of the wrong one, not even the contact.
        string id = (await Server.Post("/v1/jobs", City.JobBody(), key: key)).Must(201)["id"]!.GetValue<string>();
        Assert.Equal("Ada Example", (await Server.Get($"/v1/jobs/{id}/contact", city.Dispatcher)).Must(200)["name"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/v1/jobs/job_doesnotexist", 404, "job.unknown")]
    [InlineData("/v1/jobs/nonsense", 404, "job.unknown")]
    [InlineData("/v1/jobs/job_%2e%2e%2fetc", 404, "job.unknown")]
    [InlineData("/v1/jobs/job_x/contact", 404, "job.unknown")]
    [InlineData("/v1/jobs/job_x/history", 404, "job.unknown")]
    [InlineData("/v1/jobs/job_x/explanation", 404, "job.unknown")]
    [InlineData("/v1/technicians/tech_doesnotexist", 404, "technician.unknown")]
    [InlineData("/v1/technicians/x", 404, "technician.unknown")]
    [InlineData("/v1/zones/zone_nowhere", 404, "zone.unknown")]
    [InlineData("/v1/zones/zone_nowhere/plan", 404, "zone.unknown")]
    [InlineData("/v1/streams/zone/zone_nowhere/events", 404, "zone.unknown")]
    [InlineData("/v1/streams/planet/zone_city/events", 404, "stream.unknown")]
    [InlineData("/v1/streams/zone/zone_city/events?after=-1", 400, "request.invalid")]
    [InlineData("/v1/streams/zone/zone_city/events?after=x", 400, "request.invalid")]
    [InlineData("/v1/streams/zone/zone_city/events?limit=0", 400, "request.invalid")]
    [InlineData("/v1/streams/zone/zone_city/events?limit=99999999999999999999", 400, "request.invalid")]
    [InlineData("/v1/jobs?limit=0", 400, "request.invalid")]
    [InlineData("/v1/jobs?limit=1001", 400, "request.invalid")]
    [InlineData("/v1/jobs?status=exploded", 400, "request.invalid")]
    [InlineData("/v1/jobs?after=!!", 400, "request.invalid")]
    [InlineData("/v1/jobs?token=x", 400, "request.invalid")]
    [InlineData("/v1/jobs?zone=a&zone=b", 400, "request.invalid")]
    [InlineData("/v1/jobs?q=%07", 400, "request.invalid")]
    [InlineData("/v1/jobs?token=job:job_x:999999", 503, "read.behind")]
    [InlineData("/v1/devices/dev_nowhere", 404, "device.unknown")]
    [InlineData("/v1/devices/x", 404, "device.unknown")]
    [InlineData("/v1/devices", 400, "request.invalid")]
    [InlineData("/v1/devices?imei=12345", 400, "device.imei_malformed")]
    [InlineData("/v1/devices?imei=490154203237519", 400, "device.imei_check_digit")]
    [InlineData("/v1/devices?serial=12345", 400, "device.serial_malformed")]
    [InlineData("/v1/nothing", 404, "request.no_such_route")]
    [InlineData("/nothing/here", 404, "request.no_such_route")]
    [InlineData("/v1/track/job_x.AAAA", 404, "track.unknown")]
    public async Task WrongAddress_IsACodedProblem(string path, int status, string code) => (await Server.Get(path, city.Dispatcher)).MustRefuse(status, code);

    [Theory]
    [InlineData("DELETE", "/v1/jobs")]
    [InlineData("PUT", "/v1/jobs/job_x/accept")]
    [InlineData("PATCH", "/v1/sign-in")]
    public async Task WrongMethod_IsACodedProblem(string method, string path) =>
        (await Server.Send(new HttpMethod(method), path, null, city.Dispatcher)).MustRefuse(405, "request.method_not_allowed");

    [Theory]
    [InlineData("' OR 1=1 --")]
    [InlineData("%_~\\")]
    [InlineData("résumé 手机 🔧")]
    public async Task SearchWords_AreOnlyWords(string words) => (await Server.Get($"/v1/jobs?q={Uri.EscapeDataString(words)}", city.Dispatcher)).Must(200);

    [Theory]
    [InlineData("")]
    [InlineData("has space")]
    [InlineData("tab\there")]
    public async Task WrongIdempotencyKey_IsRefused(string key) =>
        Assert.NotNull((await Server.Post("/v1/jobs", City.JobBody(), key: key)).MustRefuse(400, "request.invalid").Fact("Idempotency-Key"));

    [Fact]
    public async Task LongIdempotencyKey_IsRefused()
    {
        (await Server.Post("/v1/jobs", City.JobBody(), key: new string('k', 201))).MustRefuse(400, "request.invalid");
        (await Server.Post("/v1/jobs", City.JobBody(), key: new string('k', 200))).Must(201);
    }

    [Fact]
    public async Task StaleEpoch_IsRefusedWithThePresentState()
    {
        Person technician = await city.Technician();
        (Filed job, long epoch) = await city.Accepted(technician);
        Answer answer = await Server.Post($"/v1/jobs/{job.Id}/depart", new JsonObject { ["epoch"] = epoch - 1 }, technician.Token);
        answer.MustRefuse(409, "job.epoch_stale");
        Assert.Equal(epoch, answer.Body["current"]!["epoch"]!.GetValue<long>());
        Assert.Equal("accepted", answer.Body["current"]!["status"]!.GetValue<string>());
        (await Server.Post($"/v1/jobs/{job.Id}/depart", new JsonObject { ["epoch"] = long.MaxValue }, technician.Token)).MustRefuse(409, "job.epoch_unknown");
        (await Server.Post($"/v1/jobs/{job.Id}/depart", new JsonObject { ["epoch"] = -1 }, technician.Token)).MustRefuse(400, "request.invalid");
    }

    [Fact]
    public async Task ReportFromTheFuture_IsRefused()
    {
        Person technician = await city.Technician();
        (Filed job, long epoch) = await city.Accepted(technician);
        JsonObject body = new() { ["epoch"] = epoch, ["occurredAt"] = TimeProvider.System.GetUtcNow().AddHours(1).ToString("O") };
        (await Server.Post($"/v1/jobs/{job.Id}/depart", body, technician.Token)).MustRefuse(422, "job.time_in_future");
    }

    [Fact]
    public async Task OutdatedVersion_IsRefusedWithThePresentState()
    {
        Filed job = await city.Job();
        JsonObject body = new() { ["windows"] = new JsonArray(City.Window(1, 3)), ["version"] = 1 };
        Answer answer = await Server.Post($"/v1/jobs/{job.Id}/reschedule", body, city.Dispatcher);
        answer.MustRefuse(412, "job.version_outdated");
        Assert.True(answer.Body["current"]!["version"]!.GetValue<long>() > 1);
    }

    [Theory]
    [InlineData("""[{"lon":0,"lat":0},{"lon":1,"lat":1},{"lon":1,"lat":0},{"lon":0,"lat":1}]""", "territory.not_simple")]
    [InlineData("""[{"lon":0,"lat":0},{"lon":0,"lat":0},{"lon":0,"lat":0}]""", "territory.ring_too_short")]
    public async Task ImpossibleTerritory_IsRefused(string ring, string code)
    {
        JsonObject zone = City.ZoneBody();
        zone["zoneId"] = "zone_impossible";
        zone["territory"] = JsonNode.Parse(ring);
        (await Server.Post("/v1/zones", zone, city.Manager)).MustRefuse(400, code);
        (await Server.Get("/v1/zones/zone_impossible", city.Manager)).MustRefuse(404, "zone.unknown");
    }

    [Fact]
    public async Task RefusedTechnician_LeavesNoAccount()
    {
        JsonObject body = city.TechnicianBody("ghost");
        body["shift"] = City.Window(5, 1);
        (await Server.Post("/v1/technicians", body, city.Dispatcher)).MustRefuse(422, "technician.shift_reversed");
        (await Server.Post("/v1/sign-in", new JsonObject { ["user"] = "ghost", ["password"] = DispatchServer.Password })).MustRefuse(401, "auth.wrong_credentials");
        body["shift"] = City.Window(-1, 8);
        body["zone"] = "zone_nowhere";
        (await Server.Post("/v1/technicians", body, city.Dispatcher)).MustRefuse(404, "zone.unknown");
        body["zone"] = City.Zone;
        (await Server.Post("/v1/technicians", body, city.Dispatcher)).Must(201);
        (await Server.Post("/v1/technicians", body, city.Dispatcher)).MustRefuse(409, "account.user_taken");
    }

    [Fact]
    public async Task OfferToNobody_IsRefused()
    {
        Filed job = await city.Job();
        (await Server.Post($"/v1/jobs/{job.Id}/offer", new JsonObject { ["technicianIds"] = new JsonArray("tech_nobody") }, city.Dispatcher)).MustRefuse(404, "technician.unknown");
        (await Server.Post($"/v1/jobs/{job.Id}/reassign", new JsonObject { ["technicianId"] = "tech_nobody", ["reason"] = "x" }, city.Dispatcher)).MustRefuse(404, "technician.unknown");
    }

    /// <summary>One for all rows; none of them changes anything.</summary>
    private static Task<Person>? _technician;

    private async Task<(string Path, string? Token)> Resolve(string path)
    {
        if (path == "/v1/sign-in")
            return (path, null);
        Person technician = await (_technician ??= city.Technician());
        Filed job = await city.Job();
        bool asTechnician = path.Contains("{technician}") || new[] { "accept", "decline", "depart", "arrive", "repair", "sign", "close" }.Any(s => path.EndsWith("/" + s));
        string? token = path.StartsWith("/v1/track") ? null : path is "/v1/zones" or "/v1/points" or "/v1/accounts" or "/v1/carrier/events" ? city.Manager : asTechnician ? technician.Token : city.Dispatcher;
        return (path.Replace("{job}", job.Id).Replace("{technician}", technician.Id).Replace("{tracking}", job.Tracking), token);
    }
}
