using System.Collections.Concurrent;
using System.Text.Json;

namespace Dispatch.Sim.Client.Hub;

/// <summary>
/// One SignalR connection, from handshake to end; it does not come back (see <see cref="ReconnectingHub"/>). Handlers run one after another in the order of
/// arrival, on the reading loop: they must not wait for calls of the same connection.
/// </summary>
public sealed class HubConnection : IAsyncDisposable
{
    private readonly IHubTransport transport;
    private readonly HubOptions options;
    private readonly TimeProvider time;
    private readonly Action<string, IReadOnlyList<JsonElement>> onInvocation;
    private readonly ConcurrentDictionary<string, PendingCall> calls = new();
    private readonly SemaphoreSlim sending = new(1);
    private readonly CancellationTokenSource life = new();
    private readonly RecordSplitter splitter = new();
    private readonly Queue<byte[]> unread = new();
    private ITimer? silence;
    private ITimer? pings;
    private Task reading = Task.CompletedTask;
    private string? deathReason;
    private long lastCall;

    private HubConnection(IHubTransport transport, HubOptions options, TimeProvider time, Action<string, IReadOnlyList<JsonElement>> onInvocation)
    {
        this.transport = transport;
        this.options = options;
        this.time = time;
        this.onInvocation = onInvocation;
    }

    /// <summary>Ends, without throwing, with the reason why the connection ended.</summary>
    public Task<string> Ended { get; private set; } = Task.FromResult("not started");

    /// <summary>Whether the server's goodbye allowed coming back; true where it said nothing.</summary>
    public bool MayReconnect { get; private set; } = true;

