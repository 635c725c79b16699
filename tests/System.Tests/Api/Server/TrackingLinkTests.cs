using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dispatch.Domain;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Sim.Client.Hub;
using Dispatch.SystemTests.Api.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.SystemTests.Api.Server;

/// <summary>The end of tracking links: by time for all, by staff for one.</summary>
public sealed class TrackingLinkTests(City city) : IClassFixture<City>
{
    private DispatchServer Server => city.Server;

    /// <summary>Everything a link opens, with the method.</summary>
    private static readonly (string Method, string Path)[] ByLink =
    [
        ("GET", ""), ("GET", "/label"), ("GET", "/desk"), ("POST", "/cancel"), ("POST", "/confirm"), ("POST", "/reschedule"), ("POST", "/quotes/1/answer"), ("POST", "/rating"),
        ("POST", "/complaint"), ("POST", "/cases/case_0/state"), ("POST", "/cases/case_0/answer"), ("POST", "/cases/case_0/withdraw"),
    ];

    [Fact]
    public async Task ALinkOfAnEndedJob_WorksForThirtyDays_AndThenSaysThatItHasEnded()
    {
        await using City later = new();
        await later.InitializeAsync();
        Filed ended = await later.Job(), open = await later.Job();
        string contact = await AnEndedContact(later);
        (await later.Server.Post($"/v1/track/{ended.Tracking}/cancel", new JsonObject { ["reason"] = "changed" })).Must(200);
        await Move(later, days: 29);
        (await later.Server.Get($"/v1/track/{ended.Tracking}")).Must(200);
        (await later.Server.Get($"/v1/streams/job/{ended.Id}/events", ended.Tracking)).Must(200);
        (await later.Server.Get($"/v1/contacts/{contact.Split('.')[0]}", contact)).Must(200);

        await Move(later, days: 2);
        await MustBeOver(later.Server, ended, "track.ended");
        (await later.Server.Get($"/v1/contacts/{contact.Split('.')[0]}", contact)).MustRefuse(410, "track.ended");
        (await later.Server.Get($"/v1/track/{open.Tracking}")).Must(200);

        // Whoever still needs it is given a link that is good for as long again.
        JsonNode renewed = (await later.Server.Post($"/v1/jobs/{ended.Id}/tracking-link/renew", new JsonObject(), later.Dispatcher)).Must(200);
        (await later.Server.Get($"/v1/track/{renewed["trackingToken"]}")).Must(200);
        await Move(later, days: 365);
        (await later.Server.Get($"/v1/track/{renewed["trackingToken"]}")).MustRefuse(410, "track.ended");
        (await later.Server.Get($"/v1/track/{open.Tracking}")).Must(200);
    }

    [Fact]
    public async Task ANewLink_ReachesTheCustomer_AndTheOldOneLeadsNowhere_WithoutTouchingOthers()
    {
        Filed job = await city.Job(), other = await city.Job();
        Answer first = await Server.Post($"/v1/jobs/{job.Id}/tracking-link/renew", new JsonObject { ["reason"] = "sent to a wrong number" }, city.Dispatcher, "new-link");
        JsonNode renewed = first.Must(200);
        string token = renewed["trackingToken"]!.GetValue<string>();
        Assert.NotEqual(job.Tracking, token);
        Assert.Equal(job.Tracking.Length, token.Length);
        Assert.EndsWith($"/track/{token}", renewed["trackingUrl"]!.GetValue<string>(), StringComparison.Ordinal);
        await MustBeOver(Server, job, "track.withdrawn");
        Assert.Equal(job.Id, (await Server.Get($"/v1/track/{token}")).Must(200)["jobId"]!.GetValue<string>());
        (await Server.Get($"/v1/track/{other.Tracking}")).Must(200);
        Assert.Equal(token, await LinkIn(job.Id, "linkRenewed"));

        // The same request again is the same link; another request makes another, and this one ends too.
        Answer again = await Server.Post($"/v1/jobs/{job.Id}/tracking-link/renew", new JsonObject { ["reason"] = "sent to a wrong number" }, city.Dispatcher, "new-link");
        Assert.Equal((first.Status, first.Text), (again.Status, again.Text));
        string third = (await Server.Post($"/v1/jobs/{job.Id}/tracking-link/renew", new JsonObject(), city.Manager)).Must(200)["trackingToken"]!.GetValue<string>();
        (await Server.Get($"/v1/track/{token}")).MustRefuse(410, "track.withdrawn");
        (await Server.Get($"/v1/track/{third}")).Must(200);
        Assert.False((await Server.Get($"/v1/jobs/{job.Id}", city.Dispatcher)).Must(200)["link"]!["withdrawn"]!.GetValue<bool>());
    }

