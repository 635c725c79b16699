using Dispatch.Sim.Chaos.Clusters;
using Dispatch.Sim.Chaos.Servers;
using Dispatch.Sim.Client.Api;

namespace Dispatch.ClusterTests;

/// <summary>What a node says of itself, in every role.</summary>
[Collection(TheCluster.Name)]
public sealed class HealthTests(ClusterFixture cluster)
{
    [Theory]
    [InlineData("silo")]
    [InlineData("api")]
    public async Task NodeAskedToEnd_SaysThatItLeaves_BeforeItClosesAnything(string role)
    {
        await cluster.Ready();
        ClusterNode node = role == "silo" ? cluster.Stage.Silos[1] : cluster.SecondApi;
        node.IsDisturbed = true;
        Task<int> ended = node.Ended(TestContext.Current.CancellationToken);
        node.Send(Signal.Terminate);
        await ClusterFixture.Until("it leaves", async () => await cluster.Health(node, "/health/ready") is (503, var body) && body.Contains("leaving", StringComparison.Ordinal));
        Assert.Equal(200, (await cluster.Health(node, "/health/live")).Status);
        await cluster.File(await cluster.At(cluster.FirstApi));
        Assert.Equal(0, await ended.WaitAsync(ClusterFixture.Patience, TestContext.Current.CancellationToken));
        // Its activations go to the other silo with their records, which may not fail in silence.
        Assert.DoesNotContain("dehydrat", await File.ReadAllTextAsync(node.LogFile, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await cluster.Ready();
    }

    [Fact]
    public async Task WithoutTheDatabase_EveryNodeIsLiveAndNotReady_AndRecoversByItself()
    {
        await cluster.Ready();
        await cluster.Stage.Postgres.Stop(Outage.Immediate);
        try
        {
            foreach (ClusterNode node in cluster.Stage.All)
            {
                await ClusterFixture.Until($"{node.Name} is not ready", async () => (await cluster.Health(node, "/health/ready")).Status == 503);
                Assert.Equal(200, (await cluster.Health(node, "/health/live")).Status);
            }
        }
        finally
        {
            await cluster.Stage.Postgres.Start();
        }
        await cluster.Ready();
        await cluster.File(await cluster.At(cluster.FirstApi));
    }

    [Fact]
    public async Task WithoutASilo_ApiNodesAreLiveAndNotReady_AndRecoverByThemselves()
    {
        await cluster.Ready();
        ApiClient desk = await cluster.At(cluster.FirstApi);
        foreach (ClusterNode silo in cluster.Stage.Silos)
        {
            silo.IsDisturbed = true;
            silo.Send(Signal.Kill);
        }
        foreach (ClusterNode node in cluster.Stage.Apis)
        {
            await ClusterFixture.Until($"{node.Name} has no silo", async () => await cluster.Health(node, "/health/ready") is (503, var body) && body.Contains("no_silo", StringComparison.Ordinal));
            Assert.Equal(200, (await cluster.Health(node, "/health/live")).Status);
        }
        // Sent while there is no silo at all, and answered once there is one.
        await cluster.File(desk);
        await cluster.Ready();
    }
}
