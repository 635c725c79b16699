using System.Text.Json;

namespace Dispatch.Sim.Chaos.Journals;

/// <summary>What was answered to a command, and when it was heard.</summary>
/// <param name="At">On the client's own clock, in its ticks.</param>
public sealed record Answer(int Status, string Body, long At)
{
    public bool IsAcknowledged => Status is >= 200 and < 300;
}

/// <summary>A command as a client sent it, once or again and again under the same key until it was answered.</summary>
/// <param name="InvokedAt">When it was first sent, on the client's own clock.</param>
/// <param name="Answer">The first decision that came back; null where none did, and nobody knows.</param>
/// <param name="Others">Decisions that came back to repetitions and were not the first one again.</param>
public sealed record SentCommand(string User, string Key, string Path, string Body, long InvokedAt, Answer? Answer, IReadOnlyList<Answer> Others);

/// <summary>Somebody looked at a job and saw this version.</summary>
public readonly record struct SeenVersion(string Job, long InvokedAt, long At, long Version);

/// <summary>One event as a watcher applied it, or a snapshot that took the place of everything up to its number.</summary>
/// <param name="Digest">Of all of its content that never changes; null for a snapshot.</param>
public readonly record struct Applied(string Stream, long Seq, ulong? Digest);

/// <summary>Everything one watcher applied, in its order.</summary>
/// <param name="Redacted">It watched by a tracking token, which is shown less.</param>
/// <param name="Ended">It stopped watching before the end.</param>
public sealed record WatcherLog(string Watcher, bool Redacted, bool Ended, IReadOnlyList<Applied> Applied)
{
    /// <summary>When what happened while it watched was applied.</summary>
    public IReadOnlyList<Arrival> Arrivals { get; init; } = [];

    /// <summary>When it knew that it was not current.</summary>
    public IReadOnlyList<Interruption> Interruptions { get; init; } = [];
}

/// <summary>An event of a stream: when it was decided, by the server, and when a watcher applied it, by the same machine's clock.</summary>
public readonly record struct Arrival(DateTimeOffset Happened, DateTimeOffset Applied);

/// <summary>A watcher had no connection, no subscription, or an open gap.</summary>
public readonly record struct Interruption(DateTimeOffset From, DateTimeOffset Until);

/// <summary>One event of a stream as it was read at the end.</summary>
public sealed record HistoryEvent(long Seq, string Type, DateTimeOffset At, string Source, long Number, JsonElement Data)
{
    /// <summary>The thing whose event it is: <c>job</c>, <c>technician</c>, <c>point</c> or <c>zone</c>.</summary>
    public string Kind => Source[..Source.IndexOf(':')];

    /// <summary>Its id.</summary>
    public string Id => Source[(Source.IndexOf('/') + 1)..];

    public string? Text(string name) => Data.TryGetProperty(name, out JsonElement v) && v.ValueKind == JsonValueKind.String ? v.GetString() : null;

    public long? Integer(string name) => Data.TryGetProperty(name, out JsonElement v) && v.ValueKind == JsonValueKind.Number ? v.GetInt64() : null;

    public DateTimeOffset? Time(string name) => Data.TryGetProperty(name, out JsonElement v) && v.ValueKind == JsonValueKind.String && v.TryGetDateTimeOffset(out DateTimeOffset at) ? at : null;

    /// <summary>Technicians named in a list of ids or of candidates.</summary>
    public IEnumerable<string> Ids(string name) => Data.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
        ? list.EnumerateArray().Select(x => x.ValueKind == JsonValueKind.Object ? x.GetProperty("technicianId").GetString()! : x.GetString()!)
        : [];
}

/// <summary>What came back when a command was sent once more at the very end.</summary>
public sealed record Repetition(SentCommand Command, int Status, string Body);

/// <summary>Everything the clients know at the end; all that a verdict may rest on.</summary>
/// <param name="Histories">Every stream that was read at the end, with tracking tokens under <c>track:</c> and the stream's name.</param>
/// <param name="HeadsMoved">Streams that grew while commands that had been answered were repeated.</param>
public sealed record Evidence(
    IReadOnlyList<SentCommand> Commands,
    IReadOnlyList<SeenVersion> Seen,
    IReadOnlyList<WatcherLog> Watchers,
    IReadOnlyDictionary<string, IReadOnlyList<HistoryEvent>> Histories,
    IReadOnlyList<Repetition> Repetitions,
    IReadOnlyList<string> HeadsMoved,
    IReadOnlyList<string> ServerErrors,
    bool AtRest);