    [Fact]
    public async Task AWithdrawnLink_LeadsNowhere_AndNoMessageHoldsOneUntilAnotherIsMade()
    {
        Filed job = await city.Job(), other = await city.Job();
        (await Server.Post($"/v1/jobs/{job.Id}/tracking-link/withdraw", new JsonObject(), city.Dispatcher)).Must(200);
        await MustBeOver(Server, job, "track.withdrawn");
        (await Server.Get($"/v1/track/{other.Tracking}")).Must(200);
        Assert.True((await Server.Get($"/v1/jobs/{job.Id}", city.Dispatcher)).Must(200)["link"]!["withdrawn"]!.GetValue<bool>());
        (await Server.Post($"/v1/jobs/{job.Id}/cancel", new JsonObject { ["reason"] = "changed" }, city.Dispatcher)).Must(200);
        await DispatchServer.Until("the customer is told without a link", async () => await TextOf(job.Id, "cancelled") is { } text && text.EndsWith("please call us", StringComparison.Ordinal));
        string token = (await Server.Post($"/v1/jobs/{job.Id}/tracking-link/renew", new JsonObject(), city.Dispatcher)).Must(200)["trackingToken"]!.GetValue<string>();
        (await Server.Get($"/v1/track/{token}")).Must(200);
        (await Server.Get($"/v1/track/{job.Tracking}")).MustRefuse(410, "track.withdrawn");
    }

    /// <summary>Whoever follows the job by the link hears that it is over, and nothing of what happens later.</summary>
    [Fact]
    public async Task AnOpenSocket_EndsWithItsLink()
    {
        Person technician = await city.Technician();
        (Filed job, long epoch) = await city.Accepted(technician);
        string stream = $"job/{job.Id}";
        await using Listener customer = await Listener.Connect(Server, job.Tracking), staff = await Listener.Connect(Server, city.Dispatcher);
        await customer.Subscribe(stream);
        await staff.Subscribe(stream);
        (await Server.Post($"/v1/jobs/{job.Id}/depart", new JsonObject { ["epoch"] = epoch }, technician.Token)).Must(200);
        await DispatchServer.Until("the customer follows", () => Task.FromResult(Types(customer, stream).Contains("job.departed")));
        (await Server.Post($"/v1/jobs/{job.Id}/tracking-link/withdraw", new JsonObject(), city.Dispatcher)).Must(200);
        await DispatchServer.Until("the customer hears that it is over", () => Task.FromResult(customer.Ends(stream).Count > 0));
        Assert.Equal(["track.withdrawn"], customer.Ends(stream));
        (await Server.Post($"/v1/jobs/{job.Id}/arrive", new JsonObject { ["epoch"] = epoch }, technician.Token)).Must(200);
        await DispatchServer.Until("staff follow on", () => Task.FromResult(Types(staff, stream).Contains("job.arrived")));
        Assert.DoesNotContain("job.linkWithdrawn", Types(customer, stream));
        Assert.DoesNotContain("job.arrived", Types(customer, stream));
        Assert.Contains("track.withdrawn", (await Assert.ThrowsAsync<HubInvocationException>(() => customer.Subscribe(stream))).Message, StringComparison.Ordinal);
        Assert.Empty(staff.Ends(stream));
    }

    [Fact]
    public async Task ChangesOfALink_AreForTheServiceDesk_AuditedAndKeptInTheHistory()
    {
        Filed job = await city.Job(), other = await city.Job();
        Person technician = await city.Technician();
        foreach (string step in new[] { "renew", "withdraw" })
        {
            (await Server.Post($"/v1/jobs/{job.Id}/tracking-link/{step}", new JsonObject())).MustRefuse(401, "auth.required");
            foreach (string token in new[] { technician.Token, city.Point, other.Tracking })
                (await Server.Post($"/v1/jobs/{job.Id}/tracking-link/{step}", new JsonObject(), token)).MustRefuse(403, "auth.forbidden");
            (await Server.Post($"/v1/jobs/job_unknown/tracking-link/{step}", new JsonObject(), city.Dispatcher)).MustRefuse(404, "job.unknown");
            (await Server.Post($"/v1/jobs/{job.Id}/tracking-link/{step}", new JsonObject { ["reason"] = new string('x', 301) }, city.Dispatcher)).MustRefuse(400, "request.invalid");
            (await Server.Post($"/v1/jobs/{job.Id}/tracking-link/{step}", new JsonObject { ["reason"] = "lost phone" }, city.Dispatcher)).Must(200);
        }
        JsonArray history = (await Server.Get($"/v1/jobs/{job.Id}/history", city.Dispatcher)).Must(200)["items"]!.AsArray();
        JsonNode[] links = [.. history.Where(e => e!["type"]!.GetValue<string>().StartsWith("job.link", StringComparison.Ordinal)).Select(e => e!)];
        Assert.Equal(["job.linkRenewed", "job.linkWithdrawn"], links.Select(e => e["type"]!.GetValue<string>()));
        Assert.All(links, e => Assert.Equal((1, "lost phone"), (e["data"]!["number"]!.GetValue<int>(), e["data"]!["reason"]!.GetValue<string>())));
        IDatabase database = Server.Services.GetRequiredService<IDatabase>();
        string[] audited = [.. await database.Read(connection => Dapper.SqlMapper.Query<string>(connection, "SELECT action FROM audit WHERE subject = @Id AND action LIKE 'link.%' ORDER BY at", new { job.Id }))];
        Assert.Equal(["link.renewed", "link.withdrawn"], audited.Order());
    }

