using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Dispatch.Sim.Client.Hub;

namespace Dispatch.Sim.Client.Streams;

/// <summary>What an owner of streams is told. Called one at a time, on the client's own loop, but for <see cref="Trouble"/>; must be quick.</summary>
public interface IStreamListener
{
    /// <summary>The next event of that stream: each once, in order, across disconnections.</summary>
    void Applied(string stream, StreamEvent happened);

    /// <summary>State that replaces everything known of the stream up to its number.</summary>
    void Restored(StreamSnapshot snapshot);

    /// <summary>How current what has been told is.</summary>
    void LinkChanged(LinkState state);

    /// <summary>Something failed and is being tried again; for a log. From any thread.</summary>
    void Trouble(string what);
}

/// <summary>
/// Follows streams over one hub connection, with <see cref="StreamCore"/> deciding and this class doing: it feeds the core from the wire and carries out what the core
/// asks for. One loop owns the core; calls and fetches run beside it and report back.
/// </summary>
public sealed class StreamClient : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(1);

    private readonly Channel<(StreamInput Input, int? Generation)> inputs = Channel.CreateUnbounded<(StreamInput, int?)>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<Task, bool> errands = new();
    private readonly ConcurrentDictionary<string, StreamSnapshot> snapshots = new();
    private readonly CancellationTokenSource life = new();
    private readonly IStreamSource source;
    private readonly IStreamListener listener;
    private readonly TimeProvider time;
    private readonly Backoff backoff;
    private readonly Random chance;
    private readonly ReconnectingHub hub;
    private readonly ITimer ticks;
    private readonly Task running;
    private readonly long origin;
    private StreamCore core;
    private int generation;
    /// <summary>Ends the requests under way; another one from each loss of the connection on.</summary>
    private CancellationTokenSource requests = new();
    private bool wasLost;

    public StreamClient(
        HubDial dial, IStreamSource source, IStreamListener listener, HubOptions options, Backoff backoff, StreamLimits limits, TimeProvider time, Random chance)
    {
        this.source = source;
        this.listener = listener;
        this.time = time;
        this.backoff = backoff;
        this.chance = chance;
        core = new StreamCore(limits);
        origin = time.GetTimestamp();
        ticks = time.CreateTimer(_ => Tell(new StreamInput.Tick()), null, TickEvery, TickEvery);
        hub = new ReconnectingHub(dial, options, backoff, time, new Random(chance.Next()), Changed, Called);
        running = Task.Run(Run);
    }

    /// <summary>Follows a stream from after that number; from a snapshot where it is null.</summary>
    public void Follow(string stream, long? after) => Tell(new StreamInput.Follow(stream, after));

    public void Unfollow(string stream) => Tell(new StreamInput.Unfollow(stream));

    public async ValueTask DisposeAsync()
    {
        await ticks.DisposeAsync();
        await hub.DisposeAsync();
        inputs.Writer.TryComplete();
        await life.CancelAsync();
        await running;
        await Task.WhenAll(errands.Keys);
    }

    private async Task Run()
    {
        await foreach ((StreamInput input, int? of) in inputs.Reader.ReadAllAsync())
        {
            if (of is { } connection)
            {
                if (input is StreamInput.Connected)
                    generation = connection;
                else if (connection != generation)
                    continue; // an answer from a connection that is gone
            }
            (core, var effects) = core.Handle(input, (long)time.GetElapsedTime(origin).TotalMilliseconds);
            foreach (StreamEffect effect in effects)
                Do(effect);
        }
    }

    private void Do(StreamEffect effect)
    {
        switch (effect)
        {
            case StreamEffect.Apply e:
                foreach (StreamEvent happened in e.Events)
                    listener.Applied(e.Stream, happened);
                break;
            case StreamEffect.Show e:
                listener.LinkChanged(e.State);
                break;
            case StreamEffect.Replace e when snapshots.TryRemove(e.Stream, out StreamSnapshot? snapshot):
                listener.Restored(snapshot);
                break;
            case StreamEffect.Subscribe e:
                Errand(e.Stream, e.Attempt, generation, () => Subscribe(e), new StreamInput.SubscribeFailed(e.Stream));
                break;
            case StreamEffect.Unsubscribe e:
                Errand(e.Stream, 0, generation, async () => { await hub.Invoke("Unsubscribe", life.Token, e.Stream); return null; }, null);
                break;
            case StreamEffect.Fetch e:
                Errand(e.Stream, e.Attempt, null, () => Fetch(e), new StreamInput.FetchFailed(e.Stream));
                break;
            case StreamEffect.TakeSnapshot e:
                Errand(e.Stream, e.Attempt, null, () => Snapshot(e.Stream), new StreamInput.SnapshotFailed(e.Stream));
                break;
        }
    }

    private async Task<StreamInput?> Subscribe(StreamEffect.Subscribe e)
    {
        JsonElement? answer = await hub.Invoke("Subscribe", life.Token, e.Stream, e.After);
        StreamHead head = answer?.Deserialize<StreamHead>(Json) ?? throw new HubProtocolException("Subscribe answered nothing.");
        return new StreamInput.Subscribed(e.Stream, head.Head);
    }

    private async Task<StreamInput?> Fetch(StreamEffect.Fetch e)
    {
        using CancellationTokenSource both = Limited();
        EventPage page = await source.Events(e.Stream, e.After, both.Token);
        return new StreamInput.Fetched(e.Stream, page.Events, page.Head);
    }

    private async Task<StreamInput?> Snapshot(string stream)
    {
        using CancellationTokenSource both = Limited();
        StreamSnapshot snapshot = await source.Snapshot(stream, both.Token);
        snapshots[stream] = snapshot;
        return new StreamInput.SnapshotTaken(stream, snapshot.Seq);
    }

    /// <summary>Runs beside the loop, after a pause if it is a repetition. What fails is told and answered with <paramref name="failed"/>; the core decides what follows.</summary>
    private void Errand(string stream, int attempt, int? connection, Func<Task<StreamInput?>> work, StreamInput? failed)
    {
        TimeSpan pause = attempt == 0 ? TimeSpan.Zero : backoff.Delay(attempt, chance.NextDouble());
        Task task = Task.Run(async () =>
        {
            try
            {
                if (pause > TimeSpan.Zero)
                    await Task.Delay(pause, time, life.Token);
                if (await work() is { } input)
                    Tell(input, connection);
            }
            catch (OperationCanceledException) when (life.IsCancellationRequested)
            {
                // the client is being disposed
            }
            catch (Exception e)
            {
                listener.Trouble($"{stream}: {e.Message}");
                if (failed is not null)
                    Tell(failed, connection);
            }
        });
        errands[task] = true;
        _ = task.ContinueWith(done => errands.TryRemove(done, out _), TaskScheduler.Default);
    }

    private CancellationTokenSource Limited() => CancellationTokenSource.CreateLinkedTokenSource(life.Token, Volatile.Read(ref requests).Token);

    /// <summary>A request that went out over a network that swallows it may hang long after that is over, and hold up catching up: it ends, and is asked again.</summary>
    private void RenewRequests() => _ = Interlocked.Exchange(ref requests, new CancellationTokenSource()).CancelAsync();

    private void Tell(StreamInput input, int? connection = null) => inputs.Writer.TryWrite((input, connection));

    private void Changed(HubChange change)
    {
        switch (change)
        {
            case HubChange.Up up:
                // What was sent without a connection may be stuck in the silence that has just ended.
                if (wasLost)
                    RenewRequests();
                Tell(new StreamInput.Connected(), up.Generation);
                break;
            case HubChange.Down down:
                wasLost = true;
                RenewRequests();
                Tell(new StreamInput.Disconnected(), down.Generation);
                listener.Trouble("connection lost: " + down.Reason);
                break;
            case HubChange.Retrying retry:
                wasLost = true;
                listener.Trouble("no connection: " + retry.Reason);
                break;
        }
    }

    private void Called(string target, IReadOnlyList<JsonElement> arguments)
    {
        switch (target)
        {
            case "events" when arguments.Count == 2:
                Tell(new StreamInput.Pushed(arguments[0].GetString() ?? "", arguments[1].Deserialize<List<StreamEvent>>(Json) ?? []));
                break;
            case "ended" when arguments.Count == 2:
                listener.Trouble($"{arguments[0].GetString()}: ended, {arguments[1].GetString()}");
                break;
            case "head" when arguments.Count == 2:
                Tell(new StreamInput.Headed(arguments[0].GetString() ?? "", arguments[1].GetInt64()));
                break;
        }
    }
}
