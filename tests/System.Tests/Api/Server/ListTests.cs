using System.Text.Json.Nodes;
using Dispatch.SystemTests.Api.Support;

namespace Dispatch.SystemTests.Api.Server;

public sealed class ListTests(City city) : IClassFixture<City>
{
    private DispatchServer Server => city.Server;

    [Fact]
    public async Task List_WithATokenShowsAtLeastThatChange()
    {
        for (int i = 0; i < 50; i++)
        {
            JsonNode job = (await Server.Post("/v1/jobs", City.JobBody())).Must(201);
            JsonNode list = (await Server.Get($"/v1/jobs?limit=1&token={job["token"]}", city.Dispatcher)).Must(200);
            Assert.Equal(job["id"]!.GetValue<string>(), list["items"]![0]!["id"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Token_MayComeAsAHeader()
    {
        Filed job = await city.Job();
        using HttpRequestMessage request = new(HttpMethod.Get, "/v1/jobs?limit=1");
        request.Headers.Authorization = new("Bearer", city.Dispatcher);
        request.Headers.Add("Dispatch-Token", job.Token);
        using HttpResponseMessage response = await Server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Contains(job.Id, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_TogetherAreTheWholeListOnceEach()
    {
        HashSet<string> filed = [];
        string token = "";
        for (int i = 0; i < 25; i++)
        {
            JsonObject body = City.JobBody();
            body["device"]!["brand"] = "Paged";
            Filed job = await city.Job(body);
            filed.Add(job.Id);
            token = job.Token;
        }
        List<string> read = [];
        string? after = null;
        do
        {
            JsonNode page = (await Server.Get($"/v1/jobs?q=paged&limit=7&token={token}{(after is null ? "" : $"&after={after}")}", city.Dispatcher)).Must(200);
            read.AddRange(page["items"]!.AsArray().Select(j => j!["id"]!.GetValue<string>()));
            after = page["next"]?.GetValue<string>();
        }
        while (after is not null);
        Assert.Equal(25, read.Count);
        Assert.Equal(filed.Order(), read.Order());
    }

    [Fact]
    public async Task Filters_NarrowByStatusZoneTechnicianAndWords()
    {
        Person technician = await city.Technician();
        (Filed accepted, _) = await city.Accepted(technician);
        Filed queued = await city.Job();
        await DispatchServer.Until("the list shows the acceptance", async () => (await Ids("status=accepted")).Contains(accepted.Id));
        Assert.DoesNotContain(queued.Id, await Ids("status=accepted"));
        Assert.Contains(queued.Id, await Ids("status=queued,accepted"));
        Assert.Equal([accepted.Id], await Ids($"technicianId={technician.Id}"));
        Assert.Equal([queued.Id], await Ids($"q={queued.Id}"));
        Assert.Empty(await Ids("zone=zone_elsewhere"));
    }

    [Fact]
    public async Task Technician_SeesOwnJobsAndOffersAndNobodyElses()
    {
        Person one = await city.Technician(), other = await city.Technician();
        (Filed mine, _) = await city.Accepted(one);
        Filed offered = await city.Job();
        await city.Offer(offered.Id, one.Id, other.Id);
        (Filed theirs, _) = await city.Accepted(other);
        List<string> seen = [];
        await DispatchServer.Until("the technician sees their job and the offer", async () =>
            (seen = await Ids("", one.Token)).Contains(mine.Id) && seen.Contains(offered.Id));
        Assert.DoesNotContain(theirs.Id, seen);
        (await Server.Get($"/v1/jobs?technicianId={other.Id}", one.Token)).MustRefuse(403, "auth.forbidden");
        Assert.Equal([one.Id], (await Server.Get("/v1/technicians", one.Token)).Must(200)["items"]!.AsArray().Select(t => t!["id"]!.GetValue<string>()));
    }

    [Fact]
    public async Task UnknownNeeds_WaitForTriageAndThenForAPlanner()
    {
        JsonObject body = City.JobBody();
        body["category"] = "other";
        Filed job = await city.Job(body);
        Assert.Equal("requested", (await Server.Get($"/v1/jobs/{job.Id}", city.Dispatcher)).Must(200)["status"]!.GetValue<string>());
        Assert.Equal("queued", (await Server.Post($"/v1/jobs/{job.Id}/triage", City.Needs(), city.Dispatcher)).Must(200)["status"]!.GetValue<string>());
        Assert.Equal(60, (await Server.Get($"/v1/jobs/{job.Id}", city.Dispatcher)).Must(200)["serviceSeconds"]!.GetValue<int>());
    }

    private async Task<List<string>> Ids(string query, string? token = null) =>
        [.. (await Server.Get($"/v1/jobs?limit=1000&{query}", token ?? city.Dispatcher)).Must(200)["items"]!.AsArray().Select(j => j!["id"]!.GetValue<string>())];
}
