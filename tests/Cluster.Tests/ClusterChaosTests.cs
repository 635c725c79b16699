using Dispatch.Sim.Chaos;
using Dispatch.Sim.Chaos.Clusters;
using Dispatch.Sim.Chaos.Reports;
using Dispatch.Sim.Chaos.Servers;

namespace Dispatch.ClusterTests;

/// <summary>
/// A cluster of its own under load, one silo killed; the same as <c>./dispatch chaos --silos 2 --kills 1 --only-silos</c>. Freezes and
/// restarts in good order are shown without that load by the tests beside it. How long anything may take is not judged here, where other
/// tests share the machine.
/// </summary>
[Collection(OwnClusters.Name)]
public sealed class ClusterChaosTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Cluster_LosesNothing_WhenASiloIsKilledUnderLoad()
    {
        Assert.SkipWhen(PrivatePostgres.FindPrograms() is null, "PostgreSQL is not installed");
        ChaosOptions options = new(Kills: 1, Seed: 5, "postgres", ClusterFixture.Server)
        {
            Silos = 2,
            OnlySilos = true,
        };
        ChaosReport report = await new ClusterRun(options, TimeProvider.System, output.WriteLine).Play(TestContext.Current.CancellationToken);
        using StringWriter figures = new();
        report.Print(figures);
        output.WriteLine(figures.ToString());
        Assert.True(report.IsClean, figures.ToString());
        ClusterFigures cluster = report.Cluster!;
        Assert.Equal(nameof(DisturbanceKind.KillSilo), Assert.Single(cluster.Disturbances).Kind);
        Assert.Equal((0, 0, 0, 0), (cluster.Http500, cluster.StaleWrites, cluster.HealthyEvictions, cluster.CommandsWithoutSuccess));
        // Four nodes within their budgets leave room for backups and people.
        Assert.InRange(cluster.MostConnections, 4, 80);
        // A run without work has nothing to lose.
        Assert.True(report.Acknowledged > 100, figures.ToString());
    }
}
