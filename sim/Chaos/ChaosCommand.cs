using System.CommandLine;
using Dispatch.Sim.Chaos.Reports;
using Dispatch.Sim.Chaos.Servers;
using Dispatch.Sim.Replay;

namespace Dispatch.Sim.Chaos;

/// <summary><c>chaos</c>: kills a server under load. Exit codes: 0 nothing was lost, 1 something was, 2 it could not be run.</summary>
public static class ChaosCommand
{
    public static Command Chaos()
    {
        Option<int> kills = new("--kills") { Description = "How often the server is killed", DefaultValueFactory = _ => 20 };
        Option<int> seed = new("--seed") { Description = "What times and choices follow from", DefaultValueFactory = _ => 1 };
        Option<string> store = new Option<string>("--store") { Description = "sqlite or postgres", DefaultValueFactory = _ => "sqlite" }.AcceptOnlyFromAmong("sqlite", "postgres");
        Option<FileInfo> server = new("--server") { Description = "The built server, a .dll", Required = true };
        Option<FileInfo?> output = new("--out") { Description = "Where to write the figures" };
        Option<bool> verbose = new("--verbose") { Description = "Print every trouble that was overcome" };
        kills.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is < 1 or > 10_000)
                given.AddError("--kills is from 1 to 10000.");
        });
        Command command = new("chaos", "Kills a server process under load and holds the clients' journal against it.") { kills, seed, store, server, output, verbose };
        command.SetAction((parsed, cancellation) => ReplayCommand.Guarded("chaos", async () =>
        {
            ChaosOptions options = new(parsed.GetValue(kills), parsed.GetValue(seed), parsed.GetValue(store)!, parsed.GetRequiredValue(server).FullName, parsed.GetValue(verbose));
            try
            {
                ChaosReport report = await new ChaosRun(options, TimeProvider.System, Console.WriteLine).Play(cancellation);
                report.Print(Console.Out);
                if (parsed.GetValue(output) is { } file)
                    await File.WriteAllTextAsync(file.FullName, report.ToJson(), cancellation);
                return report.IsClean ? 0 : 1;
            }
            catch (Exception e) when (e is ChaosRefusedException or PostgresMissingException)
            {
                Console.Error.WriteLine($"chaos: {e.Message}");
                return 2;
            }
        }));
        return command;
    }
}
