using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatch.Sim.Client.Hub;

namespace Dispatch.SystemTests.Api.Support;

/// <summary>A connection to the hub that keeps everything it is sent.</summary>
public sealed class Listener : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<(string Target, JsonNode?[] Arguments)> _heard = [];
    private HubConnection _hub = null!;

    public static async Task<Listener> Connect(DispatchServer server, string? token)
    {
        Listener listener = new();
        HubDial dial = WebSocketTransport.To(server.Address, "/hub", _ => Task.FromResult(token));
        listener._hub = await HubConnection.Open(dial, new HubOptions(), TimeProvider.System, listener.Hear, TestContext.Current.CancellationToken);
        listener._hub.Start();
        return listener;
    }

    public async Task<JsonNode?> Invoke(string method, params object?[] arguments)
    {
        JsonElement? answer = await _hub.Invoke(method, TestContext.Current.CancellationToken, arguments);
        return answer is { } element ? JsonNode.Parse(element.GetRawText()) : null;
    }

    /// <summary>The head that <c>Subscribe</c> answers.</summary>
    public async Task<long> Subscribe(string stream, long after = 0) => (await Invoke("Subscribe", stream, after))!["head"]!.GetValue<long>();

    /// <summary>Every event of the stream so far, in the order of arrival.</summary>
    public IReadOnlyList<JsonNode> Events(string stream) => [.. Of("events", stream).SelectMany(a => a[1]!.AsArray()).Select(e => e!)];

    public IReadOnlyList<JsonNode> Positions(string topic) => [.. Of("positions", topic).SelectMany(a => a[1]!.AsArray()).Select(p => p!)];

    public IReadOnlyList<long> Heads(string stream) => [.. Of("head", stream).Select(a => a[1]!.GetValue<long>())];

    /// <summary>Codes with which the stream was ended, if it was.</summary>
    public IReadOnlyList<string> Ends(string stream) => [.. Of("ended", stream).Select(a => a[1]!.GetValue<string>())];

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private List<JsonNode?[]> Of(string target, string topic)
    {
        lock (_gate)
            return [.. _heard.Where(h => h.Target == target && h.Arguments[0]!.GetValue<string>() == topic).Select(h => h.Arguments)];
    }

    private void Hear(string target, IReadOnlyList<JsonElement> arguments)
    {
        lock (_gate)
            _heard.Add((target, [.. arguments.Select(a => JsonNode.Parse(a.GetRawText()))]));
    }
}