    private static async Task MustBeOver(DispatchServer server, Filed job, string code)
    {
        foreach ((string method, string path) in ByLink)
        {
            string full = $"/v1/track/{job.Tracking}{path}";
            Answer answer = method == "GET" ? await server.Get(full) : await server.Post(full, BodyOf(path));
            Assert.True(answer.Status == 410 && answer.Code == code, $"{method} {path}: {answer.Status} {answer.Text}");
        }
        // Sent like an access token, also where none is needed.
        foreach (string path in new[] { $"/v1/streams/job/{job.Id}/events", $"/v1/streams/job/{job.Id}/snapshot", "/v1/catalogue" })
            (await server.Get(path, job.Tracking)).MustRefuse(410, code);
        (await server.Post($"/v1/jobs/{job.Id}/cancel", new JsonObject { ["reason"] = "changed" }, job.Tracking)).MustRefuse(410, code);
        (await server.Post("/v1/contacts", new JsonObject { ["jobId"] = job.Id, ["text"] = "hello" }, job.Tracking)).MustRefuse(410, code);
        (await server.Post("/hub/negotiate?negotiateVersion=1", null, job.Tracking)).MustRefuse(410, code);
        await Assert.ThrowsAnyAsync<Exception>(() => Listener.Connect(server, job.Tracking));
    }

    private static JsonObject BodyOf(string path) => path.Split('/')[^1] switch
    {
        "reschedule" => new() { ["windows"] = new JsonArray(City.Window(1, 3)) },
        "answer" when path.StartsWith("/quotes", StringComparison.Ordinal) => new() { ["approved"] = true },
        "answer" => new() { ["number"] = 1, ["accept"] = true },
        "rating" => new() { ["service"] = 5, ["quality"] = 5, ["time"] = 5, ["attitude"] = 5 },
        "complaint" => new() { ["reason"] = "quality", ["text"] = "It broke again" },
        "state" => new() { ["text"] = "It broke again" },
        _ => [],
    };

    /// <summary>Business time so many days further on, as after a long rest.</summary>
    private static async Task Move(City city, int days)
    {
        const string anchor = """
            INSERT INTO business_clock (id, process_at, business_at, speed) VALUES (1, @Process, @Business, 1)
            ON CONFLICT (id) DO UPDATE SET process_at = @Process, business_at = @Business
            """;
        IServiceProvider services = city.Server.Services;
        var moved = new
        {
            Process = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
            Business = services.GetRequiredService<BusinessClock>().GetUtcNow().AddDays(days).ToUnixTimeMilliseconds(),
        };
        await services.GetRequiredService<IDatabase>().Write((connection, transaction) => Dapper.SqlMapper.Execute(connection, anchor, moved, transaction));
        await city.Server.Restart();
    }

    private static async Task<string> AnEndedContact(City city)
    {
        JsonNode contact = (await city.Server.Post("/v1/contacts", new JsonObject { ["text"] = "My screen is dark", ["category"] = "screen" })).Must(201);
        string token = contact["contactToken"]!.GetValue<string>();
        (await city.Server.Post($"/v1/contacts/{contact["id"]}/leave", new JsonObject(), token)).Must(200);
        return token;
    }

    private static IEnumerable<string> Types(Listener listener, string stream) => listener.Events(stream).Select(e => e["type"]!.GetValue<string>());

    private async Task<string?> TextOf(string job, string template) =>
        (await Server.Get($"/v1/messages?jobId={job}", city.Dispatcher)).Must(200)["items"]!.AsArray()
            .FirstOrDefault(m => m!["template"]!.GetValue<string>() == template)?["text"]!.GetValue<string>();

    private async Task<string> LinkIn(string job, string template)
    {
        string? text = null;
        await DispatchServer.Until($"{template} is told", async () => (text = await TextOf(job, template)) is not null);
        return Regex.Match(text!, @"/track/(\S+)").Groups[1].Value;
    }
}
