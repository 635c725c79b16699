using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Dispatch.Sim.Push;

/// <summary>
/// The one address that clients know, in front of whichever server there is now: passes bytes on and cuts connections when told to. Where no server listens, a connection ends as soon
/// as it is made.
/// </summary>
public sealed class Front : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> clients = new();
    private readonly CancellationTokenSource life = new();
    private readonly Task accepting;
    private volatile int target;

    public Front(int target)
    {
        this.target = target;
        listener.Start(1024);
        accepting = Accept();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    /// <summary>Connections that stand now.</summary>
    public int Open => clients.Count;

    /// <summary>New connections go there from now on.</summary>
    public void MoveTo(int port) => target = port;

    /// <summary>Ends connections without a word, each with this chance. Returns how many.</summary>
    public int Cut(Random chance, double share)
    {
        Socket[] chosen = [.. clients.Keys.Where(_ => chance.NextDouble() < share)];
        foreach (Socket client in chosen)
            Reset(client);
        return chosen.Length;
    }

    public async ValueTask DisposeAsync()
    {
        await life.CancelAsync();
        listener.Stop();
        await accepting;
        foreach (Socket client in clients.Keys)
            Reset(client);
        life.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
                _ = Serve(await listener.AcceptSocketAsync(life.Token));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It was told to end.
        }
    }

    private async Task Serve(Socket client)
    {
        using Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        clients[client] = true;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, target, life.Token);
            await Task.WhenAny(Pass(client, server), Pass(server, client));
        }
        catch (Exception broken) when (broken is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One of the two is gone, and so the other is to go.
        }
        clients.TryRemove(client, out _);
        Reset(client);
    }

    private static async Task Pass(Socket from, Socket to)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer)) > 0)
                for (int sent = 0; sent < count;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException)
        {
            // The end of one is the end of both.
        }
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It has ended already.
        }
        socket.Dispose();
    }
}
