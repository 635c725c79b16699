using System.CommandLine;

namespace Dispatch.Bench.Dynamic;

/// <summary><c>trsp-dynamic</c>: let days happen whose requests are revealed bit by bit.</summary>
public static class DynamicCommand
{
    public static Command Create()
    {
        var instances = new Option<string[]>("--instances") { Description = "Instance files", Required = true, AllowMultipleArgumentsPerToken = true };
        var releases = new Option<string>("--dynamic") { Description = "Folder of NAME_rd_P.txt, the release times", Required = true };
        var percent = new Option<int>("--percent") { Description = "How many of a hundred requests are revealed during the day: P of the release files", Required = true };
        var output = new Option<string>("--out") { Description = "Folder for NAME.json and NAME.insertion.json", Required = true };
        var rounds = new Option<long>("--rounds") { Description = "Rounds of improvement per event", DefaultValueFactory = _ => 1000 };
        var seconds = new Option<double>("--seconds-per-event") { Description = "Wall time per event in place of rounds; not repeatable", DefaultValueFactory = _ => 0 };
        var reserve = new Option<double>("--reserve") { Description = "Slack kept at leaving home, in time units", DefaultValueFactory = _ => 40 };
        var goHome = new Option<bool>("--go-home") { Description = "Who has nothing ahead goes home for good in place of staying on call at the last stop" };
        var threads = new Option<int>("--threads") { Description = "Days side by side", DefaultValueFactory = _ => 1 };
        var seed = new Option<ulong>("--seed") { Description = "Source of chance", DefaultValueFactory = _ => 1 };
        percent.Between(0, 100);
        rounds.AtLeast(0);
        seconds.AtLeast(0);
        reserve.AtLeast(0);
        threads.AtLeast(1);
        var command = new Command("trsp-dynamic", "Simulates days whose requests are revealed bit by bit, beside the same days planned by plain cheapest insertion.")
        {
            instances, releases, percent, output, rounds, seconds, reserve, goHome, threads, seed,
        };
        command.SetAction(parsed => new DynamicBench
        {
            Instances = parsed.GetRequiredValue(instances),
            Releases = parsed.GetRequiredValue(releases),
            Percent = parsed.GetRequiredValue(percent),
            Output = parsed.GetRequiredValue(output),
            Budget = new SearchBudget(parsed.GetValue(rounds), parsed.GetValue(seconds)),
            Reserve = parsed.GetValue(reserve),
            StandsBy = !parsed.GetValue(goHome),
            Threads = parsed.GetValue(threads),
            Seed = parsed.GetValue(seed),
        }.Run(Console.Out));
        return command;
    }
}
