using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Hub;
using Dispatch.Sim.Client.Streams;
using Dispatch.Sim.Push;
using Dispatch.SystemTests.Api.Support;
using Dispatch.SystemTests.Outages;

namespace Dispatch.SystemTests.Push;

/// <summary>A client whose socket is not read, over a real connection to a real server: what waits for it is bounded, nobody else waits for it, and it misses nothing.</summary>
[Collection(RealProcesses.Name)]
public sealed class SlowClientTests : IAsyncLifetime
{
    private const int Backlog = 50, Jobs = 1_000;

    /// <summary>Does not take the server for gone as long as its own socket is not read.</summary>
    private static readonly HubOptions Patient = new() { ServerTimeout = TimeSpan.FromMinutes(2) };

    private readonly string folder = Directory.CreateTempSubdirectory("dispatch-slow-").FullName;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task ASocketThatIsNotRead_GetsTheHeadInsteadOfABacklog_AndCatchesUpWhole()
    {
        await using OutageRun run = await OutageRun.Start(OutageRun.Command(folder, "--Dispatch:Api:ViewerBacklog", $"{Backlog}"));
        string stream = $"zone/{City.Zone}";
        using SocketsHttpHandler handler = new();
        using ApiClient api = await run.SignIn(handler);
        Gate gate = new();
        await using PushClient swift = new(run.Server.Address, api, stream, fromSnapshot: false, new Random(1));
        Journal slowJournal = new();
        await using StreamClient slow = new(
            cancellation => Throttled.Dial(run.Server.Address, api, gate, cancellation), api, slowJournal, Patient, Backoff.Standard, StreamLimits.Standard, TimeProvider.System, new Random(2));
        slow.Follow(stream, 0);
        await OutageRun.Until("both are live", () => Task.FromResult(swift.State == LinkState.Live && slowJournal.State == LinkState.Live));

        gate.Close();
        // Far more than the buffers of both ends of a connection take.
        JsonObject body = City.JobBody();
        body["symptom"] = new string('x', 900);
        await Parallel.ForEachAsync(Enumerable.Range(0, Jobs), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, cancellation) =>
        {
            using HttpResponseMessage filed = await run.Http.PostAsJsonAsync("/v1/jobs", body, cancellation);
            filed.EnsureSuccessStatusCode();
        });
        await OutageRun.Until("the other client has everything", () => Task.FromResult(swift.Journal.Last >= 3 * Jobs));
        long behind = slowJournal.Steps.Last;
        double resyncs = await Metric(run, "dispatch_viewer_resyncs");
        Assert.True(resyncs >= 1, "the slow one was told the head instead");
        Assert.True(behind < 3 * Jobs, $"the slow one cannot have {behind}");

        gate.Open();
        await OutageRun.Until("the slow one has everything", () => Task.FromResult(slowJournal.Steps.Last >= swift.Journal.Last && slowJournal.State == LinkState.Live));
        Replay replay = new(stream, [.. swift.Journal.ToList().Select(s => (s.Source!, s.Number))]);
        JournalVerdict verdict = JournalVerdict.Of(slowJournal.Steps.ToList(), replay, 0, fromSnapshot: false);
        Assert.Equal((0, 0, 0, 0L), (verdict.Gaps, verdict.Duplicates, verdict.Strangers, verdict.Short));
        TestContext.Current.TestOutputHelper?.WriteLine($"{replay.Events.Count} events, backlog {Backlog}, {resyncs} resyncs; the slow client had {behind} while it was not read, and {verdict.Applied} in the end");
    }

    private static async Task<double> Metric(OutageRun run, string name)
    {
        string text = await run.Http.GetStringAsync("/metrics");
        return text.Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal)).Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    private sealed class Journal : IStreamListener
    {
        public PushJournal Steps { get; } = new();
        public LinkState State { get; private set; } = LinkState.Reconnecting;
        public void Applied(string stream, StreamEvent happened) => Steps.Applied(happened.Seq, happened.Source, happened.Number);
        public void Restored(StreamSnapshot snapshot) => Steps.Restored(snapshot.Seq);
        public void LinkChanged(LinkState state) => State = state;
        public void Trouble(string what) { }
    }

    /// <summary>While it is closed nothing is read.</summary>
    private sealed class Gate
    {
        private volatile TaskCompletionSource open = Opened();
        public Task Passed => open.Task;
        public void Close() => open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public void Open() => open.SetResult();
        private static TaskCompletionSource Opened()
        {
            TaskCompletionSource opened = new();
            opened.SetResult();
            return opened;
        }
    }

    /// <summary>A socket with hardly any buffer of its own, so that what is not read stays with the server.</summary>
    private sealed class Throttled(ClientWebSocket socket, HttpMessageInvoker invoker, Gate gate) : IHubTransport
    {
        public static async Task<IHubTransport> Dial(Uri server, ApiClient api, Gate gate, CancellationToken cancellation)
        {
            UriBuilder address = new(new Uri(server, "/hub")) { Scheme = "ws", Query = "access_token=" + Uri.EscapeDataString((await api.Token(cancellation))!) };
            HttpMessageInvoker invoker = new(new SocketsHttpHandler
            {
                ConnectCallback = async (context, cancel) =>
                {
                    Socket raw = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
                    await raw.ConnectAsync(context.DnsEndPoint, cancel);
                    return new NetworkStream(raw, ownsSocket: true);
                },
            });
            ClientWebSocket socket = new();
            socket.Options.KeepAliveInterval = TimeSpan.Zero;
            await socket.ConnectAsync(address.Uri, invoker, cancellation);
            return new Throttled(socket, invoker, gate);
        }

        public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => socket.SendAsync(bytes, WebSocketMessageType.Text, true, cancellation);

        public async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellation)
        {
            await gate.Passed.WaitAsync(cancellation);
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer, cancellation);
            return part.MessageType == WebSocketMessageType.Close ? 0 : part.Count;
        }

        public Task CloseAsync(CancellationToken cancellation) => Task.CompletedTask;

        public ValueTask DisposeAsync()
        {
            socket.Dispose();
            invoker.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
