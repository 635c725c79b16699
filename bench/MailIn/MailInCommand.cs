using System.CommandLine;

namespace Dispatch.Bench.MailIn;

/// <summary><c>mail-in</c>: the exact matching of parcels with benches, beside the one by regret.</summary>
public static class MailInCommand
{
    public static Command Create()
    {
        Option<int> requests = new("--requests") { Description = "Parcels that wait", DefaultValueFactory = _ => 500 };
        Option<int> points = new("--points") { Description = "Service points", DefaultValueFactory = _ => 12 };
        Option<int> days = new("--days") { Description = "How far ahead a place is looked for", DefaultValueFactory = _ => 30 };
        Option<double> stock = new("--stock") { Description = "Parts there are, as a share of parcels", DefaultValueFactory = _ => 3 };
        Option<int> repeats = new("--repeats") { Description = "Cities, each drawn anew", DefaultValueFactory = _ => 5 };
        Option<ulong> seed = new("--seed") { Description = "Source of chance", DefaultValueFactory = _ => 1 };
        Option<string> output = new("--out") { Description = "File for the figures", Required = true };
        foreach (Option<int> positive in new[] { requests, points, days, repeats })
            positive.AtLeast(1);
        stock.AtLeast(0);
        Command command = new("mail-in", "Matches random parcels with benches exactly and by regret, and says what each costs.") { requests, points, days, stock, repeats, seed, output };
        command.SetAction(parsed => new MailInBench(
            parsed.GetValue(requests),
            parsed.GetValue(points),
            parsed.GetValue(days),
            parsed.GetValue(stock),
            parsed.GetValue(repeats),
            parsed.GetValue(seed),
            parsed.GetRequiredValue(output)).Run(Console.Out));
        return command;
    }
}
