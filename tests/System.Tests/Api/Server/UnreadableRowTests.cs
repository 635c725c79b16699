using System.Data.Common;
using System.Text.Json.Nodes;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.SystemTests.Api.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.SystemTests.Api.Server;

/// <summary>One stored row that cannot be read, such as one of a newer server, takes no other off a list, a snapshot or a stream.</summary>
public sealed class UnreadableRowTests(City city) : IClassFixture<City>
{
    private DispatchServer Server => city.Server;

    [Theory]
    [InlineData("job", "\"status\":\"queued\"", "\"status\":\"levitating\"")]
    [InlineData("job", "\"status\":\"queued\"", "\"status\":7.5")]
    [InlineData("job", "{", "nonsense")]
    public async Task OfJobs_TheOthersAreListed_PageByPage(string kind, string was, string becomes)
    {
        Filed[] jobs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => city.Job()));
        foreach (Filed job in jobs)
            await Server.GetFresh($"/v1/jobs?limit=1&token={job.Token}", city.Dispatcher);
        await Spoil(kind, jobs[1].Id, was, becomes);
        List<string> listed = [];
        string? after = null;
        do
        {
            JsonNode page = (await Server.Get($"/v1/jobs?zone={City.Zone}&limit=1{(after is null ? "" : $"&after={after}")}", city.Dispatcher)).Must(200);
            listed.AddRange(page["items"]!.AsArray().Select(j => j!["id"]!.GetValue<string>()));
            after = page["next"]?.GetValue<string>();
        }
        while (after is not null);
        foreach ((int i, Filed job) in jobs.Index())
            Assert.Equal(i != 1, listed.Contains(job.Id));
        JsonNode snapshot = (await Server.Get($"/v1/streams/zone/{City.Zone}/snapshot", city.Dispatcher)).Must(200);
        Assert.Contains(jobs[0].Id, snapshot["jobs"]!.AsArray().Select(j => j!["id"]!.GetValue<string>()));
        JsonNode events = (await Server.Get($"/v1/streams/job/{jobs[1].Id}/events", city.Dispatcher)).Must(200);
        Assert.NotEmpty(events["events"]!.AsArray());
        Assert.All(events["events"]!.AsArray(), e => Assert.Null(e!["data"]!["view"]));
        Assert.Contains("dispatch_unreadable_rows", (await Server.Get("/metrics")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfPoints_TheOthersAreListed_AndCompared()
    {
        (string good, _) = await city.ServicePoint();
        (string bad, _) = await city.ServicePoint();
        await Spoil("point", bad, "\"closedOn\":[]", "\"closedOn\":[\"doomsday\"]");
        string[] listed = [.. (await Server.Get("/v1/points", city.Dispatcher)).Must(200)["items"]!.AsArray().Select(p => p!["id"]!.GetValue<string>())];
        Assert.Contains(good, listed);
        Assert.DoesNotContain(bad, listed);
        JsonObject question = new()
        {
            ["category"] = "screen", ["device"] = new JsonObject { ["kind"] = "phone", ["brand"] = "Example", ["model"] = "One" }, ["place"] = City.Place(121.01, 31.01),
        };
        Assert.Equal(11, (await Server.Post("/v1/offers", question)).Must(200)["offers"]!.AsArray().Count);
    }

    private async Task Spoil(string kind, string id, string was, string becomes)
    {
        int changed = 0;
        await DispatchServer.Until($"the row of {id} is there to be spoiled", async () => (changed = await Server.Services.GetRequiredService<IDatabase>().Write((connection, transaction) =>
        {
            using DbCommand command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = $"UPDATE \"view\" SET doc = replace(doc, '{was}', '{becomes}') WHERE kind = '{kind}' AND id = '{id}' AND doc LIKE '%{was}%'";
            return command.ExecuteNonQuery();
        })) == 1);
        Assert.Equal(1, changed);
    }
}
