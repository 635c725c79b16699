using System.CommandLine;

namespace Dispatch.Sim.Push;

/// <summary><c>push</c>: a storm over a server of its own. Exit codes: 0 in order, 1 something was lost, doubled or late, 2 it could not be run.</summary>
public static class PushCommand
{
    /// <summary>What every client has to have caught up within, milliseconds after the last disturbance.</summary>
    public const double ConvergesWithin = 5_000;

    public static Command Push()
    {
        Option<FileInfo> program = new Option<FileInfo>("--server") { Description = "The built server, Dispatch.Silo.dll", Required = true }.AcceptExistingOnly();
        Option<DirectoryInfo> root = new Option<DirectoryInfo>("--root") { Description = "Folder of the sources", Required = true }.AcceptExistingOnly();
        Option<int> clients = new("--clients") { Description = "Clients over WebSockets", DefaultValueFactory = _ => 200 };
        Option<int> browsers = new("--browsers") { Description = "Pages in a real Chromium", DefaultValueFactory = _ => 5 };
        Option<int> seconds = new("--seconds") { Description = "How long the disturbances go on", DefaultValueFactory = _ => 120 };
        Option<double> jobs = new("--jobs-per-second") { Description = "Jobs filed meanwhile", DefaultValueFactory = _ => 5 };
        Option<int> seed = new("--seed") { Description = "What the disturbances follow from", DefaultValueFactory = _ => 1 };
        Option<FileInfo?> output = new("--out") { Description = "Where to write the figures as JSON" };
        Command command = new("push", "Cuts connections, kills servers and moves clients, then holds everybody's journal against the server's replay.")
        {
            program, root, clients, browsers, seconds, jobs, seed, output,
        };
        command.SetAction(async (parsed, _) =>
        {
            StormOptions options = new(
                parsed.GetRequiredValue(program).FullName, parsed.GetRequiredValue(root).FullName, parsed.GetValue(clients), parsed.GetValue(browsers), parsed.GetValue(seconds))
            {
                Seed = parsed.GetValue(seed), JobsPerSecond = parsed.GetValue(jobs),
            };
            if (options.Browsers > 0 && Browsers.Missing(options.Root, options.Chromium) is { } missing)
            {
                Console.Error.WriteLine($"push: no browsers: {missing}");
                return 2;
            }
            PushFigures figures = await PushStorm.Run(options, Console.Out);
            Console.WriteLine(figures.ToJson());
            if (parsed.GetValue(output) is { } file)
                await File.WriteAllTextAsync(file.FullName, figures.ToJson() + "\n", CancellationToken.None);
            bool late = Math.Max(figures.Converged.Max, figures.PagesConverged.Max) > ConvergesWithin;
            Console.WriteLine(figures.Faults == 0 && !late ? "in order" : $"{figures.Faults} faults{(late ? ", and somebody was late" : "")}");
            return figures.Faults == 0 && !late ? 0 : 1;
        });
        return command;
    }
}
