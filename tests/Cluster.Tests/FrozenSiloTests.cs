using Dispatch.Sim.Chaos.Clusters;
using Dispatch.Sim.Chaos.Servers;
using Dispatch.Sim.Client.Api;

namespace Dispatch.ClusterTests;

[Collection(TheCluster.Name)]
public sealed class FrozenSiloTests(ClusterFixture cluster, ITestOutputHelper output)
{
    /// <summary>Sessions that have done nothing in their transaction for longer than the server is told to let them.</summary>
    private const string HeldTooLong = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' AND clock_timestamp() - state_change > interval '12 s'";

    /// <summary>
    /// Frozen in the middle of its writes: nobody waits longer for its locks than the lock timeout, and the server ends its transactions.
    /// </summary>
    [Fact]
    public async Task SiloFrozenInTheMiddleOfWrites_KeepsNoLock_AndOthersGoOn()
    {
        await cluster.Ready();
        ApiClient one = await cluster.At(cluster.FirstApi), other = await cluster.At(cluster.SecondApi);
        ClusterNode silo = cluster.Stage.Silos[0];
        silo.IsDisturbed = true;
        Task<string>[] under = [.. Enumerable.Range(0, 40).Select(i => cluster.File(i % 2 == 0 ? one : other))];
        await under[0];
        silo.Send(Signal.Stop);
        try
        {
            long since = TimeProvider.System.GetTimestamp();
            await Task.WhenAll(under);
            Task<string>[] after = [.. Enumerable.Range(0, 20).Select(i => cluster.File(i % 2 == 0 ? one : other))];
            await Task.WhenAll(after);
            output.WriteLine($"sixty commands decided {TimeProvider.System.GetElapsedTime(since).TotalSeconds:0.0} s after the freeze");
            await ClusterFixture.Until("no session holds a transaction", async () => await cluster.Stage.Postgres.Ask(HeldTooLong) == "0");
        }
        finally
        {
            silo.Send(Signal.Continue);
        }
        // Not ready before it is a member again: what still takes itself for one would say so at once.
        await cluster.Ready();
        Assert.Equal(2, await cluster.ActiveMembers());
    }
}
