using System.CommandLine;

namespace Dispatch.Bench.Batch;

/// <summary><c>batch</c>: time of the exact assignment of waiting jobs to technicians.</summary>
public static class BatchCommand
{
    public static Command Create()
    {
        Option<int> size = new("--size") { Description = "Jobs", Required = true };
        Option<int> technicians = new("--technicians") { Description = "Technicians; as many as jobs unless given" };
        Option<int> candidates = new("--candidates") { Description = "Candidates per job; 0 for a full matrix of costs", DefaultValueFactory = _ => 0 };
        Option<int> repeats = new("--repeats") { Description = "Batches that count", DefaultValueFactory = _ => 50 };
        Option<ulong> seed = new("--seed") { Description = "Source of chance", DefaultValueFactory = _ => 1 };
        Option<string> output = new("--out") { Description = "File for the figures", Required = true };
        foreach (Option<int> positive in new[] { size, technicians, repeats })
            positive.AtLeast(1);
        candidates.AtLeast(0);
        Command command = new("batch", "Solves random batches exactly, checks each by its prices and says how long it took.") { size, technicians, candidates, repeats, seed, output };
        command.SetAction(parsed => new BatchBench(
            parsed.GetValue(size),
            parsed.GetResult(technicians) is null ? parsed.GetValue(size) : parsed.GetValue(technicians),
            parsed.GetValue(candidates),
            parsed.GetValue(repeats),
            parsed.GetValue(seed),
            parsed.GetRequiredValue(output)).Run(Console.Out));
        return command;
    }
}
