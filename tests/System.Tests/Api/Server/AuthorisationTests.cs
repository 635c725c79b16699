using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using Dispatch.Api.Access;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.SystemTests.Api.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.SystemTests.Api.Server;

/// <summary>The rights, as somebody outside meets them.</summary>
public sealed class AuthorisationTests(AuthorisationTests.Stage stage) : IClassFixture<AuthorisationTests.Stage>
{
    /// <summary>A city with a job, its technician, another technician and another job; what the matrix asks changes none of them.</summary>
    public sealed class Stage : IAsyncLifetime
    {
        public City City { get; } = new();
        public Person Mine { get; private set; } = null!;
        public Person Other { get; private set; } = null!;
        public Filed Job { get; private set; } = null!;
        public Filed Elsewhere { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await City.InitializeAsync();
            (Mine, Other) = (await City.Technician(), await City.Technician());
            (Job, _) = await City.Accepted(Mine);
            Elsewhere = await City.Job();
        }

        public ValueTask DisposeAsync() => City.DisposeAsync();
    }

    private readonly City city = stage.City;

    private DispatchServer Server => city.Server;

    [Fact]
    public void EveryRouteOfTheContract_SaysWhatItIs()
    {
        string[] silent = [.. Server.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/v1", StringComparison.Ordinal) || e.RoutePattern.RawText.StartsWith("/hub", StringComparison.Ordinal))
            .Where(e => e.Metadata.GetMetadata<AccessMetadata>() is null).Select(e => e.RoutePattern.RawText!)];
        Assert.Empty(silent);
    }

    /// <summary>Expected statuses of Anonymous, Manager, Dispatcher, technician of the job, other Technician, Point, Customer of the job, other Customer.</summary>
    public static TheoryData<string, string, int[]> Matrix => new()
    {
        { "GET", "/v1/jobs", [401, 200, 200, 200, 200, 200, 403, 403] },
        { "GET", "/v1/jobs/{job}", [401, 200, 200, 200, 403, 200, 403, 403] },
        { "GET", "/v1/jobs/{job}/history", [401, 200, 200, 403, 403, 200, 403, 403] },
        { "GET", "/v1/jobs/{job}/explanation", [401, 200, 200, 403, 403, 200, 403, 403] },
        { "GET", "/v1/jobs/{job}/contact", [401, 200, 200, 200, 403, 403, 403, 403] },
        { "GET", "/v1/technicians", [401, 200, 200, 200, 200, 200, 403, 403] },
        { "GET", "/v1/technicians/{technician}", [401, 200, 200, 200, 403, 200, 403, 403] },
        { "GET", "/v1/zones", [401, 200, 200, 403, 403, 200, 403, 403] },
        { "GET", "/v1/zones/zone_city", [401, 200, 200, 403, 403, 200, 403, 403] },
        { "GET", "/v1/zones/zone_city/plan", [401, 200, 200, 403, 403, 200, 403, 403] },
        { "POST", "/v1/zones/zone_city/plan-changes", [401, 400, 400, 403, 403, 403, 403, 403] },
        { "GET", "/v1/plan-changes/intent_nothing", [401, 404, 404, 403, 403, 403, 403, 403] },
        { "GET", "/v1/streams/zone/zone_city/events", [401, 200, 200, 403, 403, 200, 403, 403] },
        { "GET", "/v1/streams/zone/zone_city/snapshot", [401, 200, 200, 403, 403, 200, 403, 403] },
        { "GET", "/v1/streams/job/{job}/events", [401, 200, 200, 200, 403, 200, 200, 403] },
        { "GET", "/v1/streams/job/{job}/snapshot", [401, 200, 200, 200, 403, 200, 200, 403] },
        { "GET", "/v1/streams/technician/{technician}/events", [401, 200, 200, 200, 403, 200, 403, 403] },
        { "GET", "/v1/catalogue", [200, 200, 200, 200, 200, 200, 200, 200] },
        { "GET", "/v1/clock", [200, 200, 200, 200, 200, 200, 200, 200] },
        { "POST", "/v1/zones", [401, 400, 403, 403, 403, 403, 403, 403] },
        { "POST", "/v1/technicians", [401, 400, 400, 403, 403, 403, 403, 403] },
        { "POST", "/v1/technicians/{technician}/positions", [401, 403, 403, 400, 400, 403, 403, 403] },
        { "POST", "/v1/jobs/{job}/triage", [401, 400, 400, 403, 403, 403, 403, 403] },
        { "POST", "/v1/jobs/{job}/offer", [401, 400, 400, 403, 403, 403, 403, 403] },
        { "POST", "/v1/jobs/{job}/reassign", [401, 400, 400, 403, 403, 403, 403, 403] },
        { "POST", "/v1/jobs/{job}/accept", [401, 403, 403, 400, 400, 403, 403, 403] },
        { "POST", "/v1/jobs/{job}/depart", [401, 403, 403, 400, 400, 403, 403, 403] },
        { "POST", "/v1/jobs/{job}/cancel", [401, 400, 400, 403, 403, 403, 400, 400] },
        { "POST", "/v1/jobs/{job}/reschedule", [401, 400, 400, 403, 403, 403, 400, 400] },
    };

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task EveryCaller_GetsExactlyTheirRights(string method, string path, int[] expected)
    {
        string?[] callers = [null, city.Manager, city.Dispatcher, stage.Mine.Token, stage.Other.Token, city.Point, stage.Job.Tracking, stage.Elsewhere.Tracking];
        string address = path.Replace("{job}", stage.Job.Id).Replace("{technician}", stage.Mine.Id);
        int[] got = new int[callers.Length];
        for (int i = 0; i < callers.Length; i++)
            got[i] = (method == "GET" ? await Server.Get(address, callers[i]) : await Server.Post(address, new JsonObject(), callers[i])).Status;
        // A 400 means: let through to the body, which is empty.
        Assert.Equal(expected, got);
    }

