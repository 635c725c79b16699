using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Dispatch.Sim.Client.Api;
using Dispatch.Sim.Replay.Day;
using Dispatch.Sim.Replay.Exports;
using Dispatch.Sim.Replay.Instances;
using BestKnown = Dispatch.Instances.BestKnown;

namespace Dispatch.Sim.Replay;

/// <summary>The commands around a replay. Exit codes: 0 in order, 1 a rule or promise was broken, 2 it could not be played.</summary>
public static class ReplayCommand
{
    internal const string UserVariable = "DISPATCH_MANAGER_USER", PasswordVariable = "DISPATCH_MANAGER_PASSWORD";

    private static readonly Argument<FileInfo> Instance = new Argument<FileInfo>("INSTANCE") { Description = "TRSP instance file" }.AcceptExistingOnly();

    /// <summary><c>replay</c>: plays a day.</summary>
    public static Command Replay()
    {
        Option<FileInfo> dynamic = new Option<FileInfo>("--dynamic") { Description = "Release times: requests are filed during the day" }.AcceptExistingOnly();
        Option<double?> speed = new("--speed") { Description = "What the server's clock must run at; left out, whatever it runs at" };
        Option<Uri> url = Url();
        Option<FileInfo?> output = new("--out") { Description = "Where to write the played day, for the benchmark's checker" };
        Option<string?> user = new("--user") { Description = $"Manager account; else {UserVariable}" };
        Option<string?> password = new("--password") { Description = $"Its password; else {PasswordVariable}" };
        Option<double?> lead = new("--lead") { Description = "Real seconds for the preparations; left out, measured" };
        Option<bool> verbose = new("--verbose") { Description = "Print every trouble that was overcome" };
        Command command = new("replay", "Plays a technician-routing day through the public interface, as its technicians and customers would.")
        {
            Instance, dynamic, speed, url, output, user, password, lead, verbose,
        };
        command.SetAction((parsed, cancellation) => Guarded("replay", async () =>
        {
            FileInfo file = parsed.GetRequiredValue(Instance);
            TrspInstance instance = Read(file);
            ImmutableSortedDictionary<int, double>? releases = parsed.GetValue(dynamic) is { } d
                ? TrspFile.ParseReleases(d.FullName, File.ReadAllText(d.FullName), instance)
                : null;
            ReplayOptions options = new(
                instance, file.FullName, releases, parsed.GetRequiredValue(url), Account(parsed.GetValue(user), parsed.GetValue(password)), parsed.GetValue(speed),
                parsed.GetValue(lead) is { } seconds ? TimeSpan.FromSeconds(seconds) : null, parsed.GetValue(output)?.FullName, parsed.GetValue(verbose));
            double? best = BestKnown.Find(file.FullName, "best_movable");
            DayOutcome outcome = await new ReplayDay(options, TimeProvider.System, Console.Out).Play(cancellation);
            bool inOrder = DayReport.Print(outcome, best, Console.Out);
            if (options.Out is { } path)
                Console.WriteLine("written       " + string.Join(", ", DayExport.Write(outcome.Day, path)));
            return inOrder ? 0 : 1;
        }));
        return command;
    }

    /// <summary><c>replay-speed</c>: how fast the server's clock should run for an instance; for the script that starts the server.</summary>
    public static Command Speed()
    {
        Command command = new("replay-speed", $"Prints the clock speed at which the instance's day takes about {ReplaySpeed.DayLasts:0} s.") { Instance };
        command.SetAction((parsed, _) => Guarded("replay", () =>
        {
            Console.WriteLine(ReplaySpeed.For(Read(parsed.GetRequiredValue(Instance))).ToString(CultureInfo.InvariantCulture));
            return Task.FromResult(0);
        }));
        return command;
    }

    private static TrspInstance Read(FileInfo file) => TrspFile.Parse(file.FullName, File.ReadAllText(file.FullName));

    private static Uri Address(System.CommandLine.Parsing.ArgumentResult given)
    {
        string text = given.Tokens.Count == 1 ? given.Tokens[0].Value : "";
        if (Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https")
            return address;
        given.AddError($"'{text}' is not an http or https address.");
        return new Uri("http://localhost/");
    }

    /// <summary>Where the server is.</summary>
    internal static Option<Uri> Url() => new("--url") { Description = "Address of the server", DefaultValueFactory = _ => new Uri("http://localhost:8080/"), CustomParser = Address };

    /// <summary>The account given, or that of the environment.</summary>
    /// <exception cref="ReplayRefusedException">Neither is there.</exception>
    internal static Credentials Account(string? user, string? password) => new(
        user ?? Environment.GetEnvironmentVariable(UserVariable) ?? throw new ReplayRefusedException($"Whose sign-in? Give {UserVariable} or, where it is taken, --user."),
        password ?? Environment.GetEnvironmentVariable(PasswordVariable) ?? throw new ReplayRefusedException($"Give {PasswordVariable} or, where it is taken, --password."));

    internal static async Task<int> Guarded(string command, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e)
            when (e
                    is ReplayRefusedException
                        or City.CityRefusedException
                        or FormatException
                        or IOException
                        or ApiException
                        or ServerUnreachableException
                        or HttpRequestException
                        or TimeoutException
            )
        {
            Console.Error.WriteLine($"{command}: {e.Message}");
            return 2;
        }
        // Else the command line would end without a word: it takes every cancellation for its user's.
        catch (TaskCanceledException e) when (e.InnerException is TimeoutException)
        {
            Console.Error.WriteLine($"{command}: {e.Message}");
            return 2;
        }
    }
}
