using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Technicians;
using Dispatch.Sim.Client.Streams;

namespace Dispatch.Simulation.Tests;

/// <summary>
/// Somebody who follows one stream with the rules every client keeps (<see cref="StreamCore"/>, as in the .NET client), over a link that loses, delays and reorders pushes and breaks. Keeps a
/// journal of what it applied, which is held against the stream in the end.
/// </summary>
internal sealed class Viewer : IFeedObserver
{
    /// <summary>Looks come as often as a host renews: seldomer, feeds would forget it, and no push would be played with.</summary>
    private static readonly TimeSpan Beat = FeedRenewal.Interval;

    private readonly World world;
    private readonly string client;
    private readonly Action<FeedEntryAt>? applied;
    private readonly List<FeedEntryAt> journal = [];
    private readonly Dictionary<long, string> heldFrom = [];
    private readonly IFeedObserver reference;
    private StreamCore core = new(new StreamLimits(SnapshotBehind: 40, Held: 8, OfflineAfterMs: 15_000, EmptyFetches: 3));
    private long from;
    private int connection;
    private bool connected;

    /// <summary>An applied event with the number it had in the stream.</summary>
    public readonly record struct FeedEntryAt(long Seq, string Source, long Number);

    /// <param name="after">The last number known; null to begin with a snapshot.</param>
    /// <param name="applied">Told each event once, in order; what a snapshot passed over is not told.</param>
    public Viewer(World world, string client, string stream, long? after, Action<FeedEntryAt>? applied = null)
    {
        this.world = world;
        this.client = client;
        this.applied = applied;
        Stream = stream;
        reference = world.Simulation.Client(client).CreateObjectReference<IFeedObserver>(this);
        world.Know(this);
        Connect();
        Tell(new StreamInput.Follow(stream, after));
    }

    public string Stream { get; }
    public int Disconnections { get; private set; }
    public int Lost { get; private set; }
    public int Slowed { get; private set; }
    public int Snapshots { get; private set; }
    public int Applied => journal.Count;

    /// <summary>Whether it has applied everything there is.</summary>
    public bool IsCurrent => core.Last(Stream) == world.Feeds.Stream(Stream).Count;

    /// <summary>Takes part in the life of a page: beats, renewals, breaks.</summary>
    public async Task Look()
    {
        await world.Wait(Beat);
        if (connected && world.Random.Chance(world.Chances.Disconnect))
            Break();
        if (!connected)
            return;
        int mine = connection;
        await People.Try(async () =>
        {
            await Feed.Subscribe(reference);
            if ((await world.Feeds.Heads(World.Tenant, [Stream])) is [{ } head] && connection == mine)
                Tell(new StreamInput.Headed(Stream, head.Seq));
        });
        Tell(new StreamInput.Tick());
    }

    public Task Published(string key, ImmutableArray<SequencedEvent> events)
    {
        if (!connected)
            return Task.CompletedTask;
        if (world.Random.Chance(world.Chances.PushLost))
        {
            Lost++;
            return Task.CompletedTask;
        }
        StreamEvent[] pushed = [.. events.Select(Event)];
        int mine = connection;
        if (world.Random.Chance(world.Chances.SlowLink) && ++Slowed > 0)
            world.Simulation.After(TimeSpan.FromMilliseconds(world.Random.Next(30_000)), () => Arrive(mine, pushed));
        else
            Arrive(mine, pushed);
        return Task.CompletedTask;
    }

    /// <summary>The last write wins by the time of the device: what comes late, or from an activation that knew less, is dropped.</summary>
    public Task Moved(string key, ImmutableArray<Position> positions)
    {
        if (!connected || world.Random.Chance(world.Chances.PushLost))
            return Task.CompletedTask;
        foreach (Position position in positions)
        {
            if (newest.TryGetValue(position.Technician, out Position? known) && known.At >= position.At)
                Overtaken++;
            else
                newest[position.Technician] = position;
        }
        return Task.CompletedTask;
    }

    private readonly Dictionary<TechnicianId, Position> newest = [];

    public int Overtaken { get; private set; }

    /// <summary>Holds what was applied against what the database numbered: nothing missing after the last snapshot, nothing twice, nothing else, and everything by now.</summary>
    public void AtRest()
    {
        IReadOnlyList<ModelFeedStore.Stored> truth = world.Feeds.Stream(Stream);
        if (core.Last(Stream) != truth.Count)
            throw new ViolationException($"{client} is at {core.Last(Stream)?.ToString() ?? "nothing"} of {Stream}, which has {truth.Count} events");
        long last = 0;
        foreach (FeedEntryAt at in journal)
        {
            if (at.Seq <= last)
                throw new ViolationException($"{client} applied number {at.Seq} of {Stream} after {last}");
            if (at.Seq > truth.Count || truth[(int)at.Seq - 1] is var stored && (stored.Source != at.Source || stored.Entry.Number != at.Number))
                throw new ViolationException($"{client} applied {at} of {Stream}, where the database has something else");
            if (at.Seq != last + 1 && !passedOver.Any(gap => gap.After <= last && gap.UpTo == at.Seq - 1))
                throw new ViolationException($"{client} applied number {at.Seq} of {Stream} after {last} and took no snapshot in between");
            last = at.Seq;
        }
        if (last != truth.Count && !passedOver.Any(gap => gap.UpTo == truth.Count))
            throw new ViolationException($"{client} believes to know everything of {Stream} and has applied only {last} of {truth.Count}");
    }