    /// <summary>Opens a pipe and shakes hands. Nothing is read after that until <see cref="Start"/>.</summary>
    /// <param name="onInvocation">Called for every call of the server: target and arguments.</param>
    /// <exception cref="HubProtocolException">The server refused the protocol or answered with something else.</exception>
    /// <exception cref="TimeoutException">No agreement within <see cref="HubOptions.HandshakeTimeout"/>.</exception>
    public static async Task<HubConnection> Open(
        HubDial dial, HubOptions options, TimeProvider time, Action<string, IReadOnlyList<JsonElement>> onInvocation, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = new(options.HandshakeTimeout, time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        IHubTransport? transport = null;
        try
        {
            transport = await dial(both.Token);
            HubConnection connection = new(transport, options, time, onInvocation);
            await connection.Handshake(both.Token);
            return connection;
        }
        catch (Exception e)
        {
            if (transport is not null)
                await transport.DisposeAsync();
            if (e is OperationCanceledException && limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
                throw new TimeoutException($"No handshake within {options.HandshakeTimeout}.", e);
            throw;
        }
    }

    /// <summary>Begins to read, to ping and to watch for silence. Once per connection.</summary>
    public void Start()
    {
        silence = time.CreateTimer(_ => Die($"nothing heard for {options.ServerTimeout}"), null, options.ServerTimeout, Timeout.InfiniteTimeSpan);
        pings = time.CreateTimer(_ => _ = Ping(), null, options.KeepAlive, options.KeepAlive);
        reading = Read();
        Ended = End();
    }

    /// <summary>Calls a hub method and waits for its answer; null where it has none.</summary>
    /// <exception cref="HubInvocationException">The method failed.</exception>
    /// <exception cref="HubClosedException">The connection ended first; the method may or may not have run.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="HubOptions.InvokeTimeout"/>.</exception>
    public async Task<JsonElement?> Invoke(string target, CancellationToken cancellation, params object?[] arguments)
    {
        string id = Interlocked.Increment(ref lastCall).ToString(System.Globalization.CultureInfo.InvariantCulture);
        TaskCompletionSource<JsonElement?> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        calls[id] = new PendingCall(target, answer);
        try
        {
            if (life.IsCancellationRequested)
                throw new HubClosedException(deathReason ?? "closed");
            await Send(JsonHubProtocol.Call(id, target, arguments), cancellation);
            return await answer.Task.WaitAsync(options.InvokeTimeout, time, cancellation);
        }
        finally
        {
            calls.TryRemove(id, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Goodbye();
        Die("closed by us");
        await Ended;
    }

    private async Task Handshake(CancellationToken cancellation)
    {
        await transport.SendAsync(JsonHubProtocol.HandshakeRequest(), cancellation);
        byte[] buffer = new byte[4096];
        while (unread.Count == 0)
        {
            int count = await transport.ReceiveAsync(buffer, cancellation);
            if (count == 0)
                throw new HubProtocolException("The connection ended during the handshake.");
            foreach (byte[] record in splitter.Push(buffer.AsSpan(0, count)))
                unread.Enqueue(record);
        }
        if (JsonHubProtocol.HandshakeError(unread.Dequeue()) is { } error)
            throw new HubProtocolException("Handshake refused: " + error);
    }

    private async Task<string> End()
    {
        await reading;
        silence?.Dispose();
        pings?.Dispose();
        string reason = deathReason ?? "closed";
        foreach (PendingCall call in calls.Values)
            call.Answer.TrySetException(new HubClosedException(reason));
        await transport.DisposeAsync();
        return reason;
    }

    private async Task Read()
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            while (unread.TryDequeue(out byte[]? early))
                Handle(JsonHubProtocol.Read(early));
            while (!life.IsCancellationRequested)
            {
                int count = await transport.ReceiveAsync(buffer, life.Token);
                if (count == 0)
                {
                    Die("ended by the server");
                    return;
                }
                silence?.Change(options.ServerTimeout, Timeout.InfiniteTimeSpan);
                foreach (byte[] record in splitter.Push(buffer.AsSpan(0, count)))
                    Handle(JsonHubProtocol.Read(record));
            }
        }
        catch (Exception e)
        {
            Die(e is OperationCanceledException ? "closed" : e.Message); // whatever broke the loop, the connection is over and its end carries the reason
        }
    }

    private void Handle(HubMessage message)
    {
        switch (message)
        {
            case InvocationMessage call:
                onInvocation(call.Target, call.Arguments);
                break;
            case CompletionMessage done when calls.TryGetValue(done.InvocationId, out PendingCall? pending):
                if (done.Error is { } error)
                    pending.Answer.TrySetException(new HubInvocationException(pending.Target, error));
                else
                    pending.Answer.TrySetResult(done.Result);
                break;
            case CloseMessage close:
                MayReconnect = close.AllowReconnect || close.Error is null;
                Die(close.Error is { } why ? "closed by the server: " + why : "closed by the server");
                break;
        }
    }

    private async Task Ping()
    {
        try
        {
            await Send(JsonHubProtocol.PingRecord(), life.Token);
        }
        catch (HubClosedException)
        {
            // Send has ended the connection with the reason; there is nothing to add
        }
    }

    private async Task Send(byte[] record, CancellationToken cancellation)
    {
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(life.Token, cancellation);
        try
        {
            await sending.WaitAsync(both.Token);
            try
            {
                // not the caller's token: a send cut short would leave half a frame and kill the connection for everybody
                await transport.SendAsync(record, life.Token);
            }
            finally
            {
                sending.Release();
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || life.IsCancellationRequested)
        {
            Die(e.Message);
            throw new HubClosedException(deathReason ?? e.Message, e);
        }
    }

    private async Task Goodbye()
    {
        if (life.IsCancellationRequested)
            return;
        using CancellationTokenSource limit = new(options.CloseTimeout, time);
        try
        {
            await Send(JsonHubProtocol.CloseRecord(), limit.Token);
            await transport.CloseAsync(limit.Token);
        }
        catch (Exception e) when (e is HubClosedException or OperationCanceledException or System.Net.WebSockets.WebSocketException or ObjectDisposedException)
        {
            // the other side went first, and the reading loop may even have put the pipe away already
        }
    }

    private void Die(string reason)
    {
        Interlocked.CompareExchange(ref deathReason, reason, null);
        _ = life.CancelAsync(); // its callbacks run elsewhere, so that a timer or handler never finds itself inside the end of its own connection
    }

    private sealed record PendingCall(string Target, TaskCompletionSource<JsonElement?> Answer);
}
