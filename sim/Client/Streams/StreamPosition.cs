using System.Collections.Immutable;

namespace Dispatch.Sim.Client.Streams;

/// <summary>The one request about a stream that may be under way.</summary>
public enum Asking { Nothing, Fetch, Snapshot }

/// <summary>What is known of one stream.</summary>
/// <param name="Last">Everything up to this number has been applied; null before the first snapshot.</param>
/// <param name="Head">The highest number heard of.</param>
public sealed record StreamPosition(long? Last, long Head)
{
    public bool Subscribed { get; init; }

    public Asking Asking { get; init; }

    public int SubscribeAttempt { get; init; }

    public int FetchAttempt { get; init; }

    public int EmptyFetches { get; init; }

    /// <summary>Events beyond a gap, kept so that closing it takes one fetch however busy the stream is.</summary>
    public ImmutableSortedDictionary<long, StreamEvent> Held { get; init; } = ImmutableSortedDictionary<long, StreamEvent>.Empty;

    public bool IsCurrent => Subscribed && Last >= Head;

    public StreamPosition Heard(long seq) => seq > Head ? this with { Head = seq } : this;

    /// <summary>Keeps what is new, up to the limit; the very next one always, because it is what lets the rest go.</summary>
    public StreamPosition Keep(IEnumerable<StreamEvent> events, int limit)
    {
        StreamPosition s = this;
        foreach (StreamEvent e in events)
        {
            s = s.Heard(e.Seq);
            bool isNew = s.Last is not { } last || e.Seq > last;
            if (isNew && (s.Held.Count < limit || e.Seq == s.Last + 1))
                s = s with { Held = s.Held.SetItem(e.Seq, e) };
        }
        return s;
    }

    /// <summary>Takes out what follows <see cref="Last"/> without a hole.</summary>
    public (StreamPosition Left, ImmutableArray<StreamEvent> Next) Drain()
    {
        StreamPosition s = this;
        ImmutableArray<StreamEvent>.Builder next = ImmutableArray.CreateBuilder<StreamEvent>();
        while (s.Last is { } last && s.Held.TryGetValue(last + 1, out StreamEvent? e))
        {
            next.Add(e);
            s = s with { Last = e.Seq, Held = s.Held.Remove(e.Seq) };
        }
        return (s, next.DrainToImmutable());
    }
}
