using System.Text.Json;
using Dispatch.Sim.Chaos.Clusters;
using Dispatch.Sim.Client.Api;

namespace Dispatch.ClusterTests;

[Collection(TheCluster.Name)]
public sealed class MembershipTests(ClusterFixture cluster)
{
    [Fact]
    public async Task SilosAreMembers_AndApiNodesAreClients()
    {
        await cluster.Ready();
        Assert.Equal(2, await cluster.ActiveMembers());
        await cluster.File(await cluster.At(cluster.FirstApi));
        Assert.Equal("t", await cluster.Stage.Postgres.Ask("SELECT count(*) > 0 FROM OrleansStorage WHERE graintypestring = 'job'"));
    }

    [Fact]
    public async Task ACommandRepeatedAtTheOtherNode_GetsTheFirstAnswer()
    {
        await cluster.Ready();
        ApiClient one = await cluster.At(cluster.FirstApi), other = await cluster.At(cluster.SecondApi);
        string job = await cluster.File(one);
        JsonElement first = (await one.Command<JsonElement>($"v1/jobs/{job}/cancel", new { reason = "no need" }, "cancel-" + job, TestContext.Current.CancellationToken)).Must("first");
        JsonElement again = (await other.Command<JsonElement>($"v1/jobs/{job}/cancel", new { reason = "no need" }, "cancel-" + job, TestContext.Current.CancellationToken)).Must("again");
        Assert.Equal(first.GetRawText(), again.GetRawText());
    }

    [Fact]
    public async Task BusinessTime_IsTheSameOnEveryNode()
    {
        await cluster.Ready();
        // In turn, twice: business time never goes back from one node to the next, and passes at its speed.
        ClockReply? before = null;
        long asked = 0;
        foreach (ClusterNode node in cluster.Stage.All.Concat(cluster.Stage.All))
        {
            ApiClient client = await cluster.At(node);
            long asking = TimeProvider.System.GetTimestamp();
            ClockReply now = await client.Clock(TestContext.Current.CancellationToken);
            Assert.Equal(ClusterFixture.Speed, now.Speed);
            if (before is not null)
                Assert.InRange(now.Now - before.Now, TimeSpan.Zero, ClusterFixture.Speed * TimeProvider.System.GetElapsedTime(asked) + TimeSpan.FromSeconds(0.1));
            (before, asked) = (now, asking);
        }
    }
}
