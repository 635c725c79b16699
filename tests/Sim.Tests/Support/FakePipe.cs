using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using Dispatch.Sim.Client.Hub;

namespace Sim.Tests.Support;

/// <summary>The server's end of a pipe, played by a test: it says bytes in whatever pieces it likes and sees what was sent.</summary>
public sealed class FakePipe : IHubTransport
{
    public const string Agreed = "{}\u001e";

    private readonly Channel<byte[]> incoming = Channel.CreateUnbounded<byte[]>();
    private readonly ConcurrentQueue<string> sent = new();

    public IReadOnlyCollection<string> Sent => sent;

    public bool Disposed { get; private set; }

    public static HubDial Dial(FakePipe pipe) => _ => Task.FromResult<IHubTransport>(pipe);

    /// <summary>One transport frame.</summary>
    public FakePipe Say(string frame)
    {
        incoming.Writer.TryWrite(Encoding.UTF8.GetBytes(frame));
        return this;
    }

    public void End() => incoming.Writer.TryComplete();

    public void Break(string why) => incoming.Writer.TryComplete(new IOException(why));

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        sent.Enqueue(Encoding.UTF8.GetString(bytes.Span));
        return ValueTask.CompletedTask;
    }

    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        if (!await incoming.Reader.WaitToReadAsync(cancellation) || !incoming.Reader.TryRead(out byte[]? frame))
            return 0;
        frame.CopyTo(buffer);
        return frame.Length;
    }

    public Task CloseAsync(CancellationToken cancellation) => Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }
}
