using Dispatch.Sim.Chaos.Servers;
using Dispatch.Sim.Client.Api;

namespace Dispatch.ClusterTests;

[Collection(TheCluster.Name)]
public sealed class LivePushTests(ClusterFixture cluster, ITestOutputHelper output)
{
    [Fact]
    public async Task AChangeThroughOneNode_ReachesAViewerOfTheOther()
    {
        await cluster.Ready();
        ApiClient one = await cluster.At(cluster.FirstApi), other = await cluster.At(cluster.SecondApi);
        await using Viewer viewer = new(other, ClusterFixture.Dial(other, cluster.SecondApi));
        await viewer.Live();
        for (int i = 0; i < 5; i++)
            await viewer.Saw(await cluster.File(one));
        Assert.Equal(Enumerable.Range(1, viewer.Numbers.Count).Select(n => (long)n), viewer.Numbers);
    }

    [Fact]
    public async Task ViewerOfAKilledNode_GoesOnAtTheOtherWithoutAGap()
    {
        await cluster.Ready();
        ApiClient one = await cluster.At(cluster.FirstApi);
        await using Viewer viewer = new(one, ClusterFixture.Dial(one, cluster.SecondApi, cluster.FirstApi));
        await viewer.Live();
        await viewer.Saw(await cluster.File(one));
        cluster.SecondApi.IsDisturbed = true;
        long killed = TimeProvider.System.GetTimestamp();
        cluster.SecondApi.Send(Signal.Kill);
        string job = await cluster.File(one);
        await viewer.Saw(job);
        output.WriteLine($"seen again {TimeProvider.System.GetElapsedTime(killed).TotalSeconds:0.0} s after the kill");
        Assert.Equal(Enumerable.Range(1, viewer.Numbers.Count).Select(n => (long)n), viewer.Numbers);
        await cluster.Ready();
    }

    /// <summary>A feed that waited for a frozen host would hold its turn for as long as a response may take, at each push.</summary>
    [Fact]
    public async Task FrozenApiNode_HoldsUpNobodyElsesPush()
    {
        await cluster.Ready();
        ApiClient one = await cluster.At(cluster.FirstApi), other = await cluster.At(cluster.SecondApi);
        await using Viewer viewer = new(one, ClusterFixture.Dial(one, cluster.FirstApi)), frozen = new(other, ClusterFixture.Dial(other, cluster.SecondApi));
        await viewer.Live();
        await frozen.Live();
        cluster.SecondApi.IsDisturbed = true;
        cluster.SecondApi.Send(Signal.Stop);
        try
        {
            long since = TimeProvider.System.GetTimestamp();
            for (int i = 0; i < 10; i++)
                await viewer.Saw(await cluster.File(one));
            TimeSpan took = TimeProvider.System.GetElapsedTime(since);
            output.WriteLine($"ten commands and their pushes took {took.TotalSeconds:0.0} s");
            // Ten pushes that each waited for their response would take a minute.
            Assert.True(took < TimeSpan.FromSeconds(45), $"took {took}");
        }
        finally
        {
            cluster.SecondApi.Send(Signal.Continue);
        }
        string last = await cluster.File(one);
        await frozen.Saw(last);
        Assert.Equal(Enumerable.Range(1, frozen.Numbers.Count).Select(n => (long)n), frozen.Numbers);
    }
}
