using System.Text.Json.Nodes;
using Dispatch.SystemTests.Api.Support;

namespace Dispatch.SystemTests.Api.Server;

/// <summary>What is not the API itself: contract, health, metrics, pages, headers.</summary>
public sealed class SurfaceTests(City city) : IClassFixture<City>
{
    private DispatchServer Server => city.Server;

    [Fact]
    public async Task MachineReadableContract_HasEveryRouteOfThePage()
    {
        JsonObject paths = (await Server.Get("/openapi/v1.json")).Must(200)["paths"]!.AsObject();
        foreach (string call in new[]
                 {
                     "post /v1/sign-in", "post /v1/jobs", "get /v1/jobs", "get /v1/jobs/{id}", "get /v1/jobs/{id}/history", "get /v1/jobs/{id}/explanation", "get /v1/jobs/{id}/contact",
                     "post /v1/jobs/{id}/triage", "post /v1/jobs/{id}/offer", "post /v1/jobs/{id}/accept", "post /v1/jobs/{id}/decline", "post /v1/jobs/{id}/depart", "post /v1/jobs/{id}/arrive",
                     "post /v1/jobs/{id}/repair", "post /v1/jobs/{id}/sign", "post /v1/jobs/{id}/close", "post /v1/jobs/{id}/cancel", "post /v1/jobs/{id}/reschedule", "post /v1/jobs/{id}/reassign",
                     "post /v1/technicians", "get /v1/technicians", "get /v1/technicians/{id}", "post /v1/technicians/{id}/duty", "post /v1/technicians/{id}/positions",
                     "post /v1/technicians/{id}/depot-call/{number}/depart", "post /v1/technicians/{id}/depot-call/{number}/complete", "post /v1/zones", "get /v1/zones", "get /v1/zones/{id}",
                     "get /v1/zones/{id}/plan", "post /v1/points", "get /v1/points", "get /v1/points/{id}", "post /v1/accounts", "get /v1/carrier/parcels", "post /v1/carrier/events",
                     "post /v1/jobs/{id}/book", "post /v1/jobs/{id}/receive", "post /v1/jobs/{id}/inspect", "post /v1/jobs/{id}/start", "post /v1/jobs/{id}/finish", "post /v1/jobs/{id}/check",
                     "post /v1/jobs/{id}/pack", "post /v1/jobs/{id}/ship", "post /v1/track/{token}/confirm", "get /v1/catalogue", "get /v1/clock", "get /v1/track/{token}", "get /v1/track/{token}/label", "get /v1/jobs/{id}/label", "post /v1/track/{token}/cancel", "post /v1/track/{token}/reschedule",
                     "get /v1/messages", "post /v1/messages/{id}/resend",
                     "post /v1/contacts", "get /v1/contacts", "get /v1/contacts/promises", "get /v1/contacts/{id}", "get /v1/contacts/{id}/person", "post /v1/contacts/{id}/claim", "post /v1/contacts/{id}/say",
                     "post /v1/contacts/{id}/return", "post /v1/contacts/{id}/end", "post /v1/contacts/{id}/leave", "post /v1/escalations", "get /v1/escalations", "get /v1/escalations/{id}",
                     "post /v1/escalations/{id}/take", "post /v1/escalations/{id}/return", "post /v1/escalations/{id}/answer", "post /v1/escalations/{id}/give-back", "post /v1/escalations/{id}/withdraw",
                     "get /v1/callbacks", "get /v1/callbacks/{id}", "post /v1/callbacks/{id}/take", "post /v1/callbacks/{id}/return", "post /v1/callbacks/{id}/not-reached", "post /v1/callbacks/{id}/rate",
                     "post /v1/cases", "get /v1/cases", "get /v1/cases/{id}", "post /v1/cases/{id}/take", "post /v1/cases/{id}/note", "post /v1/cases/{id}/state", "post /v1/cases/{id}/propose",
                     "post /v1/cases/{id}/answer", "post /v1/cases/{id}/refer", "post /v1/cases/{id}/settle", "post /v1/cases/{id}/close", "get /v1/track/{token}/desk", "post /v1/track/{token}/rating",
                     "post /v1/track/{token}/complaint", "post /v1/track/{token}/cases/{id}/state", "post /v1/track/{token}/cases/{id}/answer", "post /v1/track/{token}/cases/{id}/withdraw",
                     "get /v1/streams/{kind}/{id}/events", "get /v1/streams/{kind}/{id}/snapshot", "get /health/live", "get /health/ready",
                 })
        {
            string[] parts = call.Split(' ');
            JsonNode? operation = paths[parts[1]]?[parts[0]];
            Assert.True(operation is not null, $"{call} is missing");
            Assert.NotNull(operation!["summary"]);
            foreach ((string status, JsonNode? response) in operation["responses"]!.AsObject())
                if (status[0] is '4' or '5')
                    Assert.NotNull(response!["content"]!["application/problem+json"]);
        }
    }

    [Fact]
    public async Task MachineReadableContract_SaysWhatIsRequired()
    {
        JsonNode schemas = (await Server.Get("/openapi/v1.json")).Must(200)["components"]!["schemas"]!;
        Assert.Equal(["category", "contact", "place"], schemas["CreateJobRequest"]!["required"]!.AsArray().Select(r => r!.GetValue<string>()).Order());
        Assert.Contains("enRoute", schemas["JobStatus"]!["enum"]!.AsArray().Select(s => s!.GetValue<string>()));
        Assert.Contains("not_repaired", schemas["JobView"]!.ToJsonString() + schemas["Outcome"]?.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_AnswersWhetherStorageTakesWrites()
    {
        Assert.Equal("live", (await Server.Get("/health/live")).Must(200)["status"]!.GetValue<string>());
        Assert.Equal("ready", (await Server.Get("/health/ready")).Must(200)["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Metrics_CountRequestsByRoute()
    {
        (await Server.Get("/v1/clock")).Must(200);
        string text = (await Server.Get("/metrics")).Text;
        Assert.Contains("# TYPE http_server_request_duration_seconds histogram", text, StringComparison.Ordinal);
        Assert.Contains("http_route=\"/v1/clock\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Bearer", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryAnswer_HasTheHeadersThatKeepBrowsersCareful()
    {
        foreach (string path in new[] { "/v1/clock", "/v1/nothing", "/", "/health/live" })
        {
            Answer answer = await Server.Get(path);
            Assert.Equal("nosniff", answer.Response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("no-referrer", answer.Response.Headers.GetValues("Referrer-Policy").Single());
            Assert.Contains("frame-ancestors 'none'", answer.Response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.False(answer.Response.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Clock_SaysHowTravelIsReckoned()
    {
        JsonNode clock = (await Server.Get("/v1/clock")).Must(200);
        Assert.Equal("road", clock["travel"]!.GetValue<string>());
        Assert.Equal(1, clock["speed"]!.GetValue<double>());
    }

    [Fact]
    public async Task Catalogue_HasNeedsForEveryCategoryButOther()
    {
        JsonNode catalogue = (await Server.Get("/v1/catalogue")).Must(200);
        foreach (JsonNode? category in catalogue["categories"]!.AsArray())
            Assert.Equal(category!["code"]!.GetValue<string>() == "other", category["needs"] is null);
        Assert.NotEmpty(catalogue["brands"]!.AsArray());
    }
}
