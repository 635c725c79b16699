using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatch.Sim.Client.Streams;
using Sim.Tests.Support;

namespace Sim.Tests.Client;

/// <summary>The vectors that every implementation of the stream rules is tested with; they lie with the web front end.</summary>
public sealed class StreamVectorTests
{
    private static readonly string VectorFile = Path.Combine(Repository.Root, "web", "shared", "stream", "vectors.json");

    public static TheoryData<string> Scenarios => [.. Vectors()["scenarios"]!.AsArray().Select(s => (string)s!["name"]!)];

    [Theory, MemberData(nameof(Scenarios))]
    public void Vector_HasItsEffects(string name)
    {
        JsonObject vectors = Vectors();
        StreamCore core = new(LimitsOf(vectors["limits"]!));
        long now = 0;
        int number = 0;
        foreach (JsonNode? step in vectors["scenarios"]!.AsArray().Single(s => (string)s!["name"]! == name)!["steps"]!.AsArray())
        {
            number++;
            JsonNode given = step!["in"]!;
            now = (long?)given["at"] ?? now;
            (core, var effects) = core.Handle(InputOf(given), now);
            JsonArray got = [.. effects.Select(e => (JsonNode?)VectorOf(e))];
            Assert.True(JsonNode.DeepEquals(step["out"], got), $"step {number} ({given.ToJsonString()})\nexpected {step["out"]!.ToJsonString()}\ngot      {got.ToJsonString()}");
            foreach ((string stream, JsonNode? last) in step["last"]?.AsObject() ?? [])
                Assert.Equal((long?)last, core.Last(stream));
        }
    }

    private static StreamLimits LimitsOf(JsonNode l) => new((long)l["snapshotBehind"]!, (int)l["held"]!, (long)l["offlineAfter"]!, (int)l["emptyFetches"]!);

    private static StreamInput InputOf(JsonNode i)
    {
        string stream = (string?)i["stream"] ?? "";
        List<StreamEvent> events = [.. (i["events"]?.AsArray() ?? []).Select(seq => Events.Of((long)seq!))];
        return (string)i["type"]! switch
        {
            "follow" => new StreamInput.Follow(stream, (long?)i["after"]),
            "unfollow" => new StreamInput.Unfollow(stream),
            "connected" => new StreamInput.Connected(),
            "disconnected" => new StreamInput.Disconnected(),
            "tick" => new StreamInput.Tick(),
            "subscribed" => new StreamInput.Subscribed(stream, (long)i["head"]!),
            "subscribeFailed" => new StreamInput.SubscribeFailed(stream),
            "events" => new StreamInput.Pushed(stream, events),
            "head" => new StreamInput.Headed(stream, (long)i["seq"]!),
            "fetched" => new StreamInput.Fetched(stream, events, (long)i["head"]!),
            "fetchFailed" => new StreamInput.FetchFailed(stream),
            "snapshotTaken" => new StreamInput.SnapshotTaken(stream, (long)i["seq"]!),
            "snapshotFailed" => new StreamInput.SnapshotFailed(stream),
            string other => throw new JsonException($"Vectors have an input '{other}' that this client does not know."),
        };
    }

    private static JsonObject VectorOf(StreamEffect effect) => effect switch
    {
        StreamEffect.Subscribe e => new() { ["type"] = "subscribe", ["stream"] = e.Stream, ["after"] = e.After, ["attempt"] = e.Attempt },
        StreamEffect.Unsubscribe e => new() { ["type"] = "unsubscribe", ["stream"] = e.Stream },
        StreamEffect.Fetch e => new() { ["type"] = "fetch", ["stream"] = e.Stream, ["after"] = e.After, ["attempt"] = e.Attempt },
        StreamEffect.TakeSnapshot e => new() { ["type"] = "snapshot", ["stream"] = e.Stream, ["attempt"] = e.Attempt },
        StreamEffect.Apply e => new() { ["type"] = "apply", ["stream"] = e.Stream, ["events"] = new JsonArray([.. e.Events.Select(x => JsonValue.Create(x.Seq))]) },
        StreamEffect.Replace e => new() { ["type"] = "replace", ["stream"] = e.Stream, ["seq"] = e.Seq },
        StreamEffect.Show e => new() { ["type"] = "show", ["state"] = JsonNamingPolicy.CamelCase.ConvertName(e.State.ToString()), ["since"] = e.SinceMs },
        _ => throw new InvalidOperationException(effect.ToString()),
    };

    private static JsonObject Vectors() => JsonNode.Parse(File.ReadAllText(VectorFile))!.AsObject();
}

internal static class Events
{
    private static readonly JsonElement Empty = JsonDocument.Parse("{}").RootElement;

    public static StreamEvent Of(long seq, string type = "x") => new(seq, type, DateTimeOffset.UnixEpoch, "test", seq, Empty);
}
