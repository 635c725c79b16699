using System.CommandLine;
using Dispatch.Bench.Routing;

namespace Dispatch.Bench.Bounds;

/// <summary><c>bound</c>: lower bounds of benchmark instances.</summary>
public static class BoundCommand
{
    public static Command Create()
    {
        Option<string> kind = new("--kind") { Description = "Format of the instances: " + string.Join(", ", InstanceAdapter.Kinds), Required = true };
        kind.AcceptOnlyFromAmong([.. InstanceAdapter.Kinds]);
        Option<string[]> instances = new("--instances") { Description = "Instance files", Required = true, AllowMultipleArgumentsPerToken = true };
        Option<double> seconds = new("--seconds") { Description = "Wall time per instance, reading and set-up included", Required = true };
        Option<int> threads = new("--threads") { Description = "Technicians priced side by side", DefaultValueFactory = _ => 1 };
        Option<long> iterations = new("--iterations")
        {
            Description = "At most so many rounds of pricing; 0 is the quick bound alone. A limit reached before the time makes the result repeatable",
            DefaultValueFactory = _ => long.MaxValue,
        };
        Option<string> output = new("--out") { Description = "Folder for NAME.json", Required = true };
        seconds.AtLeast(0);
        threads.AtLeast(1);
        iterations.AtLeast(0);
        Command command = new("bound", "Bounds the cost of instances from below and prints the share of the best known.")
        {
            kind, instances, seconds, threads, iterations, output,
        };
        command.SetAction(parsed => new BoundBench(
            parsed.GetRequiredValue(kind),
            parsed.GetRequiredValue(instances),
            parsed.GetRequiredValue(seconds),
            parsed.GetValue(iterations),
            parsed.GetValue(threads),
            parsed.GetRequiredValue(output)).Run(Console.Out));
        return command;
    }
}
