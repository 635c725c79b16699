using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dispatch.Sim.Push;
using Dispatch.SystemTests.Api.Support;
using Dispatch.Tests.Shared;

namespace Dispatch.SystemTests.Outages;

/// <summary>The same with the PostgreSQL server stopped under a live Dispatch server.</summary>
[Collection(RealProcesses.Name)]
public sealed class PostgresOutageTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("dispatch-outage-").FullName;
    private readonly PostgresServer server = new();

    public ValueTask InitializeAsync() => server.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task DatabaseStopped()
    {
        await using OutageRun run = await OutageRun.Start(await Command());
        (await run.Through(server.Stop, server.Start)).Verify("unreachable", "no_answer");
    }

    [Fact]
    public async Task DatabaseAbsentAtStart_IsWaitedFor()
    {
        ServerCommand command = await Command();
        await server.Stop();
        await using ServerProcess waiting = ServerProcess.Begin(command);
        await Assert.ThrowsAsync<TimeoutException>(() => waiting.Ready.WaitAsync(TimeSpan.FromSeconds(5)));
        await server.Start();
        await waiting.Ready.WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Statements with lists in them are where the two databases differ: what is read by several ids, by status and by words.</summary>
    [Fact]
    public async Task WhatIsReadByLists_IsReadOnPostgresToo()
    {
        await using OutageRun run = await OutageRun.Start(await Command());
        List<string> ids = [];
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage filed = await run.Http.PostAsJsonAsync("/v1/jobs", City.JobBody());
            ids.Add((await Read(filed))["id"]!.GetValue<string>());
        }
        foreach (string path in new[] { $"/v1/jobs?zone={City.Zone}&status=requested,queued&q=screen", "/v1/messages", $"/v1/technicians?zone={City.Zone}" })
            await OutageRun.Until(path, async () =>
            {
                using HttpResponseMessage list = await run.Http.GetAsync(path);
                return (await Read(list))["items"]!.AsArray().Count == (path.Contains("technicians", StringComparison.Ordinal) ? 0 : ids.Count);
            });
        using HttpResponseMessage snapshot = await run.Http.GetAsync($"/v1/streams/zone/{City.Zone}/snapshot");
        Assert.Equal(ids.Order(), (await Read(snapshot))["jobs"]!.AsArray().Select(job => job!["id"]!.GetValue<string>()).Order());
    }

    private static async Task<JsonNode> Read(HttpResponseMessage answer)
    {
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.RequestMessage?.RequestUri}: {text}");
        return JsonNode.Parse(text)!;
    }

    private async Task<ServerCommand> Command()
    {
        Assert.SkipWhen(server.CannotStop is not null, server.CannotStop ?? "");
        ServerCommand command = OutageRun.Command(folder, "--Dispatch:Store", "postgres");
        return command with { Environment = new Dictionary<string, string>(command.Environment) { ["Dispatch__ConnectionString"] = await server.NewDatabase() } };
    }
}
