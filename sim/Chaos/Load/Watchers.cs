using System.Globalization;
using Dispatch.Sim.Chaos.Journals;
using Dispatch.Sim.City;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Hub;
using Dispatch.Sim.Client.Streams;

namespace Dispatch.Sim.Chaos.Load;

/// <summary>One connection that follows streams through every restart, and writes down what it applied before anybody acts on it.</summary>
public sealed class Watcher : IStreamListener, IAsyncDisposable
{
    private readonly Journal.Watch watch;
    private readonly Action<StreamEvent>? told;
    private readonly Action<string> detail;
    private readonly StreamClient client;
    private readonly TimeProvider time;
    private readonly DateTimeOffset begun;

    public Watcher(ChaosWorld world, string name, ApiClient source, Func<CancellationToken, Task<string?>> token, bool redacted, Action<StreamEvent>? told)
    {
        watch = world.Journal.NewWatch(name, redacted);
        time = world.Time;
        begun = time.GetUtcNow();
        (this.told, detail, Name) = (told, world.Detail, name);
        client = new StreamClient(
            world.Dial(name, token), source, this, new HubOptions { HandshakeTimeout = TimeSpan.FromSeconds(5) }, ChaosWorld.Backoff, StreamLimits.Standard, world.Time, Chance.Of(world.Seed, "hub", name));
    }

    public string Name { get; }

    public IReadOnlyDictionary<string, long> Last => watch.Last;

    public Watcher Follow(string stream, long? after)
    {
        client.Follow(stream, after);
        return this;
    }

    /// <summary>It looks away before the end.</summary>
    public async ValueTask Leave()
    {
        await client.DisposeAsync();
        watch.Ended = true;
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    void IStreamListener.Applied(string stream, StreamEvent e)
    {
        watch.Add(stream, e.Seq, Digests.Of(e.Type, e.At, e.Source, e.Number, e.Data));
        // What was there before is caught up with, not awaited.
        if (e.At > begun)
            watch.Came(e.At, time.GetUtcNow());
        told?.Invoke(e);
    }

    void IStreamListener.Restored(StreamSnapshot snapshot) => watch.Add(snapshot.Stream, snapshot.Seq, null);

    void IStreamListener.LinkChanged(LinkState state) => watch.Linked(state == LinkState.Live, time.GetUtcNow());

    void IStreamListener.Trouble(string what) => detail($"{Name}: {what}");
}

/// <summary>Everybody who watches: consoles, phones, points, and customers who look at their job for a while.</summary>
public sealed class Watchers(ChaosWorld world) : IAsyncDisposable
{
    private const int CustomersAtOnce = 5;
    private readonly List<Watcher> watchers = [];
    private readonly HashSet<string> looked = [];
    private readonly List<(string Job, string Token)> tracked = [];

    public IReadOnlyList<Watcher> All => watchers;

    /// <summary>Jobs that were watched by tracking token.</summary>
    public IReadOnlyList<(string Job, string Token)> Tracked => tracked;

    public void Begin(IReadOnlyDictionary<string, TechnicianLoad> phones)
    {
        string zone = "zone/" + ChaosWorld.Zone;
        Add("console-1", "desk1", world.Board.Learn).Follow(zone, 0);
        Add("console-2", "desk2", null).Follow(zone, 0);
        Watcher wall = Add("wall", ChaosSetup.Manager, null).Follow(zone, null);
        foreach (string stream in (string[])[.. world.Technicians.Select(t => "technician/" + t.Id), .. world.Points.Select(p => "point/" + p)])
            wall.Follow(stream, 0);
        for (int n = 1; n <= world.Consoles; n++)
            Add(FormattableString.Invariant($"beside-{n}"), "desk2", null).Follow(zone, null);
        foreach (Crew crew in world.Technicians)
            Add(crew.Person.User, crew.Person.User, phones[crew.Id].Heard).Follow("technician/" + crew.Id, 0);
        foreach (string point in world.Points)
            Add(point, ChaosSetup.PointUser(point), null).Follow("point/" + point, 0);
    }

    /// <summary>Customers come and go: some at a time look at their job, each for some seconds.</summary>
    public Task Customers() => Task.WhenAll(Enumerable.Range(1, CustomersAtOnce).Select(place => world.Until(async i =>
    {
        string? job;
        lock (looked)
        {
            job = world.Board.Where(c => world.Board.TokenOf(c.Id) is not null && !looked.Contains(c.Id)).OrderBy(c => Chance.Hash(world.Seed, "look", place, i, c.Id)).FirstOrDefault()?.Id;
            if (job is null)
                return;
            looked.Add(job);
            tracked.Add((job, world.Board.TokenOf(job)!));
        }
        string name = string.Create(CultureInfo.InvariantCulture, $"customer-{place}-{i}"), token = world.Board.TokenOf(job)!;
        using ApiClient source = world.Client(name);
        source.UseToken(token);
        Watcher watcher = new(world, name, source, source.Token, true, null);
        watcher.Follow("job/" + job, 0);
        await world.Pause(TimeSpan.FromSeconds(2 + 8 * Chance.Share(world.Seed, "looks", job)));
        await watcher.Leave();
    }, _ => TimeSpan.FromMilliseconds(300))));

    public async ValueTask DisposeAsync()
    {
        foreach (Watcher watcher in watchers)
            await watcher.DisposeAsync();
    }

    private Watcher Add(string name, string user, Action<StreamEvent>? told)
    {
        ApiClient api = world.Find(user).Patient;
        Watcher watcher = new(world, name, api, api.Token, false, told);
        watchers.Add(watcher);
        return watcher;
    }
}