    [Fact]
    public async Task Customer_MayCallOffTheirOwnJobAndNoOther()
    {
        Filed mine = await city.Job(), other = await city.Job();
        JsonObject body = new() { ["reason"] = "no longer needed" };
        (await Server.Post($"/v1/jobs/{other.Id}/cancel", body, mine.Tracking)).MustRefuse(403, "auth.forbidden");
        JsonNode answer = (await Server.Post($"/v1/jobs/{mine.Id}/cancel", body, mine.Tracking)).Must(200);
        Assert.Equal("cancelled", answer["status"]!.GetValue<string>());
        (await Server.Post($"/v1/track/{other.Tracking}/cancel", null)).Must(200);
    }

    [Fact]
    public async Task CustomersView_HoldsNoIdsOfTechniciansAndNoPositionBeforeTheySetOff()
    {
        Person technician = await city.Technician();
        (Filed job, long epoch) = await city.Accepted(technician);
        JsonObject at = new() { ["positions"] = new JsonArray(new JsonObject { ["lon"] = 121.02, ["lat"] = 31.02, ["at"] = TimeProvider.System.GetUtcNow().ToString("O") }) };
        (await Server.Post($"/v1/technicians/{technician.Id}/positions", at, technician.Token)).Response.EnsureSuccessStatusCode();
        Answer accepted = await Server.Get($"/v1/track/{job.Tracking}");
        Assert.Null(accepted.Must(200)["position"]);
        Assert.NotNull(accepted.Body["arrival"]);
        Assert.Equal("Person " + technician.User, accepted.Body["technician"]!["name"]!.GetValue<string>());
        (await Server.Post($"/v1/jobs/{job.Id}/depart", new JsonObject { ["epoch"] = epoch }, technician.Token)).Must(200);
        Answer onTheWay = await Server.Get($"/v1/track/{job.Tracking}");
        Assert.Equal(121.02, onTheWay.Must(200)["position"]!["lon"]!.GetValue<double>());
        (await Server.Post($"/v1/jobs/{job.Id}/arrive", new JsonObject { ["epoch"] = epoch }, technician.Token)).Must(200);
        Answer arrived = await Server.Get($"/v1/track/{job.Tracking}");
        Assert.Null(arrived.Must(200)["position"]);
        Answer events = await Server.Get($"/v1/streams/job/{job.Id}/events", job.Tracking), snapshot = await Server.Get($"/v1/streams/job/{job.Id}/snapshot", job.Tracking);
        Answer refused = await Server.Post($"/v1/track/{job.Tracking}/reschedule", new JsonObject { ["windows"] = new JsonArray(City.Window(1, 2)) });
        refused.MustRefuse(409, "job.wrong_status");
        foreach (Answer answer in new[] { accepted, onTheWay, arrived, events, snapshot, refused })
            Assert.DoesNotContain(technician.Id, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contact_IsForTheTechnicianFromAcceptanceToTheEnd()
    {
        Person technician = await city.Technician();
        Filed job = await city.Job();
        long epoch = await city.Offer(job.Id, technician.Id);
        string path = $"/v1/jobs/{job.Id}/contact";
        (await Server.Get(path, technician.Token)).MustRefuse(403, "auth.forbidden");
        (await Server.Post($"/v1/jobs/{job.Id}/accept", new JsonObject { ["epoch"] = epoch }, technician.Token)).Must(200);
        Assert.Equal("+862155550101", (await Server.Get(path, technician.Token)).Must(200)["phone"]!.GetValue<string>());
        foreach ((string step, JsonObject more) in new (string, JsonObject)[]
                 {
                     ("depart", []), ("arrive", []), ("repair", new() { ["outcome"] = "repaired" }), ("sign", new() { ["signedBy"] = "Ada" }), ("close", []),
                 })
        {
            more["epoch"] = epoch;
            (await Server.Post($"/v1/jobs/{job.Id}/{step}", more, technician.Token)).Must(200);
        }
        (await Server.Get(path, technician.Token)).MustRefuse(403, "auth.forbidden");
    }

    [Fact]
    public async Task EveryLookAtAContact_AndTheFirstAtAMap_AreAudited()
    {
        Filed job = await city.Job();
        for (int i = 0; i < 2; i++)
            (await Server.Get($"/v1/jobs/{job.Id}/contact", city.Dispatcher)).Must(200);
        Assert.Equal(2, await Audited("contact.read", job.Id, withDigest: true));
        for (int i = 0; i < 2; i++)
            (await Server.Get($"/v1/streams/zone/{City.Zone}/snapshot", city.Point)).Must(200);
        Assert.Equal(1, await Audited("positions.watched", City.Zone, withDigest: false, "user_point"));
    }

    private Task<long> Audited(string action, string subject, bool withDigest, string who = "user_dispatcher") =>
        Server.Services.GetRequiredService<IDatabase>().Read(connection =>
        {
            using DbCommand count = connection.CreateCommand();
            count.CommandText = "SELECT COUNT(*) FROM audit WHERE action = @action AND subject = @subject AND who = @who AND (digest <> '') = @digest";
            foreach ((string name, object value) in new (string, object)[] { ("@action", action), ("@subject", subject), ("@who", who), ("@digest", withDigest ? 1 : 0) })
            {
                DbParameter parameter = count.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                count.Parameters.Add(parameter);
            }
            return Convert.ToInt64(count.ExecuteScalar(), CultureInfo.InvariantCulture);
        }, TestContext.Current.CancellationToken);

    [Fact]
    public async Task PersonalData_IsInNoEventAndNoView()
    {
        Filed job = await city.Job();
        await Server.GetFresh($"/v1/jobs?token={job.Token}", city.Dispatcher);
        foreach (string path in new[] { $"/v1/jobs/{job.Id}", $"/v1/jobs/{job.Id}/history", $"/v1/streams/zone/{City.Zone}/snapshot" })
        {
            string text = (await Server.Get(path, city.Dispatcher)).Text;
            Assert.Contains(job.Id, text, StringComparison.Ordinal);
            foreach (string personal in new[] { "Ada Example", "55550101", "River Road" })
                Assert.DoesNotContain(personal, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task WrongToken_IsNotTakenForNone()
    {
        (await Server.Get("/v1/catalogue", "nonsense")).MustRefuse(401, "auth.token_invalid");
        (await Server.Post("/v1/jobs", City.JobBody(), "nonsense")).MustRefuse(401, "auth.token_invalid");
        (await Server.Get("/v1/jobs", "job_x.AAAA")).MustRefuse(401, "auth.token_invalid");
    }

    [Fact]
    public async Task Guessing_IsStopped()
    {
        JsonObject wrong = new() { ["user"] = "victim", ["password"] = "guess" };
        int tries = 0;
        Answer answer;
        do
            answer = await Server.Post("/v1/sign-in", wrong);
        while (answer.Status == 401 && ++tries < 200);
        answer.MustRefuse(429, "auth.too_many_attempts");
        Assert.InRange(tries, 1, 60);
        Assert.True(answer.Response.Headers.RetryAfter!.Delta > TimeSpan.Zero);
    }

    [Fact]
    public async Task TokenInTheQuery_IsForTheHubOnly() =>
        (await Server.Get($"/v1/jobs?access_token={Uri.EscapeDataString(city.Dispatcher)}")).MustRefuse(401, "auth.required");
}
