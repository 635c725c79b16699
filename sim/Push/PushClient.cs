using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Hub;
using Dispatch.Sim.Client.Streams;

namespace Dispatch.Sim.Push;

/// <summary>One follower of one stream that keeps a journal of what it applied; from the beginning, or from a snapshot.</summary>
public sealed class PushClient : IStreamListener, IAsyncDisposable
{
    private static readonly HubOptions Options = new() { HandshakeTimeout = TimeSpan.FromSeconds(5), InvokeTimeout = TimeSpan.FromSeconds(5), CloseTimeout = TimeSpan.FromSeconds(1) };

    private readonly StreamClient client;
    private int connections;

    public PushClient(Uri server, ApiClient api, string stream, bool fromSnapshot, Random chance)
    {
        (Stream, FromSnapshot) = (stream, fromSnapshot);
        HubDial dial = WebSocketTransport.To(server, "/hub", api.Token);
        client = new StreamClient(
            async cancellation =>
            {
                IHubTransport transport = await dial(cancellation);
                Interlocked.Increment(ref connections);
                return transport;
            },
            api, this, Options, new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2)), StreamLimits.Standard, TimeProvider.System, chance);
        client.Follow(stream, fromSnapshot ? null : 0);
    }

    public string Stream { get; }

    public bool FromSnapshot { get; }

    public PushJournal Journal { get; } = new();

    /// <summary>What the client says of itself; the verdict does not come from it.</summary>
    public LinkState State { get; private set; } = LinkState.Reconnecting;

    public int Connections => Volatile.Read(ref connections);

    public void Applied(string stream, StreamEvent happened) => Journal.Applied(happened.Seq, happened.Source, happened.Number);

    public void Restored(StreamSnapshot snapshot) => Journal.Restored(snapshot.Seq);

    public void LinkChanged(LinkState state) => State = state;

    public void Trouble(string what)
    {
        // Connections are cut all the time; what counts is in the journal.
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
