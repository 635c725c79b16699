using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Grains.Contracts.Feeds;

namespace Dispatch.Grains.Contracts.Storage;

/// <summary>One event on its way into the streams it belongs to.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.feedEntry")]
public sealed record FeedEntry(
    [property: Id(0)] long Number,
    [property: Id(1)] string Type,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] string Data,
    [property: Id(4)] ImmutableArray<string> Streams);

/// <summary>
/// The present state of one thing as a row of a read model. A row with a lower version never replaces one with a higher.
/// </summary>
/// <param name="Kind"><c>job</c>, <c>technician</c>, <c>point</c> or <c>zone</c>.</param>
/// <param name="Open">Whether a planner still has to know it.</param>
/// <param name="SortAt">What lists are ordered by, newest first: the time of the request or registration.</param>
/// <param name="Doc">The state as JSON.</param>
/// <param name="Search">Lower-case words to be found by; no personal data.</param>
/// <param name="Point">The service point that has it.</param>
/// <param name="Keys">Other names that find exactly this row, such as the waybills of its parcels. They stay once given.</param>
[GenerateSerializer, Immutable, Alias("dispatch.viewRow")]
public sealed record ViewRow(
    [property: Id(0)] string Kind,
    [property: Id(1)] string Id,
    [property: Id(2)] string Zone,
    [property: Id(3)] string Status,
    [property: Id(4)] bool Open,
    [property: Id(5)] string? Technician,
    [property: Id(6)] DateTimeOffset SortAt,
    [property: Id(7)] long Version,
    [property: Id(8)] string Doc,
    [property: Id(9)] string Search,
    [property: Id(10)] string? Point = null,
    [property: Id(11)] ImmutableArray<string> Keys = default);

/// <summary>What one grain hands over from its outbox, in order.</summary>
/// <param name="Source">State name and grain key, for example <c>job:main/job_x</c>.</param>
[GenerateSerializer, Immutable, Alias("dispatch.feedAppend")]
public sealed record FeedAppend(
    [property: Id(0)] TenantId Tenant,
    [property: Id(1)] string Source,
    [property: Id(2)] ImmutableArray<FeedEntry> Entries,
    [property: Id(3)] ViewRow View);

/// <summary>A stream and the number of its newest event; 0 for an empty one.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.streamHead")]
public readonly record struct StreamHead([property: Id(0)] string Stream, [property: Id(1)] long Seq);

/// <summary>
/// The ordered history of every stream and the read models built from it, in the database. Numbers of a stream, the events and the view change in one
/// transaction. Safe to call from many hosts at once.
/// </summary>
public interface IFeedStore
{
    /// <summary>
    /// Appends each entry once to each of its streams (unique by source and number: a repetition appends nothing and returns the numbers of the first time) and
    /// puts the view in place if it is newer. Durable at the reply. Returns one event per entry and stream, ordered by entry, then stream as given.
    /// </summary>
    Task<ImmutableArray<SequencedEvent>> Append(FeedAppend append, CancellationToken cancellation = default);

    /// <summary>Events of a stream with a number above <paramref name="after"/>, ascending, at most <paramref name="limit"/>; views not filled in.</summary>
    Task<ImmutableArray<SequencedEvent>> Read(TenantId tenant, string stream, long after, int limit, CancellationToken cancellation = default);

    /// <summary>The newest number of each of these streams, in the order given; 0 where there is none.</summary>
    Task<ImmutableArray<StreamHead>> Heads(TenantId tenant, ImmutableArray<string> streams, CancellationToken cancellation = default);

    /// <summary>All open rows of a kind in a zone, ordered by id; a planner's start. An empty zone means every zone of the tenant.</summary>
    Task<ImmutableArray<ViewRow>> LoadOpen(TenantId tenant, string kind, string zone, CancellationToken cancellation = default);
}

/// <summary>A grain whose stored record asks to be woken.</summary>
/// <param name="StateName">The state's name, which says the kind of grain: <c>job</c>, <c>technician</c>.</param>
[GenerateSerializer, Immutable, Alias("dispatch.dueGrain")]
public readonly record struct DueGrain([property: Id(0)] string StateName, [property: Id(1)] string Key);

/// <summary>One moment on both clocks.</summary>
/// <param name="Business">What due times of states are compared with.</param>
/// <param name="Process">What the grace of an outbox is compared with.</param>
[GenerateSerializer, Immutable, Alias("dispatch.moment")]
public readonly record struct Moment([property: Id(0)] DateTimeOffset Business, [property: Id(1)] DateTimeOffset Process);

/// <summary>Finds grains with something due from what is durable, because timers are lost with their activation.</summary>
public interface IDueStore
{
    /// <summary>Records whose <c>dueAt</c> or <c>drainAt</c> is not after <paramref name="now"/>, each once: at most <paramref name="limit"/> of either kind, longest due first.</summary>
    Task<ImmutableArray<DueGrain>> Due(Moment now, int limit, CancellationToken cancellation = default);

    /// <summary>The same of one kind only, or of every kind <paramref name="but"/> that one, so that many of one kind do not keep the others from their turn.</summary>
    Task<ImmutableArray<DueGrain>> Due(Moment now, int limit, string stateName, bool but, CancellationToken cancellation = default);
}
