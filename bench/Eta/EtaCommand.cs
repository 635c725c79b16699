using System.CommandLine;

namespace Dispatch.Bench.Eta;

/// <summary><c>eta</c>: learn travel times from one file of trips and predict another.</summary>
public static class EtaCommand
{
    public static Command Create()
    {
        var train = new Option<string>("--train") { Description = "Trips to learn from: vehicle,start,start_lon,start_lat,end,end_lon,end_lat,driven_m", Required = true };
        var test = new Option<string>("--test") { Description = "Trips to predict, from places and start only", Required = true };
        var output = new Option<string>("--out") { Description = "JSON file with errors and coverage", Required = true };
        var seed = new Option<ulong>("--seed") { Description = "Source of chance", DefaultValueFactory = _ => 1 };
        var command = new Command("eta", "Predicts how long trips take and measures how often the interval holds.") { train, test, output, seed };
        command.SetAction(parsed => new EtaBench(
            parsed.GetRequiredValue(train), parsed.GetRequiredValue(test), parsed.GetRequiredValue(output), parsed.GetValue(seed)).Run(Console.Out));
        return command;
    }
}
