using System.Diagnostics;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Hub;
using Dispatch.Sim.Client.Streams;

namespace Dispatch.Sim.Push;

/// <param name="Program">Path of the server's assembly.</param>
/// <param name="Root">Folder of the sources, for the pages and their browser.</param>
/// <param name="Seconds">How long the disturbances go on.</param>
public sealed record StormOptions(string Program, string Root, int Clients, int Browsers, int Seconds)
{
    public int Seed { get; init; } = 1;

    public double JobsPerSecond { get; init; } = 5;

    public string Chromium { get; init; } = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
}

/// <summary>
/// Clients and pages that follow streams of one server under load, while connections are cut, the server is killed and started again, and another server takes its place. Then everybody's
/// journal is held against what the server replays.
/// </summary>
public sealed class PushStorm : IAsyncDisposable
{
    private const int Tracked = 8, MovesApart = 12;
    private const string User = "manager", Password = "correct horse battery";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60), AtLeast = TimeSpan.FromSeconds(0.5), After = TimeSpan.FromSeconds(3);

    private readonly StormOptions options;
    private readonly TextWriter log;
    private readonly string folder = Directory.CreateTempSubdirectory("dispatch-push-").FullName;
    private readonly Random chance;
    private readonly SocketsHttpHandler handler = new();
    private readonly List<TimeSpan> outages = [];
    private ServerProcess server = null!;
    private Front front = null!;
    private int cuts, kills, moves;
    private long largestMemory;

    private PushStorm(StormOptions options, TextWriter log) => (this.options, this.log, chance) = (options, log, new Random(options.Seed));

    public static async Task<PushFigures> Run(StormOptions options, TextWriter log)
    {
        await using PushStorm storm = new(options, log);
        return await storm.Run();
    }

    public async ValueTask DisposeAsync()
    {
        if (front is not null)
            await front.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
        handler.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<PushFigures> Run()
    {
        server = await ServerProcess.Start(Command(0));
        front = new Front(server.Address.Port);
        ApiClient[] users = [.. Enumerable.Range(0, 4).Select(i => new ApiClient(
            front.Address, handler, TimeProvider.System, new RetryRules(TimeSpan.FromSeconds(5), Patience, new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1))), new Random(i)))];
        foreach (ApiClient user in users)
            (await user.SignIn(new Credentials(User, Password), CancellationToken.None)).Must("sign in");
        await using PushLoad load = new(front.Address, (await users[0].Token(CancellationToken.None))!, TimeProvider.System);
        await load.MakeZone();
        List<(string Id, string Link)> tracked = [];
        for (int i = 0; i < Tracked; i++)
            tracked.Add(await load.File($"tracked-{i}"));

        List<PushClient> clients = [.. Enumerable.Range(0, options.Clients).Select(i => new PushClient(
            front.Address, users[i % users.Length], i % 4 == 3 ? $"job/{tracked[i % Tracked].Id}" : $"zone/{PushLoad.Zone}", fromSnapshot: i % 8 >= 5, new Random(chance.Next())))];
        Browsers? browsers = options.Browsers == 0 ? null
            : await Browsers.Open(options.Root, options.Chromium, [.. Enumerable.Range(0, options.Browsers).Select(i => new Uri(front.Address, tracked[i % Tracked].Link).ToString())]);
        try
        {
            await Until("everybody is connected", () => clients.TrueForAll(c => c.State == LinkState.Live));
            load.Start(options.JobsPerSecond, [.. tracked.Select(t => t.Id)]);
            log.WriteLine($"{options.Clients} clients and {options.Browsers} pages are connected; the storm begins");
            await Disturb();
            cuts += front.Cut(chance, 1);
            using CancellationTokenSource settled = new();
            string[] streams = [.. clients.Select(c => c.Stream).Concat(tracked.Select(t => $"job/{t.Id}")).Distinct()];
            Task<HeadLog> watching = HeadLog.Watch(users[1], streams, settled.Token);
            // The load outlasts the disturbances, so that coming back late shows.
            await Task.Delay(After);
            await load.Stop();
            Dictionary<string, Replay> replays = await Replays(users[0], streams, load);
            bool all = await Reached(() => clients.TrueForAll(c => c.Journal.Last >= replays[c.Stream].Events.Count && c.State == LinkState.Live));
            log.WriteLine(all ? "everybody has everything" : $"not everybody has everything after {Patience.TotalSeconds} s");
            IReadOnlyList<PageReport> pages = await Pages(browsers, replays);
            await settled.CancelAsync();
            return Judge(clients, pages, replays, load, await watching);
        }
        finally
        {
            if (browsers is not null)
                await browsers.DisposeAsync();
            await Parallel.ForEachAsync(clients, async (client, _) => await client.DisposeAsync());
            foreach (ApiClient user in users)
                user.Dispose();
        }
    }

    private ServerCommand Command(int port) => new(options.Program, folder, port)
    {
        Options =
        [
            "--web", Path.Combine(options.Root, "web", "dist"), "--Dispatch:Planning:Tick", "00:10:00", "--Dispatch:BootstrapUser", User, "--Dispatch:Api:PasswordIterations", "1000",
            "--Logging:LogLevel:Default", "Error",
        ],
        Environment = new Dictionary<string, string> { ["Dispatch__BootstrapPassword"] = Password },
    };

    /// <summary>Cuts now and then, kills and moves at even distances, at least one of each.</summary>
    private async Task Disturb()
    {
        long began = Stopwatch.GetTimestamp();
        int restarts = Math.Max(2, options.Seconds / MovesApart);
        for (int restart = 0; restart < restarts; restart++)
        {
            double at = options.Seconds * (restart + 0.5) / restarts;
            while (Stopwatch.GetElapsedTime(began).TotalSeconds < at)
                await CutSome();
            await Replace(elsewhere: restart % 2 == 1);
        }
        while (Stopwatch.GetElapsedTime(began).TotalSeconds < options.Seconds)
            await CutSome();
    }

    private async Task CutSome()
    {
        await Task.Delay(AtLeast * (1 + 2 * chance.NextDouble()));
        cuts += front.Cut(chance, 0.02 + 0.3 * chance.NextDouble() * chance.NextDouble());
        largestMemory = Math.Max(largestMemory, MemoryOf(server.Id));
    }

    /// <summary>kill -9, and another process on the same data: at the same address, or elsewhere with everybody sent there.</summary>
    private async Task Replace(bool elsewhere)
    {
        long since = Stopwatch.GetTimestamp();
        int port = server.Address.Port;
        await server.Kill();
        await server.DisposeAsync();
        server = await ServerProcess.Start(Command(elsewhere ? 0 : port));
        front.MoveTo(server.Address.Port);
        outages.Add(Stopwatch.GetElapsedTime(since));
        (kills, moves) = (kills + 1, moves + (elsewhere ? 1 : 0));
        log.WriteLine($"server killed; another one {(elsewhere ? "elsewhere" : "at the same address")} after {outages[^1].TotalSeconds:F1} s");
    }

    /// <summary>What the streams are, once they hold everything that was acknowledged and grow no more.</summary>
    private static async Task<Dictionary<string, Replay>> Replays(ApiClient user, IEnumerable<string> streams, PushLoad load)
    {
        Dictionary<string, Replay> replays = [];
        string zone = $"zone/{PushLoad.Zone}";
        await Until("the zone's stream holds every job", async () =>
        {
            Replay before = replays.GetValueOrDefault(zone) ?? new Replay(zone, []);
            Replay now = replays[zone] = await Read(user, zone);
            HashSet<string> there = [.. now.Events.Select(e => e.Source)];
            return now.Events.Count == before.Events.Count && load.Filed.All(id => there.Any(source => source.EndsWith(id, StringComparison.Ordinal)));
        });
        foreach (string stream in streams.Where(s => s != zone))
            replays[stream] = await Read(user, stream);
        return replays;
    }

    private static async Task<Replay> Read(ApiClient user, string stream)
    {
        List<(string, long)> events = [];
        while (true)
        {
            EventPage page = await user.Events(stream, events.Count, CancellationToken.None);
            if (page.Events.Count == 0)
                return new Replay(stream, events);
            foreach (StreamEvent e in page.Events)
                events.Add(e.Seq == events.Count + 1 ? (e.Source, e.Number) : throw new InvalidOperationException($"{stream}: {e.Seq} follows {events.Count} in the replay"));
        }
    }

    private static async Task<IReadOnlyList<PageReport>> Pages(Browsers? browsers, Dictionary<string, Replay> replays)
    {
        IReadOnlyList<PageReport> pages = [];
        if (browsers is not null)
            await Reached(async () => (pages = await browsers.Report()).All(p => (p.Steps.Count == 0 ? p.From : p.Steps[^1].Seq) >= replays[p.Stream].Events.Count && p.Connection == "live"));
        return pages;
    }

    private PushFigures Judge(List<PushClient> clients, IReadOnlyList<PageReport> pages, Dictionary<string, Replay> replays, PushLoad load, HeadLog heads)
    {
        List<JournalVerdict> verdicts = [.. clients.Select(c => JournalVerdict.Of(c.Journal.ToList(), replays[c.Stream], 0, c.FromSnapshot))];
        List<JournalVerdict> ofPages = [.. pages.Select(p => JournalVerdict.Of(p.Steps, replays[p.Stream], p.From, false))];
        double[] converged = [.. clients.Select(c => heads.LongestLag(c.Stream, c.Journal.ToList(), 0)).Order()];
        double[] ofPagesMs = [.. pages.Select(p => heads.LongestLag(p.Stream, p.Steps, p.From)).Order()];
        Replay zone = replays[$"zone/{PushLoad.Zone}"];
        HashSet<string> jobs = [.. zone.Events.Select(e => e.Source)];
        int lost = load.Filed.Count(id => !jobs.Any(source => source.EndsWith(id, StringComparison.Ordinal)));
        return new PushFigures(
            options.Clients, pages.Count, options.Seconds, cuts, kills, moves, [.. outages.Select(o => Math.Round(o.TotalSeconds, 1))], clients.Sum(c => (long)c.Connections),
            zone.Events.Count, load.Filed.Count, load.Repetitions, lost, replays.Values.Sum(r => r.Repeated),
            Verdicts.Of(verdicts), Verdicts.Of(ofPages), Spread.Of(converged), Spread.Of(ofPagesMs), pages.Sum(p => p.Errors.Count), largestMemory / 1024 / 1024);
    }

    private static long MemoryOf(int process)
    {
        try
        {
            using Process running = Process.GetProcessById(process);
            return running.WorkingSet64;
        }
        catch (ArgumentException)
        {
            return 0; // it has ended
        }
    }

    private static Task Until(string phase, Func<bool> holds) => Until(phase, () => Task.FromResult(holds()));

    private static async Task Until(string phase, Func<Task<bool>> holds)
    {
        if (!await Reached(holds))
            throw new TimeoutException($"Not within {Patience.TotalSeconds} s: {phase}");
    }

    private static Task<bool> Reached(Func<bool> holds) => Reached(() => Task.FromResult(holds()));

    private static async Task<bool> Reached(Func<Task<bool>> holds)
    {
        long since = Stopwatch.GetTimestamp();
        using PeriodicTimer again = new(TimeSpan.FromMilliseconds(100));
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(since) > Patience)
                return false;
            await again.WaitForNextTickAsync();
        }
        return true;
    }
}
