using System.CommandLine;
using Dispatch.Sim.City.Setup;
using Dispatch.Sim.City.Watch;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Replay;

namespace Dispatch.Sim.City;

/// <summary>The commands around a city. Exit codes: 0 in order, 1 something is stuck, 2 it could not be done.</summary>
public static class CityCommand
{
    private const string SecretVariable = "DISPATCH_CITY_SECRET";

    /// <summary><c>city</c>: enters a city and lives in it until stopped.</summary>
    public static Command City()
    {
        Option<Uri> url = ReplayCommand.Url();
        Option<int> seed = new("--seed") { Description = "What everything in the city follows from", DefaultValueFactory = _ => 1 };
        Option<bool> quiet = new("--quiet") { Description = "A zone and sixteen technicians who wait for somebody to try it; enters them and ends" };
        Option<bool> verbose = new("--verbose") { Description = "Print what single phones had to overcome" };
        Command command = new("city",
            $"Enters a city on a server and lives in it until stopped: customers, technicians, couriers and benches, over the public interface. {ReplayCommand.UserVariable} and {ReplayCommand.PasswordVariable} "
            + $"name a manager's account; {SecretVariable} holds 64 hexadecimal digits from which the passwords of everybody in the city follow. Started again with the same secret and seed it goes on.")
        {
            url, seed, quiet, verbose,
        };
        command.SetAction((parsed, cancellation) => ReplayCommand.Guarded("city", async () =>
        {
            string secret = Environment.GetEnvironmentVariable(SecretVariable) ?? throw new CityRefusedException($"Give {SecretVariable}, for example from: openssl rand -hex 32");
            CityOptions options = new(
                parsed.GetRequiredValue(url), ReplayCommand.Account(null, null), CitySecret.Of(secret), parsed.GetValue(quiet) ? CityKind.Quiet : CityKind.Living, parsed.GetValue(seed), Console.WriteLine,
                parsed.GetValue(verbose) ? Console.WriteLine : _ => { });
            await using CityRun city = await CityRun.Open(options, TimeProvider.System, cancellation);
            await city.Enter(cancellation);
            Console.WriteLine($"{city.Plan.Zones.Length} zones, {city.Plan.Technicians.Length} technicians, {city.Plan.Points.Length} service points. Stop with Ctrl-C.");
            await city.Live(cancellation);
            return 0;
        }));
        return command;
    }

    /// <summary><c>city-watch</c>: says whether a city lives.</summary>
    public static Command Watch()
    {
        Option<Uri> url = ReplayCommand.Url();
        Option<double> minutes = new("--minutes") { Description = "Real minutes to watch", DefaultValueFactory = _ => 10 };
        Option<int?> process = new("--process") { Description = "Id of the server's process on this machine: tells its use of the processor" };
        Command command = new("city-watch", $"Watches a city: technicians who move in the first 60 s, jobs closed by mode, what open jobs wait for, and whether any is stuck (exit code 1). Staff account in {ReplayCommand.UserVariable}, {ReplayCommand.PasswordVariable}.")
        {
            url, minutes, process,
        };
        command.SetAction((parsed, cancellation) => ReplayCommand.Guarded("city-watch", () =>
            new CityWatch(new WatchOptions(parsed.GetRequiredValue(url), ReplayCommand.Account(null, null), parsed.GetValue(minutes), parsed.GetValue(process)), TimeProvider.System, Console.Out).Watch(cancellation)));
        return command;
    }
}
