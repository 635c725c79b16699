using Dispatch.Sim.Chaos;
using Dispatch.Sim.Chaos.Clusters;
using Dispatch.Sim.Chaos.Reports;
using Dispatch.Sim.Chaos.Servers;

namespace Dispatch.ClusterTests;

/// <summary>
/// A cluster of its own under load: one silo killed, one frozen until the others have voted it out, and every node restarted in good order; the same as <c>./dispatch chaos --silos 2 --freeze mixed
/// --rolling</c> does, only shorter. How long anything may take is not judged here, where other tests share the machine.
/// </summary>
[Collection(OwnClusters.Name)]
public sealed class ClusterChaosTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Cluster_LosesNothing_ByKillAndFreezeAndRollingRestart()
    {
        Assert.SkipWhen(PrivatePostgres.FindPrograms() is null, "PostgreSQL is not installed");
        ChaosOptions options = new(Kills: 2, Seed: 5, "postgres", ClusterFixture.Server)
        {
            Silos = 2,
            Kinds = [DisturbanceKind.KillSilo, DisturbanceKind.FreezeSilo],
            Rolling = true,
            FrozenFor = (TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(18)),
        };
        ChaosReport report = await new ClusterRun(options, TimeProvider.System, output.WriteLine).Play(TestContext.Current.CancellationToken);
        using StringWriter figures = new();
        report.Print(figures);
        output.WriteLine(figures.ToString());
        Assert.True(report.IsClean, figures.ToString());
        ClusterFigures cluster = report.Cluster!;
        Assert.Equal(6, cluster.Disturbances.Count);
        Assert.Equal((0, 0, 0, 0), (cluster.Http500, cluster.StaleWrites, cluster.HealthyEvictions, cluster.CommandsWithoutSuccess));
        // Four nodes within their budgets leave room for whoever has to look after the database.
        Assert.InRange(cluster.MostConnections, 4, 80);
        // What nobody did cannot be lost.
        Assert.True(report.Acknowledged > 100, figures.ToString());
    }
}
