using Dispatch.Sim.Chaos;
using Dispatch.Sim.Chaos.Reports;
using Dispatch.Sim.Chaos.Servers;

namespace Dispatch.SystemTests.Chaos;

/// <summary>
/// The built server as a process of its own, killed under load, fifteen times in all; the same as <c>./dispatch chaos</c> does, only shorter. How long a restart may take is not judged here, where other tests
/// share the machine.
/// </summary>
[Collection(RealProcesses.Name)]
public sealed class ChaosTests(ITestOutputHelper output)
{
    private static readonly string Server = Path.Combine(AppContext.BaseDirectory, "Dispatch.Silo.dll");

    [Fact]
    public Task Sqlite_LosesNothingInEightKills() => Survives(new ChaosOptions(Kills: 8, Seed: 11, "sqlite", Server));

    [Fact]
    public Task Postgres_LosesNothingInSevenKillsAndOutagesOfTheDatabase()
    {
        Assert.SkipWhen(PrivatePostgres.FindPrograms() is null, "PostgreSQL is not installed");
        return Survives(new ChaosOptions(Kills: 7, Seed: 12, "postgres", Server));
    }

    private async Task Survives(ChaosOptions options)
    {
        ChaosReport report = await new ChaosRun(options, TimeProvider.System, output.WriteLine).Play(TestContext.Current.CancellationToken);
        using StringWriter figures = new();
        report.Print(figures);
        output.WriteLine(figures.ToString());
        Assert.True(report.IsClean, figures.ToString());
        // What nobody did cannot be lost.
        Assert.True(report.Acknowledged > 10 * options.Kills, figures.ToString());
        Assert.True(report.EventsApplied > report.Events, figures.ToString());
    }
}
