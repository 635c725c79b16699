using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Hub;
using Dispatch.Sim.Client.Streams;
using Dispatch.Sim.Push;
using Dispatch.SystemTests.Api.Support;
using EventLog = Dispatch.Sim.Client.Streams.EventLog;

namespace Dispatch.SystemTests.Outages;

/// <summary>
/// A real server process under commands, looked at and followed while its storage fails and comes back. Each command is repeated under its key until it succeeds; afterwards the server
/// is killed and started again, and every command that was acknowledged is asked for once more.
/// </summary>
internal sealed class OutageRun : IAsyncDisposable
{
    private const int Workers = 8, Before = 40, After = 40;
    private const string Password = "correct horse battery";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200), Pause = TimeSpan.FromMilliseconds(200), Limit = TimeSpan.FromSeconds(120);

    private readonly long origin = Stopwatch.GetTimestamp();
    private readonly ConcurrentQueue<Attempt> attempts = [];
    private readonly ConcurrentQueue<HealthLook> looks = [];
    private readonly ConcurrentDictionary<string, string> acknowledged = [];
    private readonly EventLog applied = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly ServerCommand command;
    private HttpClient http = null!;
    private string token = "";
    private int jobs;

    private OutageRun(ServerCommand command, ServerProcess server) => (this.command, Server) = (command, server);

    public ServerProcess Server { get; private set; }

    /// <summary>Signed in as a manager.</summary>
    public HttpClient Http => http;

    /// <summary>How long outages last: 8 s, or as many as <c>DISPATCH_OUTAGE_SECONDS</c> says.</summary>
    public static TimeSpan Lasts => TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("DISPATCH_OUTAGE_SECONDS"), out int seconds) ? seconds : 8);

    private TimeSpan Now => Stopwatch.GetElapsedTime(origin);

    public static ServerCommand Command(string folder, params string[] more) => new(typeof(Silo.DispatchHost).Assembly.Location, folder, 0)
    {
        Options = ["--Dispatch:Planning:Tick", "00:10:00", "--Dispatch:BootstrapUser", "manager", "--Dispatch:Api:PasswordIterations", "1000", "--Logging:LogLevel:Default", "Warning", .. more],
        Environment = new Dictionary<string, string> { ["Dispatch__BootstrapPassword"] = Password },
    };

    public static async Task<OutageRun> Start(ServerCommand command)
    {
        OutageRun run = new(command, await ServerProcess.Start(command));
        try
        {
            run.Connect();
            using HttpResponseMessage signedIn = (await run.http.PostAsJsonAsync("/v1/sign-in", new { user = "manager", password = Password })).EnsureSuccessStatusCode();
            run.token = (await signedIn.Content.ReadFromJsonAsync<JsonObject>())!["accessToken"]!.GetValue<string>();
            run.Connect();
            await Until("the zone counts", async () => (await run.Send("/v1/zones", City.ZoneBody(), "zone")).Status == 201);
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Breaks storage for as long as outages last, mends it, and waits until everything goes on.</summary>
    public async Task<OutageFigures> Through(Func<Task> breakIt, Func<Task> mendIt)
    {
        using SocketsHttpHandler handler = new();
        using ApiClient source = await SignIn(handler);
        await using StreamClient follower = new(
            WebSocketTransport.To(Server.Address, "/hub", source.Token), source, new Listener(applied), new HubOptions(), Backoff.Standard, StreamLimits.Standard, TimeProvider.System, new Random(2));
        follower.Follow($"zone/{City.Zone}", 0);
        attempts.Clear();
        Task[] work = [.. Enumerable.Range(0, Workers).Select(_ => Work()), Watch()];
        await Comes("commands go through", () => Task.FromResult(acknowledged.Count >= Before));
        TimeSpan began = Now;
        await breakIt();
        // The time it lasts is what is tried here; there is nothing to wait for.
        using (PeriodicTimer outage = new(Lasts))
            await outage.WaitForNextTickAsync();
        await mendIt();
        TimeSpan ended = Now;
        await Comes("it is ready again", () => Task.FromResult(looks.Any(look => look.At > ended && look.Ready == 200)));
        int had = acknowledged.Count;
        await Comes("commands go through again", () => Task.FromResult(acknowledged.Count >= had + After));
        await stopping.CancelAsync();
        await Task.WhenAll(work);
        int missing = await Missing();
        (int faults, long head) = await StreamFaults();
        OutageFigures figures = new(began, ended, [.. attempts], [.. looks], acknowledged.Count, missing, faults, head);
        TestContext.Current.TestOutputHelper?.WriteLine(figures.ToString());
        return figures;
    }

    /// <summary>A client of the public interface, signed in as a manager.</summary>
    public async Task<ApiClient> SignIn(SocketsHttpHandler handler)
    {
        ApiClient client = new(Server.Address, handler, TimeProvider.System, RetryRules.Standard, new Random(1));
        (await client.SignIn(new Credentials("manager", Password), CancellationToken.None)).Must("sign in");
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        http?.Dispose();
        await Server.DisposeAsync();
        stopping.Dispose();
    }

    private async Task Comes(string phase, Func<Task<bool>> holds)
    {
        try
        {
            await Until(phase, holds);
        }
        catch (Xunit.Sdk.FailException failure)
        {
            Assert.Fail($"{failure.Message}; last attempt {attempts.LastOrDefault()}, last look {looks.LastOrDefault()}, last said: {Server.Said[Math.Max(0, Server.Said.Length - 4000)..]}");
        }
    }

    public static async Task Until(string phase, Func<Task<bool>> holds)
    {
        long since = Stopwatch.GetTimestamp();
        using PeriodicTimer again = new(TimeSpan.FromMilliseconds(50));
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(since) > Limit)
                Assert.Fail($"Not within {Limit.TotalSeconds} s: {phase}");
            await again.WaitForNextTickAsync();
        }
    }

    private void Connect()
    {
        http?.Dispose();
        http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = Server.Address, Timeout = TimeSpan.FromSeconds(60) };
        if (token.Length > 0)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    private async Task Work()
    {
        using PeriodicTimer pause = new(Pause);
        while (!stopping.IsCancellationRequested)
        {
            string key = $"outage-{Interlocked.Increment(ref jobs)}";
            (int Status, string Text) answer;
            // A command that was begun is brought to its end, or nobody would know what to look for.
            while ((answer = await Send("/v1/jobs", Job(), key)).Status == 503)
                await pause.WaitForNextTickAsync();
            if (answer.Status == 201)
                acknowledged[key] = answer.Text;
        }
    }

    private static JsonObject Job()
    {
        JsonObject body = City.JobBody();
        // The same in every repetition, also after a restart.
        body["window"] = new JsonObject { ["from"] = "2099-01-01T08:00:00Z", ["to"] = "2099-01-01T18:00:00Z" };
        return body;
    }

    private async Task<(int Status, string Text)> Send(string path, JsonObject body, string key)
    {
        TimeSpan at = Now;
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        using HttpResponseMessage response = await http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        int status = (int)response.StatusCode;
        attempts.Enqueue(new Attempt(at, Now - at, status, status < 300 ? null : JsonNode.Parse(text)?["code"]?.GetValue<string>() ?? "(none)"));
        return (status, text);
    }

    private async Task Watch()
    {
        using HttpClient eyes = new() { BaseAddress = Server.Address, Timeout = TimeSpan.FromSeconds(30) };
        using PeriodicTimer again = new(Look);
        while (!stopping.IsCancellationRequested)
        {
            using HttpResponseMessage live = await eyes.GetAsync("/health/live");
            using HttpResponseMessage ready = await eyes.GetAsync("/health/ready");
            JsonNode? said = ready.IsSuccessStatusCode ? null : JsonNode.Parse(await ready.Content.ReadAsStringAsync());
            looks.Enqueue(new HealthLook(Now, (int)live.StatusCode, (int)ready.StatusCode, said?["code"]?.GetValue<string>(), said?["facts"]?["reason"]?.GetValue<string>()));
            await again.WaitForNextTickAsync();
        }
    }

    /// <summary>Kills the server, starts it again and sends every acknowledged command once more: each has its first answer, and its job is there.</summary>
    private async Task<int> Missing()
    {
        int port = Server.Address.Port;
        await Server.DisposeAsync();
        Server = await ServerProcess.Start(command with { Port = port });
        Connect();
        int missing = 0;
        await Parallel.ForEachAsync(acknowledged, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (command, cancellation) =>
        {
            (int status, string text) = await Send("/v1/jobs", Job(), command.Key);
            string id = JsonNode.Parse(command.Value)!["id"]!.GetValue<string>();
            using HttpResponseMessage job = await http.GetAsync($"/v1/jobs/{id}", cancellation);
            if (status != 201 || text != command.Value || !job.IsSuccessStatusCode)
                Interlocked.Increment(ref missing);
        });
        return missing;
    }

    /// <summary>Compares what was applied with what is replayed, once everything has arrived: each event once and in order, and of each job exactly one request.</summary>
    private async Task<(int Faults, long Head)> StreamFaults()
    {
        List<JsonNode> replayed = [];
        await Until("the stream holds every job", async () =>
        {
            replayed.Clear();
            while (true)
            {
                JsonObject answer = (await http.GetFromJsonAsync<JsonObject>($"/v1/streams/zone/{City.Zone}/events?after={replayed.Count}&limit=1000"))!;
                JsonArray page = answer["events"]!.AsArray();
                replayed.AddRange(page.Select(e => e!));
                if (page.Count == 0)
                    return replayed.Count(e => e["type"]!.GetValue<string>() == "job.requested") >= acknowledged.Count && applied.Count >= replayed.Count;
            }
        });
        IReadOnlyList<StreamEvent> seen = applied.ToList();
        int faults = Math.Abs(seen.Count - replayed.Count);
        for (int i = 0; i < Math.Min(seen.Count, replayed.Count); i++)
            if (seen[i].Seq != i + 1 || replayed[i]["seq"]!.GetValue<long>() != i + 1
                || seen[i].Source != replayed[i]["source"]!.GetValue<string>() || seen[i].Number != replayed[i]["number"]!.GetValue<long>())
                faults++;
        faults += replayed.Count - replayed.Select(e => (e["source"]!.GetValue<string>(), e["number"]!.GetValue<long>())).Distinct().Count();
        faults += replayed.Count(e => e["type"]!.GetValue<string>() == "job.requested") - acknowledged.Count;
        return (faults, replayed.Count);
    }

    private sealed class Listener(EventLog log) : IStreamListener
    {
        public void Applied(string stream, StreamEvent happened) => log.Add(happened);
        public void Restored(StreamSnapshot snapshot) => Assert.Fail("followed from the beginning: no snapshot is wanted");
        public void LinkChanged(LinkState state) { }
        public void Trouble(string what) { }
    }
}
