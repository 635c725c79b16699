using System.Text.Json.Nodes;
using Dispatch.Sim.Client.Hub;
using Dispatch.SystemTests.Api.Support;

namespace Dispatch.SystemTests.Api.Server;

public sealed class StreamTests(City city) : IClassFixture<City>
{
    private const string Zone = "zone/" + City.Zone;

    private DispatchServer Server => city.Server;

    [Fact]
    public async Task WhatIsPushed_IsWhatHistorySays()
    {
        await using Listener listener = await Listener.Connect(Server, city.Dispatcher);
        long head = await listener.Subscribe(Zone);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => await Finish(await city.Technician())));
        JsonArray history = [];
        await DispatchServer.Until("all that happened is in the stream and pushed", async () =>
        {
            history = (await History(Zone, head)).AsArray();
            return history.Count(e => e!["type"]!.GetValue<string>() == "job.closed") == 8 && listener.Events(Zone).Count == history.Count;
        });
        Assert.Equal(history.Select(e => Told(e!)), listener.Events(Zone).Select(Told));
        Assert.Equal(Enumerable.Range(1, history.Count).Select(n => head + n), history.Select(e => e!["seq"]!.GetValue<long>()));
    }

    [Fact]
    public async Task EveryEvent_HasTheViewAndTheFourFieldsOfAJob()
    {
        Person technician = await city.Technician();
        Filed job = await Finish(technician);
        JsonArray events = [];
        await DispatchServer.Until("the job's stream has its end", async () =>
            (events = (await History($"job/{job.Id}", 0)).AsArray()).Any(e => e!["type"]!.GetValue<string>() == "job.closed"));
        Assert.Equal(
            ["job.requested", "job.triaged", "job.queued", "job.offered", "job.accepted", "job.departed", "job.arrived", "job.repaired", "job.signed", "job.closed"],
            events.Select(e => e!["type"]!.GetValue<string>()));
        foreach (JsonNode? e in events)
        {
            JsonNode data = e!["data"]!;
            Assert.Equal(job.Id, data["jobId"]!.GetValue<string>());
            Assert.Equal(e["number"]!.GetValue<long>(), data["version"]!.GetValue<long>());
            Assert.Equal(job.Id, data["view"]!["id"]!.GetValue<string>());
            Assert.NotNull(data["status"]);
            Assert.NotNull(data["epoch"]);
        }
        JsonNode offered = events[3]!["data"]!;
        Assert.Equal(technician.Id, offered["candidates"]![0]!["technicianId"]!.GetValue<string>());
        Assert.NotNull(offered["candidates"]![0]!["visit"]!["arriveAt"]);
        Assert.NotNull(offered["expiresAt"]);
        Assert.Equal("repaired", events[7]!["data"]!["outcome"]!.GetValue<string>());
    }

    [Fact]
    public async Task Technician_HearsOfOffersOnTheirOwnStream()
    {
        Person technician = await city.Technician();
        await using Listener listener = await Listener.Connect(Server, technician.Token);
        string stream = $"technician/{technician.Id}";
        await listener.Subscribe(stream);
        Filed job = await city.Job();
        await city.Offer(job.Id, technician.Id);
        await DispatchServer.Until("the offer is pushed", () => Task.FromResult(listener.Events(stream).Any(e => e["type"]!.GetValue<string>() == "job.offered")));
        JsonNode offered = listener.Events(stream).First(e => e["type"]!.GetValue<string>() == "job.offered");
        Assert.Equal(job.Id, offered["data"]!["view"]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task TechnicianWhoLosesTheJob_HearsThatAndNothingAfter()
    {
        Person technician = await city.Technician();
        (Filed job, _) = await city.Accepted(technician);
        string stream = $"job/{job.Id}";
        await using Listener mine = await Listener.Connect(Server, technician.Token), staff = await Listener.Connect(Server, city.Dispatcher);
        long head = await staff.Subscribe(stream);
        await mine.Subscribe(stream, head);
        (await Server.Post($"/v1/jobs/{job.Id}/reassign", new JsonObject { ["reason"] = "moved" }, city.Dispatcher)).Must(200);
        (await Server.Post($"/v1/jobs/{job.Id}/cancel", new JsonObject { ["reason"] = "over" }, city.Dispatcher)).Must(200);
        await DispatchServer.Until("staff hears of the end", () => Task.FromResult(staff.Events(stream).Any(e => e["type"]!.GetValue<string>() == "job.cancelled")));
        (await Server.Get($"/v1/streams/{stream}/events", technician.Token)).MustRefuse(403, "auth.forbidden");
        await DispatchServer.Until("the technician hears of the withdrawal", () => Task.FromResult(mine.Events(stream).Any(e => e["type"]!.GetValue<string>() == "job.withdrawn")));
        string[] heard = [.. mine.Events(stream).Select(e => e["type"]!.GetValue<string>())];
        Assert.Equal("job.withdrawn", heard.First(type => type is not ("job.accepted" or "job.offered")));
        Assert.DoesNotContain("job.cancelled", heard);
    }

    [Fact]
    public async Task Reconnection_ContinuesFromTheLastNumberWithoutLoss()
    {
        Person technician = await city.Technician();
        string stream = $"technician/{technician.Id}";
        List<long> applied = [];
        await using (Listener first = await Listener.Connect(Server, technician.Token))
        {
            long head = await first.Subscribe(stream);
            applied.AddRange((await History(stream, 0)).AsArray().Select(e => e!["seq"]!.GetValue<long>()));
            Assert.True(applied.Count >= head);
        }
        await city.Accepted(technician);
        await using Listener second = await Listener.Connect(Server, technician.Token);
        long now = await second.Subscribe(stream, applied[^1]);
        foreach (JsonNode? e in (await History(stream, applied[^1])).AsArray())
            applied.Add(e!["seq"]!.GetValue<long>());
        Assert.True(applied[^1] >= now);
        Assert.Equal(Enumerable.Range(1, applied.Count).Select(n => (long)n), applied);
    }

    [Fact]
    public async Task Positions_AreSentInsideTheViewOnlyAndTheLatestEach()
    {
        Person near = await city.Technician(), far = await city.Technician();
        await using Listener listener = await Listener.Connect(Server, city.Dispatcher);
        await listener.Invoke("SetView", City.Zone, 120.9, 30.9, 121.1, 31.1);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        for (int i = 0; i < 20; i++)
        {
            await Report(near, 121.0 + i * 0.001, 31.0, now.AddMilliseconds(i));
            await Report(far, 121.15 + i * 0.001, 31.15, now.AddMilliseconds(i));
        }
        await DispatchServer.Until("the last position of the near one is seen", () => Task.FromResult(
            listener.Positions(City.Zone).Any(p => p["technicianId"]!.GetValue<string>() == near.Id && Math.Abs(p["lon"]!.GetValue<double>() - 121.019) < 1e-9)));
        Assert.DoesNotContain(far.Id, listener.Positions(City.Zone).Select(p => p["technicianId"]!.GetValue<string>()));
        Assert.InRange(listener.Positions(City.Zone).Count(p => p["technicianId"]!.GetValue<string>() == near.Id), 1, 10);
        await listener.Invoke("SetView", City.Zone, 121.1, 31.1, 121.2, 31.2);
        await DispatchServer.Until("the new view shows who is in it", () => Task.FromResult(
            listener.Positions(City.Zone).Any(p => p["technicianId"]!.GetValue<string>() == far.Id)));
    }

    [Theory]
    [InlineData(120.0, 30.0, 180.02, 32.0)]
    [InlineData(-240.0, 30.0, -238.0, 32.0)]
    [InlineData(170.0, -95.0, 130.0, 95.0)]
    [InlineData(-500.0, -90.0, 500.0, 90.0)]
    public async Task AViewCountedOnBeyondTheDateLine_ShowsWhoIsInIt(double west, double south, double east, double north)
    {
        Person technician = await city.Technician();
        await using Listener listener = await Listener.Connect(Server, city.Dispatcher);
        await listener.Invoke("SetView", City.Zone, west, south, east, north);
        await Report(technician, 121.01, 31.01, TimeProvider.System.GetUtcNow());
        await DispatchServer.Until("the position is seen", () => Task.FromResult(listener.Positions(City.Zone).Any(p => p["technicianId"]!.GetValue<string>() == technician.Id)));
    }

    [Fact]
    public async Task AViewThatIsNone_FailsWithACode()
    {
        await using Listener listener = await Listener.Connect(Server, city.Dispatcher);
        HubInvocationException refused = await Assert.ThrowsAsync<HubInvocationException>(() => listener.Invoke("SetView", City.Zone, 0, 10, 10, 0));
        Assert.Contains("request.invalid", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AZoneAcrossTheDateLine_TakesTheJobsOnBothSides()
    {
        JsonObject zone = new()
        {
            ["name"] = "Date line", ["zoneId"] = "zone_dateline",
            ["territory"] = new JsonArray(City.Place(178, -18), City.Place(-178, -18), City.Place(-178, -16), City.Place(178, -16)),
            ["depot"] = new JsonObject { ["name"] = "Depot", ["place"] = City.Place(180, -17) },
        };
        (await Server.Post("/v1/zones", zone, city.Manager)).Must(201);
        foreach (double lon in new[] { 179.5, -179.5, 180, -180 })
        {
            JsonObject body = City.JobBody();
            body["place"] = City.Place(lon, -17);
            string id = (await Server.Post("/v1/jobs", body)).Must(201)["id"]!.GetValue<string>();
            Assert.Equal("zone_dateline", (await Server.Get($"/v1/jobs/{id}", city.Dispatcher)).Must(200)["zone"]!.GetValue<string>());
        }
        JsonObject outside = City.JobBody();
        outside["place"] = City.Place(0, -17);
        (await Server.Post("/v1/jobs", outside)).MustRefuse(422, "job.outside_territory");
        zone["territory"] = new JsonArray(City.Place(0, 70), City.Place(120, 70), City.Place(-120, 70));
        (await Server.Post("/v1/zones", zone, city.Manager)).MustRefuse(400, "territory.around_pole");
    }

    [Fact]
    public async Task TrackingToken_SeesItsJobRedactedAndThePositionOnlyOnTheWay()
    {
        Person technician = await city.Technician();
        (Filed job, long epoch) = await city.Accepted(technician);
        string stream = $"job/{job.Id}";
        await using Listener listener = await Listener.Connect(Server, job.Tracking);
        await listener.Subscribe(stream);
        await Report(technician, 121.03, 31.03, TimeProvider.System.GetUtcNow());
        await Step(job, "depart", epoch, technician);
        await DispatchServer.Until("the approaching technician is seen", () => Task.FromResult(listener.Positions(stream).Count > 0));
        JsonNode position = listener.Positions(stream)[0];
        Assert.Equal(121.03, position["lon"]!.GetValue<double>());
        Assert.Null(position["technicianId"]);
        await Step(job, "arrive", epoch, technician);
        await DispatchServer.Until("the arrival is pushed", () => Task.FromResult(listener.Events(stream).Any(e => e["type"]!.GetValue<string>() == "job.arrived")));
        int seen = listener.Positions(stream).Count;
        await Report(technician, 121.033, 31.032, TimeProvider.System.GetUtcNow());
        await using Listener staff = await Listener.Connect(Server, city.Dispatcher);
        await staff.Invoke("SetView", City.Zone, 120.8, 30.8, 121.2, 31.2);
        await DispatchServer.Until("staff still sees where the technician is", () => Task.FromResult(
            staff.Positions(City.Zone).Any(p => p["technicianId"]!.GetValue<string>() == technician.Id && p["lon"]!.GetValue<double>() == 121.033)));
        Assert.Equal(seen, listener.Positions(stream).Count);
        Assert.DoesNotContain(technician.Id, string.Join('\n', listener.Events(stream).Select(e => e.ToJsonString())), StringComparison.Ordinal);
        await Assert.ThrowsAsync<HubInvocationException>(() => listener.Subscribe(Zone));
        await Assert.ThrowsAsync<HubInvocationException>(() => listener.Invoke("SetView", City.Zone, 120.8, 30.8, 121.2, 31.2));
    }

    [Theory]
    [InlineData("zone/zone_nowhere", "zone.unknown")]
    [InlineData("planet/earth", "stream.unknown")]
    [InlineData("", "stream.unknown")]
    [InlineData("job/job_nothing", "job.unknown")]
    public async Task RefusedSubscription_FailsWithTheCode(string stream, string code)
    {
        await using Listener listener = await Listener.Connect(Server, city.Dispatcher);
        HubInvocationException refused = await Assert.ThrowsAsync<HubInvocationException>(() => listener.Subscribe(stream));
        Assert.Contains(code, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hub_IsClosedToThoseWithoutAToken()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => Listener.Connect(Server, null));
        await Assert.ThrowsAnyAsync<Exception>(() => Listener.Connect(Server, "nonsense"));
        (await Server.Post("/hub/negotiate?negotiateVersion=1", null)).MustRefuse(401, "auth.required");
    }

    [Fact]
    public async Task Snapshot_HoldsAtLeastEveryEventUpToItsNumber()
    {
        Person technician = await city.Technician();
        (Filed job, _) = await city.Accepted(technician);
        foreach (string stream in new[] { Zone, $"technician/{technician.Id}", $"job/{job.Id}" })
        {
            JsonNode snapshot = new JsonObject();
            await DispatchServer.Until($"the snapshot of {stream} shows the job accepted", async () =>
            {
                snapshot = (await Server.Get($"/v1/streams/{stream}/snapshot", city.Dispatcher)).Must(200);
                return snapshot["jobs"]!.AsArray().Any(j => j!["id"]!.GetValue<string>() == job.Id && j["status"]!.GetValue<string>() == "accepted");
            });
            Dictionary<string, long> versions = snapshot["jobs"]!.AsArray().ToDictionary(j => j!["id"]!.GetValue<string>(), j => j!["version"]!.GetValue<long>());
            foreach (JsonNode? e in (await History(stream, 0)).AsArray().Where(e => e!["seq"]!.GetValue<long>() <= snapshot["seq"]!.GetValue<long>()))
                if (e!["data"]!["jobId"] is { } id && versions.TryGetValue(id.GetValue<string>(), out long version) && e["type"]!.GetValue<string>().StartsWith("job.", StringComparison.Ordinal))
                    Assert.True(e["number"]!.GetValue<long>() <= version, $"{stream}: the snapshot at {snapshot["seq"]} lacks event {e["number"]} of {id}");
        }
    }

    [Fact]
    public async Task TechnicianOffDuty_IsOnNoMapAnyMore()
    {
        Person technician = await city.Technician();
        await Report(technician, 121.05, 31.05, TimeProvider.System.GetUtcNow());
        bool Shows(JsonNode snapshot) => snapshot["positions"]!.AsArray().Any(p => p!["technicianId"]!.GetValue<string>() == technician.Id);
        await DispatchServer.Until("the technician is on the map", async () => Shows((await Server.Get($"/v1/streams/{Zone}/snapshot", city.Dispatcher)).Must(200)));
        (await Server.Post($"/v1/technicians/{technician.Id}/duty", new JsonObject { ["onDuty"] = false }, technician.Token)).Must(200);
        await DispatchServer.Until("the technician is off the map", async () => !Shows((await Server.Get($"/v1/streams/{Zone}/snapshot", city.Dispatcher)).Must(200)));
        JsonObject position = new() { ["lon"] = 121.05, ["lat"] = 31.05, ["at"] = TimeProvider.System.GetUtcNow().ToString("O") };
        (await Server.Post($"/v1/technicians/{technician.Id}/positions", new JsonObject { ["positions"] = new JsonArray(position) }, technician.Token)).MustRefuse(409, "technician.off_duty");
    }

    [Fact]
    public async Task Heads_AreToldWithoutAnythingHappening()
    {
        Person technician = await city.Technician();
        await using Listener listener = await Listener.Connect(Server, technician.Token);
        long head = await listener.Subscribe($"technician/{technician.Id}");
        await DispatchServer.Until("a head is told", () => Task.FromResult(listener.Heads($"technician/{technician.Id}").Any(h => h >= head)));
    }

    private async Task<JsonNode> History(string stream, long after)
    {
        JsonArray all = [];
        while (true)
        {
            JsonNode page = (await Server.Get($"/v1/streams/{stream}/events?after={after + all.Count}&limit=100", city.Dispatcher)).Must(200);
            foreach (JsonNode? e in page["events"]!.AsArray())
                all.Add(e!.DeepClone());
            if (page["events"]!.AsArray().Count < 100)
                return all;
        }
    }

    /// <summary>An event without its view, which in history is the present one.</summary>
    private static string Told(JsonNode e)
    {
        JsonNode copy = e.DeepClone();
        copy["data"]!.AsObject().Remove("view");
        return copy.ToJsonString();
    }

    private async Task<Filed> Finish(Person technician)
    {
        (Filed job, long epoch) = await city.Accepted(technician);
        await Step(job, "depart", epoch, technician);
        await Step(job, "arrive", epoch, technician);
        await Step(job, "repair", epoch, technician, ("outcome", "repaired"));
        await Step(job, "sign", epoch, technician, ("signedBy", "Ada"));
        await Step(job, "close", epoch, technician);
        return job;
    }

    private async Task Step(Filed job, string step, long epoch, Person technician, params (string Name, string Value)[] more)
    {
        JsonObject body = new() { ["epoch"] = epoch };
        foreach ((string name, string value) in more)
            body[name] = value;
        (await Server.Post($"/v1/jobs/{job.Id}/{step}", body, technician.Token)).Must(200);
    }

    private async Task Report(Person technician, double lon, double lat, DateTimeOffset at)
    {
        JsonObject position = new() { ["lon"] = lon, ["lat"] = lat, ["at"] = at.ToString("O") };
        Answer answer = await Server.Post($"/v1/technicians/{technician.Id}/positions", new JsonObject { ["positions"] = new JsonArray(position) }, technician.Token);
        Assert.True(answer.Status == 202, answer.Text);
    }
}
