using System.Collections.Concurrent;
using Dispatch.Sim.Chaos.Load;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Client.Hub;
using Dispatch.Sim.Client.Streams;

namespace Dispatch.ClusterTests;

/// <summary>A client that follows the zone's stream from its beginning, as a page does.</summary>
internal sealed class Viewer : IStreamListener, IAsyncDisposable
{
    private readonly ConcurrentQueue<long> numbers = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> jobs = new();
    private readonly StreamClient client;
    private volatile bool isLive;

    public Viewer(ApiClient who, HubDial dial)
    {
        client = new StreamClient(dial, who, this, new HubOptions(), ChaosWorld.Backoff, StreamLimits.Standard, TimeProvider.System, new Random(1));
        client.Follow("zone/" + ChaosWorld.Zone, 0);
    }

    public bool IsLive => isLive;

    /// <summary>Numbers as they were applied.</summary>
    public IReadOnlyList<long> Numbers => [.. numbers];

    /// <summary>When the first event of the job came; waits for it.</summary>
    public async Task<DateTimeOffset> Saw(string job)
    {
        await ClusterFixture.Until($"{job} reaches the viewer", () => Task.FromResult(jobs.ContainsKey(job)));
        return jobs[job];
    }

    public Task Live() => ClusterFixture.Until("the viewer is current", () => Task.FromResult(isLive));

    public ValueTask DisposeAsync() => client.DisposeAsync();

    void IStreamListener.Applied(string stream, StreamEvent e)
    {
        numbers.Enqueue(e.Seq);
        jobs.TryAdd(e.Source[(e.Source.IndexOf('/') + 1)..], TimeProvider.System.GetUtcNow());
    }

    void IStreamListener.Restored(StreamSnapshot snapshot) => Assert.Fail("nobody is so far behind");

    void IStreamListener.LinkChanged(LinkState state) => isLive = state == LinkState.Live;

    void IStreamListener.Trouble(string what) => TestContext.Current.SendDiagnosticMessage(what);
}
