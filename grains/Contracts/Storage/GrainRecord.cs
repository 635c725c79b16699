using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatch.Grains.Contracts.Storage;

/// <summary>One operation from outside with the answer it got.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.recordedOperation`1")]
public sealed record RecordedOperation<TReply>(
    [property: Id(0)] string Id,
    [property: Id(1)] string Digest,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] TReply Reply);

/// <summary>A fact that has been decided and not yet been told to everybody.</summary>
/// <param name="Messages">What to tell which grain, in order, after the feeds have it.</param>
[GenerateSerializer, Immutable, Alias("dispatch.outboxEntry`1")]
public sealed record OutboxEntry<TMessage>(
    [property: Id(0)] FeedEntry Event,
    [property: Id(1)] ImmutableArray<TMessage> Messages);

/// <summary>
/// Everything one grain stores, in one write per command: the state, the number of its newest event, recent operations with their
/// answers and the outbox. Mutable only because Orleans' storage replaces it in place; its parts are immutable.
/// </summary>
[GenerateSerializer, Alias("dispatch.grainRecord`3")]
public sealed class GrainRecord<TState, TReply, TMessage>
{
    /// <summary>Version of this shape. Readers accept every lower one.</summary>
    [Id(0)] public int Schema { get; set; } = 1;

    /// <summary>Null until the first command.</summary>
    [Id(1)] public TState? State { get; set; }

    /// <summary>How many events the state is made of; the number of the newest.</summary>
    [Id(2)] public long Version { get; set; }

    /// <summary>Oldest first; at least 7 days or the last 256, whichever is more.</summary>
    [Id(3)] public ImmutableArray<RecordedOperation<TReply>> Operations { get; set; } = [];

    /// <summary>Ascending by number.</summary>
    [Id(4)] public ImmutableArray<OutboxEntry<TMessage>> Outbox { get; set; } = [];

    /// <summary>When the sweep calls <c>Wake</c> for the state's sake: business time, milliseconds since 1970 UTC; null if nothing is due. A column is computed from it.</summary>
    [Id(5)] public long? DueAt { get; set; }

    /// <summary>When the sweep calls <c>Wake</c> because the outbox may be left behind: process time, milliseconds since 1970 UTC; null if it is empty. A column too.</summary>
    [Id(7)] public long? DrainAt { get; set; }

    /// <summary>Fields a newer version wrote; kept as they are.</summary>
    [JsonExtensionData, Id(6)] public Dictionary<string, JsonElement>? Unknown { get; set; }
}
