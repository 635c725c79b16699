using System.Net.WebSockets;

namespace Dispatch.Sim.Client.Hub;

/// <summary>An open two-way byte pipe. One reader and one writer at a time.</summary>
public interface IHubTransport : IAsyncDisposable
{
    ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>Some bytes, or 0 when the other side has ended the connection. Throws when it broke.</summary>
    ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellation);

    /// <summary>Says goodbye; harmless on a broken pipe.</summary>
    Task CloseAsync(CancellationToken cancellation);
}

/// <summary>Opens a pipe to wherever the server is now.</summary>
public delegate Task<IHubTransport> HubDial(CancellationToken cancellation);

/// <summary>The pipe over a WebSocket. The hub accepts one directly, without negotiation, so there is no second request to go to another server.</summary>
public sealed class WebSocketTransport : IHubTransport
{
    private readonly ClientWebSocket socket;

    private WebSocketTransport(ClientWebSocket socket) => this.socket = socket;

    /// <param name="server">Base address, <c>http</c> or <c>https</c>.</param>
    /// <param name="token">Asked at every attempt, so that a renewed sign-in is used; null for an anonymous connection.</param>
    public static HubDial To(Uri server, string path, Func<CancellationToken, Task<string?>> token) => async cancellation =>
    {
        string? bearer = await token(cancellation);
        UriBuilder address = new(new Uri(server, path))
        {
            Scheme = server.Scheme == Uri.UriSchemeHttps ? "wss" : "ws",
            Query = bearer is null ? "" : "access_token=" + Uri.EscapeDataString(bearer),
        };
        ClientWebSocket socket = new();
        try
        {
            socket.Options.KeepAliveInterval = TimeSpan.Zero; // the hub protocol has pings of its own
            await socket.ConnectAsync(address.Uri, cancellation);
            return new WebSocketTransport(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    };

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
        socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, cancellation);

    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        while (true)
        {
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer, cancellation);
            if (part.MessageType == WebSocketMessageType.Close)
                return 0;
            if (part.Count > 0)
                return part.Count;
        }
    }

    public async Task CloseAsync(CancellationToken cancellation)
    {
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellation);
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
