using System.CommandLine;

namespace Dispatch.Bench.Zone;

/// <summary><c>zone</c>: a large zone from nothing, urgent jobs and disturbances.</summary>
public static class ZoneCommand
{
    public static Command Create()
    {
        Option<int> technicians = new("--technicians") { Description = "How many", DefaultValueFactory = _ => 1_000 };
        Option<int> jobs = new("--jobs") { Description = "How many", DefaultValueFactory = _ => 10_000 };
        Option<double> seconds = new("--seconds") { Description = "At most so long until the plan is 3 % better", DefaultValueFactory = _ => 60 };
        Option<int> events = new("--events") { Description = "Disturbances answered", DefaultValueFactory = _ => 20 };
        Option<int> urgent = new("--urgent") { Description = "Urgent jobs placed", DefaultValueFactory = _ => 2_000 };
        Option<int> threads = new("--threads") { Description = "Threads of the planner", DefaultValueFactory = _ => 1 };
        Option<ulong> seed = new("--seed") { Description = "Source of chance", DefaultValueFactory = _ => 1 };
        Option<string> output = new("--out") { Description = "File for the figures", Required = true };
        foreach (Option<int> positive in new[] { technicians, jobs, threads })
            positive.AtLeast(1);
        events.AtLeast(0);
        urgent.AtLeast(0);
        seconds.AtLeast(0);
        Command command = new("zone", "Plans a large zone from nothing, then measures urgent insertion and new plans after events.")
        {
            technicians, jobs, seconds, events, urgent, threads, seed, output,
        };
        command.SetAction(parsed => new ZoneBench(
            parsed.GetValue(technicians),
            parsed.GetValue(jobs),
            parsed.GetValue(seconds),
            parsed.GetValue(events),
            parsed.GetValue(urgent),
            parsed.GetValue(threads),
            parsed.GetValue(seed),
            parsed.GetRequiredValue(output)).Run(Console.Out));
        return command;
    }
}