    private readonly List<(long After, long UpTo)> passedOver = [];

    /// <summary>What the newest snapshot really held, whatever number it says.</summary>
    private long snapshotHolds;

    private IFeedGrain Feed => world.Simulation.Client(client).GetGrain<IFeedGrain>(GrainKeys.Of(World.Tenant, Stream));

    private void Connect()
    {
        connected = true;
        connection++;
        Tell(new StreamInput.Connected());
    }

    private void Break()
    {
        Disconnections++;
        connected = false;
        connection++;
        Tell(new StreamInput.Disconnected());
        world.Simulation.After(TimeSpan.FromSeconds(1 + world.Random.Next(120)), Connect);
    }

    private void Arrive(int over, StreamEvent[] events)
    {
        if (over == connection)
            Tell(new StreamInput.Pushed(Stream, events));
    }

    private static StreamEvent Event(SequencedEvent e) => new(e.Seq, e.Type, e.At, e.Source, e.Number, default);

    private void Tell(StreamInput input)
    {
        if (world.Planted == Planted.GapNotNoticed && input is StreamInput.Pushed pushed && core.Last(Stream) is { } known)
            input = new StreamInput.Pushed(Stream, [.. pushed.Events.Select((e, i) => e with { Seq = known + 1 + i })]);
        (core, ImmutableArray<StreamEffect> effects) = core.Handle(input, (long)(world.Now - world.Start).TotalMilliseconds);
        foreach (StreamEffect effect in effects)
            Do(effect);
    }

    private void Do(StreamEffect effect)
    {
        switch (effect)
        {
            case StreamEffect.Apply e:
                foreach (StreamEvent happened in e.Events)
                {
                    FeedEntryAt at = new(happened.Seq, happened.Source, happened.Number);
                    journal.Add(at);
                    from = happened.Seq;
                    applied?.Invoke(at);
                }
                break;
            case StreamEffect.Replace e:
                passedOver.Add((from, Math.Min(e.Seq, snapshotHolds)));
                from = e.Seq;
                break;
            case StreamEffect.Subscribe e:
                Errand(e.Attempt, connection, async () =>
                {
                    await Feed.Subscribe(reference);
                    return new StreamInput.Subscribed(e.Stream, (await world.Feeds.Heads(World.Tenant, [e.Stream]))[0].Seq);
                }, new StreamInput.SubscribeFailed(e.Stream));
                break;
            case StreamEffect.Fetch e:
                Errand(e.Attempt, null, async () =>
                {
                    ImmutableArray<SequencedEvent> page = await world.Feeds.Read(World.Tenant, e.Stream, e.After, 50);
                    return new StreamInput.Fetched(e.Stream, [.. page.Select(Event)], page.IsEmpty ? e.After : page[^1].Seq);
                }, new StreamInput.FetchFailed(e.Stream));
                break;
            case StreamEffect.TakeSnapshot e:
                Snapshots++;
                Errand(e.Attempt, null, async () =>
                {
                    long head = (await world.Feeds.Heads(World.Tenant, [e.Stream]))[0].Seq;
                    snapshotHolds = head;
                    return new StreamInput.SnapshotTaken(e.Stream, world.Planted == Planted.SnapshotNumberTooHigh ? head + 1 : head);
                }, new StreamInput.SnapshotFailed(e.Stream));
                break;
        }
    }

    private void Errand(int attempt, int? over, Func<Task<StreamInput>> work, StreamInput failed) => _ = world.Simulation.Begin(async () =>
    {
        if (attempt > 0)
            await world.Wait(TimeSpan.FromSeconds(Math.Min(30, 1 << Math.Min(attempt, 5))));
        StreamInput outcome;
        try
        {
            outcome = await work();
        }
        catch (Exception failure) when (failure is TimeoutException or IOException or OrleansException or InvalidOperationException or OperationCanceledException)
        {
            outcome = failed;
        }
        if (over is null || over == connection)
            Tell(outcome);
    });
}

/// <summary>A page that somebody has open on the zone, on one technician or on one point; reloaded now and then, which begins anew.</summary>
internal sealed class Browser(World world, People people, int number)
{
    public Task Live()
    {
        string stream = (number % 3) switch { 1 => Streams.Zone(World.Zone), 2 => Streams.Point(world.Points[number % world.Points.Length]), _ => Streams.Technician(world.Technicians[number % world.Technicians.Length]) };
        Viewer viewer = new(world, $"browser{number}", stream, number % 2 == 0 ? 0 : null);
        return people.Live($"browser{number}", viewer.Look, untilRest: false);
    }
}
