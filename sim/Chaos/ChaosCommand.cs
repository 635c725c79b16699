using System.CommandLine;
using System.CommandLine.Parsing;
using Dispatch.Sim.Chaos.Clusters;
using Dispatch.Sim.Chaos.Reports;
using Dispatch.Sim.Chaos.Servers;
using Dispatch.Sim.Replay;

namespace Dispatch.Sim.Chaos;

/// <summary><c>chaos</c>: kills a server under load. Exit codes: 0 nothing was lost, 1 something was, 2 it could not be run.</summary>
public static class ChaosCommand
{
    public static Command Chaos()
    {
        Option<int> kills = new("--kills") { Description = "How often the server, or one process of a cluster, is killed", DefaultValueFactory = _ => 20 };
        Option<int> seed = new("--seed") { Description = "What times and choices follow from", DefaultValueFactory = _ => 1 };
        Option<string?> store = new Option<string?>("--store") { Description = "sqlite (default) or postgres; a cluster is always on postgres" }.AcceptOnlyFromAmong("sqlite", "postgres");
        Option<int> silos = new("--silos") { Description = "From 2 on: so many silos and two API nodes as processes of their own", DefaultValueFactory = _ => 1 };
        Option<string?> freeze = new Option<string?>("--freeze") { Description = "Freeze silos for 20 to 120 s instead of killing them; 'mixed' does both", Arity = ArgumentArity.ZeroOrOne }.AcceptOnlyFromAmong("always", "mixed");
        Option<int> frozen = new("--frozen") { Description = "Freeze each for exactly so many seconds" };
        Option<bool> onlySilos = new("--only-silos") { Description = "Disturb no API node and not the database" };
        Option<int> consoles = new("--consoles") { Description = "So many more consoles follow the zone, each over a connection of its own" };
        Option<bool> rolling = new("--rolling") { Description = "Restart every node of the cluster in good order, one after the other, at the end" };
        Option<double> minutes = new("--minutes") { Description = "Keep all processors busy for so long, and disturb nothing: no node may be voted out" };
        Option<FileInfo> server = new("--server") { Description = "The built server, a .dll", Required = true };
        Option<FileInfo?> output = new("--out") { Description = "Where to write the figures" };
        Option<bool> verbose = new("--verbose") { Description = "Print every trouble that was overcome" };
        Command command = new("chaos", "Kills a server process under load and holds the clients' journal against it.") 
        {
            kills, seed, store, silos, freeze, frozen, onlySilos, consoles, rolling, minutes, server, output, verbose,
        };
        command.Validators.Add(given => Validate(given, kills, store, silos, minutes, [freeze, frozen, onlySilos, consoles, rolling, minutes]));
        command.Validators.Add(given => Bounds(given, frozen, consoles));
        command.SetAction((parsed, cancellation) => ReplayCommand.Guarded("chaos", async () =>
        {
            bool onlyBusy = parsed.GetValue(minutes) > 0 && parsed.GetResult(kills) is null or { Implicit: true };
            int count = parsed.GetValue(silos);
            ChaosOptions options = new(onlyBusy ? 0 : parsed.GetValue(kills), parsed.GetValue(seed), parsed.GetValue(store) ?? (count > 1 ? "postgres" : "sqlite"), parsed.GetRequiredValue(server).FullName, parsed.GetValue(verbose))
            {
                Silos = count,
                Freeze = parsed.GetResult(freeze) is null or { Implicit: true } ? Freezing.Never : parsed.GetValue(freeze) == "mixed" ? Freezing.Mixed : Freezing.Always,
                Rolling = parsed.GetValue(rolling),
                BusyMinutes = parsed.GetValue(minutes),
                OnlySilos = parsed.GetValue(onlySilos),
                Consoles = parsed.GetValue(consoles),
            };
            if (parsed.GetValue(frozen) is > 0 and int seconds)
                options = options with { FrozenFor = (TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds)) };
            try
            {
                ChaosReport report = count > 1
                    ? await new ClusterRun(options, TimeProvider.System, Console.WriteLine).Play(cancellation)
                    : await new ChaosRun(options, TimeProvider.System, Console.WriteLine).Play(cancellation);
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

    private static void Bounds(CommandResult given, Option<int> frozen, Option<int> consoles)
    {
        if (given.GetValue(frozen) is < 0 or > 600)
            given.AddError("--frozen is from 0 (as chance says) to 600.");
        if (given.GetValue(consoles) is < 0 or > 1000)
            given.AddError("--consoles is from 0 to 1000.");
    }

    private static void Validate(CommandResult given, Option<int> kills, Option<string?> store, Option<int> silos, Option<double> minutes, IReadOnlyList<Option> ofClusters)
    {
        int many = given.GetValue(silos);
        if (many is < 1 or > 8)
            given.AddError("--silos is from 1 to 8.");
        if (given.GetValue(kills) is var n && (n > 10_000 || n < (many > 1 ? 0 : 1)))
            given.AddError("--kills is from 1 to 10000; of a cluster also 0.");
        if (many > 1 && given.GetValue(store) == "sqlite")
            given.AddError("Several silos need --store postgres.");
        if (given.GetValue(minutes) is < 0 or > 1440)
            given.AddError("--minutes is from 0 to 1440.");
        foreach (Option option in ofClusters)
            if (many == 1 && given.GetResult(option) is { Implicit: false })
                given.AddError($"{option.Name} needs --silos 2 or more.");
    }
}
