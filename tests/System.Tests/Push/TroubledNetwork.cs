using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Dispatch.SystemTests.Push;

/// <summary>
/// A network between clients and one server that can swallow everything without closing anything, as a phone's does in a lift, or be slow. What is swallowed arrives when it ends, because
/// both ends of a real connection would send it again.
/// </summary>
internal sealed class TroubledNetwork : IAsyncDisposable
{
    private const int Chunk = 1_024;

    /// <summary>Chunks of one connection that wait in the network, at most: what routers of slow links keep.</summary>
    private const int MostWaiting = 32;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentBag<Task> running = [];
    private readonly Uri server;
    private readonly Direction up, down;
    private volatile TaskCompletionSource open = Opened();

    /// <param name="oneWay">How long a byte is on its way.</param>
    /// <param name="bytesPerSecond">In each direction, shared by all connections; 0 for no limit.</param>
    public TroubledNetwork(Uri server, TimeSpan oneWay = default, int bytesPerSecond = 0)
    {
        this.server = server;
        (up, down) = (new Direction(oneWay, bytesPerSecond), new Direction(oneWay, bytesPerSecond));
        listener.Start();
        running.Add(Accept());
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>From now on nothing arrives, in either direction, and no connection is made or ended.</summary>
    public void Swallow() => open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Recover() => open.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await Task.WhenAll(running);
        stopping.Dispose();
    }

    private static TaskCompletionSource Opened()
    {
        TaskCompletionSource source = new();
        source.SetResult();
        return source;
    }

    private async Task Accept()
    {
        try
        {
            while (true)
                running.Add(Carry(await listener.AcceptTcpClientAsync(stopping.Token)));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            Assert.True(stopping.IsCancellationRequested, end.Message);
        }
    }

    private async Task Carry(TcpClient client)
    {
        using TcpClient near = client, far = new();
        try
        {
            await open.Task.WaitAsync(stopping.Token);
            await far.ConnectAsync(server.Host, server.Port, stopping.Token);
            near.NoDelay = far.NoDelay = true;
            await Task.WhenAny(Carry(near.GetStream(), far.GetStream(), up), Carry(far.GetStream(), near.GetStream(), down));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or IOException)
        {
            // One end is gone, or the test is over; the other end hears of it by the socket that is closed here.
            Debug.WriteLine(end.Message);
        }
    }

    private async Task Carry(NetworkStream from, NetworkStream to, Direction direction)
    {
        BlockingQueue waiting = new(MostWaiting);
        Task writing = Write(waiting, to);
        byte[] buffer = new byte[Chunk];
        while (await from.ReadAsync(buffer, stopping.Token) is > 0 and int count)
            await waiting.Put((direction.DueAfter(count), buffer[..count]), stopping.Token);
        waiting.Complete();
        await writing;
    }

    private async Task Write(BlockingQueue waiting, NetworkStream to)
    {
        using PeriodicTimer clock = new(TimeSpan.FromMilliseconds(2));
        while (await waiting.Take(stopping.Token) is var (due, bytes))
        {
            while (Stopwatch.GetTimestamp() < due)
                await clock.WaitForNextTickAsync(stopping.Token);
            await open.Task.WaitAsync(stopping.Token);
            await to.WriteAsync(bytes, stopping.Token);
        }
    }

    /// <summary>When what is sent now arrives: after all that was sent before it, at the rate of the link.</summary>
    private sealed class Direction(TimeSpan oneWay, int bytesPerSecond)
    {
        private readonly Lock gate = new();
        private long free;

        public long DueAfter(int bytes)
        {
            lock (gate)
            {
                free = Math.Max(free, Stopwatch.GetTimestamp()) + (bytesPerSecond == 0 ? 0 : bytes * Stopwatch.Frequency / bytesPerSecond);
                return free + (long)(oneWay.TotalSeconds * Stopwatch.Frequency);
            }
        }
    }

    private sealed class BlockingQueue(int most)
    {
        private readonly System.Threading.Channels.Channel<(long Due, byte[] Bytes)> channel = System.Threading.Channels.Channel.CreateBounded<(long, byte[])>(most);

        public ValueTask Put((long, byte[]) one, CancellationToken cancellation) => channel.Writer.WriteAsync(one, cancellation);

        public void Complete() => channel.Writer.Complete();

        /// <summary>Null at the end.</summary>
        public async ValueTask<(long Due, byte[] Bytes)?> Take(CancellationToken cancellation) =>
            await channel.Reader.WaitToReadAsync(cancellation) && channel.Reader.TryRead(out (long, byte[]) one) ? one : null;
    }
}
