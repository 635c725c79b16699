using System.Text.Json.Nodes;
using Dispatch.SystemTests.Api.Support;

namespace Dispatch.SystemTests.Api.Server;

/// <summary>A device number that may be mistyped is named at once, recorded all the same, and corrected later.</summary>
public sealed class DeviceNumberTests(City city) : IClassFixture<City>
{
    private const string Mistyped = "490154203237517", Right = "490154203237518";

    private DispatchServer Server => city.Server;

    private static JsonObject JobOn(string? serial)
    {
        JsonObject body = City.JobBody();
        body["device"] = new JsonObject { ["brand"] = "Example", ["model"] = "One", ["serial"] = serial };
        return body;
    }

    /// <summary>A visit to this device, done and closed.</summary>
    private async Task<(string Job, Person By)> Closed(string? serial)
    {
        Person by = await city.Technician();
        Filed job = await city.Job(JobOn(serial));
        JsonObject step = new() { ["epoch"] = await city.Offer(job.Id, by.Id) };
        foreach (string verb in new[] { "accept", "depart", "arrive", "repair", "sign", "close" })
        {
            JsonObject body = step.DeepClone().AsObject();
            if (verb == "repair")
                body["outcome"] = "repaired";
            if (verb == "sign")
                body["signedBy"] = "Ada Example";
            (await Server.Post($"/v1/jobs/{job.Id}/{verb}", body, by.Token)).Must(200);
        }
        return (job.Id, by);
    }

    private async Task<JsonNode?> Found(string query) =>
        (await Server.Get($"/v1/devices?{query}", city.Dispatcher)).Must(200)["items"]!.AsArray().SingleOrDefault();

    private Task RegisterHas(string query, string? job) => DispatchServer.Until($"{query} has {job ?? "nothing"}", async () =>
        (await Found(query))?["services"]!.AsArray().SingleOrDefault()?["jobId"]!.GetValue<string>() == job);

    [Theory]
    [InlineData(Mistyped, "device.imei_check_digit")]
    [InlineData("x", "device.serial_malformed")]
    [InlineData(Right, null)]
    [InlineData("A-1234567", null)]
    [InlineData(null, null)]
    public async Task NumberThatMayBeMistyped_IsNamedInTheAnswer(string? serial, string? code)
    {
        JsonNode job = (await Server.Post("/v1/jobs", JobOn(serial))).Must(201);
        Assert.Equal((code, code is null ? null : "device.serial"), CodeAndField(job));
        Assert.Equal(CodeAndField(job), CodeAndField((await Server.Get($"/v1/jobs/{job["id"]}", city.Dispatcher)).Must(200)));

        static (string?, string?) CodeAndField(JsonNode answer) =>
            (answer["warnings"]?.AsArray().Single()!["code"]!.GetValue<string>(),
                answer["warnings"]?.AsArray().Single()!["field"]!.GetValue<string>());
    }

    [Fact]
    public async Task ClosedJob_IsInTheRegister_AndMovesWithTheCorrectedNumber()
    {
        (string job, Person by) = await Closed(Mistyped);
        await RegisterHas($"brand=Example&serial={Mistyped}", job);
        Answer corrected = await Server.Post($"/v1/jobs/{job}/device", new JsonObject { ["imei"] = Right }, city.Dispatcher, "correct");
        Assert.Null(corrected.Must(200)["warnings"]);
        await RegisterHas($"imei={Right}", job);
        await RegisterHas($"brand=Example&serial={Mistyped}", null);
        JsonNode seen = (await Server.Get($"/v1/jobs/{job}", by.Token)).Must(200);
        Assert.Equal((Right, "Example"), (seen["device"]!["serial"]!.GetValue<string>(), seen["device"]!["brand"]!.GetValue<string>()));
        Assert.Null(seen["warnings"]);
        Assert.Contains((await Server.Get($"/v1/jobs/{job}/history", city.Dispatcher)).Must(200)["items"]!.AsArray(), e =>
            e!["type"]!.GetValue<string>() == "job.deviceCorrected");
        // The same request again is the same correction, and not another one.
        Assert.Equal(corrected.Text,
            (await Server.Post($"/v1/jobs/{job}/device", new JsonObject { ["imei"] = Right }, city.Dispatcher, "correct")).Text);
    }

    [Fact]
    public async Task NumberThatWasNeverGiven_IsAddedByTheTechnicianAfterwards()
    {
        (string job, Person by) = await Closed(null);
        (await Server.Post($"/v1/jobs/{job}/device", new JsonObject { ["serial"] = "LATE-00017" }, by.Token)).Must(200);
        await RegisterHas("brand=Example&serial=LATE-00017", job);
    }

    [Theory]
    [InlineData("""{"imei":"490154203237517"}""", 400, "device.imei_check_digit")]
    [InlineData("""{"serial":"x"}""", 400, "device.serial_malformed")]
    [InlineData("""{}""", 400, "request.invalid")]
    [InlineData("""{"imei":"490154203237518","serial":"A12345"}""", 400, "request.invalid")]
    public async Task CorrectionThatCanBeNone_IsRefused(string body, int status, string code) =>
        (await Server.Post($"/v1/jobs/{(await city.Job(JobOn(null))).Id}/device", JsonNode.Parse(body),
            city.Dispatcher)).MustRefuse(status, code);

    [Fact]
    public async Task Correction_IsForThoseWhoHaveTheDeviceOrTheCustomer()
    {
        Filed job = await city.Job(JobOn(null));
        JsonObject body = new() { ["imei"] = Right };
        (await Server.Post($"/v1/jobs/{job.Id}/device", body)).MustRefuse(401, "auth.required");
        (await Server.Post($"/v1/jobs/{job.Id}/device", body, job.Tracking)).MustRefuse(403, "auth.forbidden");
        (await Server.Post($"/v1/jobs/{job.Id}/device", body, (await city.Technician()).Token)).MustRefuse(403, "auth.forbidden");
        (await Server.Post("/v1/jobs/job_x/device", body, city.Dispatcher)).MustRefuse(404, "job.unknown");
    }

    /// <summary>A number in the field for serial numbers finds the same device as in the field for IMEIs.</summary>
    [Fact]
    public async Task ImeiGivenAsASerialNumber_IsTheSameDevice()
    {
        JsonObject device = new() { ["kind"] = "phone", ["brand"] = "Example", ["model"] = "One", ["serial"] = "356938035643809" };
        string id = (await Server.Post("/v1/devices", device, city.Dispatcher)).Must(201)["id"]!.GetValue<string>();
        Assert.Equal(id, (await Found("imei=356938035643809"))!["id"]!.GetValue<string>());
        Assert.Equal(id, (await Found("brand=Example&serial=356938035643809"))!["id"]!.GetValue<string>());
        device["serial"] = "356938035643808";
        JsonNode warned = (await Server.Post("/v1/devices", device, city.Dispatcher)).Must(201);
        Assert.Equal("device.imei_check_digit", Assert.Single(warned["warnings"]!.AsArray())!["code"]!.GetValue<string>());
    }
}
