using System.Collections.Immutable;

namespace Dispatch.Sim.Client.Streams;

/// <summary>
/// The rules every client keeps ("What a client does" of the HTTP and push contract), without a clock or a wire: what is known of each stream, and what an
/// input makes of it. Immutable; the same inputs give the same effects. Inputs about streams that are not followed have none.
/// </summary>
public sealed record StreamCore(StreamLimits Limits)
{
    private long now;
    /// <summary>When there last was a connection; before the first one, when one was first wanted.</summary>
    private long? lostAt;
    private bool connected;

    /// <summary>In the order they were asked for.</summary>
    private ImmutableList<(string Name, StreamPosition Position)> Streams { get; init; } = [];

    public LinkState Shown { get; private init; } = LinkState.Reconnecting;

    /// <summary>The highest applied number; null if the stream is not followed or has no snapshot yet.</summary>
    public long? Last(string stream) => Streams.Find(s => s.Name == stream).Position?.Last;

    /// <param name="atMs">The client's own clock in milliseconds; time never runs backwards here.</param>
    public (StreamCore Core, ImmutableArray<StreamEffect> Effects) Handle(StreamInput input, long atMs)
    {
        ImmutableArray<StreamEffect>.Builder effects = ImmutableArray.CreateBuilder<StreamEffect>();
        long at = Math.Max(now, atMs);
        StreamCore next = (this with { now = at, lostAt = lostAt ?? at }).React(input, effects);
        LinkState shown = next.State;
        if (shown == Shown)
            return (next, effects.DrainToImmutable());
        effects.Add(new StreamEffect.Show(shown, shown == LinkState.Offline ? next.lostAt ?? next.now : next.now));
        return (next with { Shown = shown }, effects.DrainToImmutable());
    }

    private LinkState State =>
        !connected ? now - (lostAt ?? now) >= Limits.OfflineAfterMs ? LinkState.Offline : LinkState.Reconnecting
        : Streams.TrueForAll(s => s.Position.IsCurrent) ? LinkState.Live
        : LinkState.CatchingUp;

    private StreamCore React(StreamInput input, ImmutableArray<StreamEffect>.Builder effects) => input switch
    {
        StreamInput.Connected => this with { connected = true, Streams = [.. Streams.Select(s => (s.Name, Subscribe(s.Name, s.Position, true, effects)))] },
        StreamInput.Disconnected => this with
        {
            connected = false,
            lostAt = connected ? now : lostAt,
            Streams = [.. Streams.Select(s => (s.Name, s.Position with { Subscribed = false }))],
        },
        StreamInput.Follow i => Followed(i, effects),
        StreamInput.Unfollow i => Unfollowed(i.Stream, effects),
        StreamInput.Subscribed i when connected => Change(i.Stream, s => CloseGap(i.Stream, (s with { Subscribed = true, SubscribeAttempt = 0 }).Heard(i.Head), effects)),
        StreamInput.SubscribeFailed i => Change(i.Stream, s => Subscribe(i.Stream, s with { SubscribeAttempt = s.SubscribeAttempt + 1 }, connected, effects)),
        StreamInput.Pushed i => Change(i.Stream, s => CloseGap(i.Stream, Drain(i.Stream, s.Keep(i.Events, Limits.Held), effects), effects)),
        StreamInput.Headed i => Change(i.Stream, s => CloseGap(i.Stream, s.Heard(i.Seq), effects)),
        StreamInput.Fetched i => Change(i.Stream, s => Fetched(i, s, effects)),
        StreamInput.FetchFailed i => Change(i.Stream, s => s.Asking == Asking.Fetch
            ? CloseGap(i.Stream, s with { Asking = Asking.Nothing, FetchAttempt = s.FetchAttempt + 1 }, effects)
            : s),
        StreamInput.SnapshotTaken i => Change(i.Stream, s => Replaced(i, s, effects)),
        StreamInput.SnapshotFailed i => Change(i.Stream, s => AskSnapshot(i.Stream, s with { FetchAttempt = s.FetchAttempt + 1 }, effects)),
        _ => this,
    };

