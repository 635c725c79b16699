using System.Collections.Immutable;
using Dispatch.Grains.Contracts.Technicians;

namespace Dispatch.Grains.Contracts.Feeds;

/// <summary>An event as one stream numbers it.</summary>
/// <param name="Stream">Name within the tenant, see <see cref="Streams"/>.</param>
/// <param name="Seq">1, 2, 3 … in this stream, without gaps; made by the database.</param>
/// <param name="Source">The grain it came from; with <paramref name="Number"/> it names the event for good.</param>
/// <param name="Data">The event as JSON, without the view.</param>
/// <param name="ViewKind">What the event is about: <c>job</c>, <c>technician</c>, <c>point</c> or <c>zone</c>; with <paramref name="ViewId"/> it finds the present view.</param>
/// <param name="View">The state after it as JSON, where at hand; otherwise the reader takes the present one, which is at least as new.</param>
[GenerateSerializer, Immutable, Alias("dispatch.sequencedEvent")]
public sealed record SequencedEvent(
    [property: Id(0)] string Stream,
    [property: Id(1)] long Seq,
    [property: Id(2)] string Type,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] string Source,
    [property: Id(5)] long Number,
    [property: Id(6)] string Data,
    [property: Id(7)] string ViewKind,
    [property: Id(8)] string ViewId,
    [property: Id(9)] string? View);

/// <summary>
/// A host that forwards to its viewers. Best effort: what is lost here is found again by its number. One way, because a feed that waited for the answer of a dead or frozen host would hold
/// its turn until the response timeout, and everybody else would wait for their push.
/// </summary>
[Alias("dispatch.IFeedObserver")]
public interface IFeedObserver : IGrainObserver
{
    [Alias("Published"), OneWay]
    Task Published(string key, ImmutableArray<SequencedEvent> events);

    [Alias("Moved"), OneWay]
    Task Moved(string key, ImmutableArray<Position> positions);
}

/// <summary>How long a feed keeps a host it hears nothing of, in process time on both sides: clocks that run at different speeds would let living hosts expire.</summary>
public static class FeedRenewal
{
    /// <summary>How often a host renews. A feed whose silo died forgets its hosts, so this is also how long positions may stand still after that.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(20);

    /// <summary>Two renewals may be lost.</summary>
    public static TimeSpan Expiry { get; } = TimeSpan.FromSeconds(60);
}

/// <summary>
/// Fan-out of one stream to the hosts that watch it, and the newest positions of a zone. Keeps nothing durable: order and history are the database's.
/// Key: tenant/stream, for example <c>main/zone/zone_north</c>.
/// </summary>
[Alias("dispatch.IFeedGrain")]
public interface IFeedGrain : IGrainWithStringKey
{
    /// <summary>One way: a lost push is noticed by the next number or the next head, and fetched.</summary>
    [Alias("Publish"), OneWay]
    Task Publish(ImmutableArray<SequencedEvent> events);

    /// <summary>One way: the next position replaces a lost one.</summary>
    [Alias("Move"), OneWay]
    Task Move(ImmutableArray<Position> positions);

    /// <summary>The newest known positions, at most one per technician.</summary>
    [Alias("Positions")]
    Task<ImmutableArray<Position>> Positions();

    /// <summary>Watches until <see cref="Unsubscribe"/>, or until <see cref="FeedRenewal.Expiry"/> after the last renewal.</summary>
    [Alias("Subscribe")]
    Task Subscribe(IFeedObserver observer);

    [Alias("Unsubscribe")]
    Task Unsubscribe(IFeedObserver observer);
}
