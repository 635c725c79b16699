using System.CommandLine;

namespace Dispatch.Bench.Routing;

/// <summary><c>routing</c>: solve benchmark instances.</summary>
public static class RoutingCommand
{
    public static Command Create()
    {
        var kind = new Option<string>("--kind") { Description = "Format of the instances: " + string.Join(", ", InstanceAdapter.Kinds), Required = true };
        kind.AcceptOnlyFromAmong([.. InstanceAdapter.Kinds]);
        var instances = new Option<string[]>("--instances") { Description = "Instance files", Required = true, AllowMultipleArgumentsPerToken = true };
        var seconds = new Option<double>("--seconds") { Description = "Wall time per instance, reading and set-up included", Required = true };
        var threads = new Option<int>("--threads") { Description = "Searches side by side", DefaultValueFactory = _ => 1 };
        var seed = new Option<ulong>("--seed") { Description = "Source of chance", DefaultValueFactory = _ => 1 };
        var output = new Option<string>("--out") { Description = "Folder for NAME.json", Required = true };
        var rounds = new Option<long>("--rounds")
        {
            Description = "At most so many rounds of improvement per search; 0 is insertion only. A limit reached before the time makes the result repeatable",
            DefaultValueFactory = _ => long.MaxValue,
        };
        var boundSeconds = new Option<double>("--bound-seconds") { Description = "Time for the bound after each solve; 0 for the quick one", DefaultValueFactory = _ => 0 };
        seconds.AtLeast(0);
        threads.AtLeast(1);
        rounds.AtLeast(0);
        boundSeconds.AtLeast(0);
        var command = new Command("routing", "Solves instances and prints the gap to the best known.")
        {
            kind, instances, seconds, threads, seed, output, rounds, boundSeconds,
        };
        command.SetAction(parsed => new RoutingBench(
            parsed.GetRequiredValue(kind),
            parsed.GetRequiredValue(instances),
            parsed.GetRequiredValue(seconds),
            parsed.GetValue(rounds),
            parsed.GetValue(threads),
            parsed.GetValue(seed),
            parsed.GetValue(boundSeconds),
            parsed.GetRequiredValue(output)).Run(Console.Out));
        return command;
    }
}
