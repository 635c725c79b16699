using System.CommandLine;

namespace Dispatch.Bench.Nearest;

/// <summary><c>nearest</c>: the nearest technicians with a skill, while their positions change.</summary>
public static class NearestCommand
{
    public static Command Create()
    {
        Option<int> technicians = new("--technicians") { Description = "Technicians in the index", DefaultValueFactory = _ => 1_000_000 };
        Option<int> queries = new("--queries") { Description = "Questions for the nearest 16", DefaultValueFactory = _ => 100_000 };
        Option<int> updates = new("--updates-per-second") { Description = "Positions that change meanwhile", DefaultValueFactory = _ => 200_000 };
        Option<ulong> seed = new("--seed") { Description = "Source of chance", DefaultValueFactory = _ => 1 };
        Option<string> output = new("--out") { Description = "JSON file", Required = true };
        technicians.AtLeast(1);
        queries.AtLeast(1);
        updates.AtLeast(0);
        Command command = new("nearest", "Times questions for the nearest technicians with a skill one in eight has.") { technicians, queries, updates, seed, output };
        command.SetAction(parsed => new NearestBench(
            parsed.GetValue(technicians), parsed.GetValue(queries), parsed.GetValue(updates), parsed.GetValue(seed), parsed.GetRequiredValue(output)).Run(Console.Out));
        return command;
    }
}