    private StreamCore Followed(StreamInput.Follow i, ImmutableArray<StreamEffect>.Builder effects)
    {
        if (Streams.Exists(s => s.Name == i.Stream))
            return this;
        StreamPosition s = new(i.After, i.After ?? 0);
        s = i.After is null ? AskSnapshot(i.Stream, s, effects) : Subscribe(i.Stream, s, connected, effects);
        return this with { Streams = Streams.Add((i.Stream, s)) };
    }

    private StreamCore Unfollowed(string stream, ImmutableArray<StreamEffect>.Builder effects)
    {
        int at = Streams.FindIndex(s => s.Name == stream);
        if (at < 0)
            return this;
        if (connected)
            effects.Add(new StreamEffect.Unsubscribe(stream));
        return this with { Streams = Streams.RemoveAt(at) };
    }

    /// <summary>A stream without its first snapshot is subscribed when that has come.</summary>
    private static StreamPosition Subscribe(string stream, StreamPosition s, bool connected, ImmutableArray<StreamEffect>.Builder effects)
    {
        if (connected && s.Last is { } last)
            effects.Add(new StreamEffect.Subscribe(stream, last, s.SubscribeAttempt));
        return s with { Subscribed = false };
    }

    private static StreamPosition Drain(string stream, StreamPosition s, ImmutableArray<StreamEffect>.Builder effects)
    {
        (StreamPosition rest, ImmutableArray<StreamEvent> next) = s.Drain();
        if (!next.IsEmpty)
            effects.Add(new StreamEffect.Apply(stream, next));
        return rest;
    }

    private static StreamPosition AskSnapshot(string stream, StreamPosition s, ImmutableArray<StreamEffect>.Builder effects)
    {
        effects.Add(new StreamEffect.TakeSnapshot(stream, s.FetchAttempt));
        return s with { Asking = Asking.Snapshot };
    }

    /// <summary>Asks for what is missing, unless somebody is asking already.</summary>
    private StreamPosition CloseGap(string stream, StreamPosition s, ImmutableArray<StreamEffect>.Builder effects)
    {
        if (s.Last is not { } last || s.Head <= last || s.Asking != Asking.Nothing)
            return s;
        if (s.Head - last > Limits.SnapshotBehind || s.EmptyFetches >= Limits.EmptyFetches)
            return AskSnapshot(stream, s, effects);
        effects.Add(new StreamEffect.Fetch(stream, last, s.FetchAttempt));
        return s with { Asking = Asking.Fetch };
    }

    private StreamPosition Fetched(StreamInput.Fetched i, StreamPosition s, ImmutableArray<StreamEffect>.Builder effects)
    {
        if (s.Asking != Asking.Fetch)
            return s;
        long? before = s.Last;
        s = Drain(i.Stream, (s with { Asking = Asking.Nothing }).Keep(i.Events, int.MaxValue).Heard(i.Head), effects);
        bool moved = s.Last > before || s.Head <= s.Last;
        s = s with { EmptyFetches = moved ? 0 : s.EmptyFetches + 1, FetchAttempt = moved ? 0 : s.FetchAttempt + 1 };
        return CloseGap(i.Stream, s, effects);
    }

    /// <summary>Never backwards: what is known may already be newer than a snapshot asked for earlier.</summary>
    private StreamPosition Replaced(StreamInput.SnapshotTaken i, StreamPosition s, ImmutableArray<StreamEffect>.Builder effects)
    {
        if (s.Asking != Asking.Snapshot)
            return s;
        bool first = s.Last is null, moved = first || i.Seq > s.Last;
        s = s with { Asking = Asking.Nothing, EmptyFetches = 0, FetchAttempt = moved ? 0 : s.FetchAttempt + 1 };
        if (moved)
        {
            s = (s with { Last = i.Seq, Held = s.Held.RemoveRange(s.Held.Keys.TakeWhile(seq => seq <= i.Seq)) }).Heard(i.Seq);
            effects.Add(new StreamEffect.Replace(i.Stream, i.Seq));
        }
        s = Drain(i.Stream, s, effects);
        if (first)
            s = Subscribe(i.Stream, s, connected, effects);
        return CloseGap(i.Stream, s, effects);
    }

    private StreamCore Change(string stream, Func<StreamPosition, StreamPosition> change)
    {
        int at = Streams.FindIndex(s => s.Name == stream);
        return at < 0 ? this : this with { Streams = Streams.SetItem(at, (stream, change(Streams[at].Position))) };
    }
}
