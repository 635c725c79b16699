using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dispatch.Simulation.Tests;

/// <summary>The command line of a run: plays seeds, says what happened and what broke, makes a failing seed small and says how to play it again.</summary>
internal static class SimulateCommand
{
    public const string Verb = "simulate";

    private const int MostFailures = 5;

    /// <returns>0 if everything held, 1 if a seed failed, 2 for an argument that is none.</returns>
    public static int Run(string[] args, TextWriter output)
    {
        (ulong From, ulong To) seeds = (1, 100);
        IReadOnlyList<string> faults = Faults.Kinds;
        (double From, double To) window = (0, 1);
        int days = 1, threads = Environment.ProcessorCount;
        Planted planted = Planted.None;
        string? file = null, trace = null;
        try
        {
            for (int i = 0; i < args.Length; i += 2)
            {
                string value = i + 1 < args.Length ? args[i + 1] : throw new ArgumentException($"{args[i]} wants a value.");
                switch (args[i])
                {
                    case "--seeds":
                        string[] ends = value.Split("..");
                        seeds = (ulong.Parse(ends[0], CultureInfo.InvariantCulture), ulong.Parse(ends[^1], CultureInfo.InvariantCulture));
                        break;
                    case "--faults":
                        faults = value switch { "all" => Faults.Kinds, "none" => [], _ => value.Split(',') };
                        _ = Faults.Of(faults);
                        break;
                    case "--window":
                        double[] part = [.. value.Split('-').Select(x => double.Parse(x, CultureInfo.InvariantCulture))];
                        window = part is [>= 0 and var a, <= 1 and var b] && a <= b ? (a, b) : throw new ArgumentException("A window is two numbers between 0 and 1, such as 0.25-0.5.");
                        break;
                    case "--days": days = int.Parse(value, CultureInfo.InvariantCulture) is var d and >= 1 ? d : throw new ArgumentException("At least one day."); break;
                    case "--threads": threads = int.Parse(value, CultureInfo.InvariantCulture) is var t and >= 1 ? t : throw new ArgumentException("At least one thread."); break;
                    case "--planted": planted = Enum.Parse<Planted>(value, ignoreCase: true); break;
                    case "--out": file = value; break;
                    case "--trace": trace = value; break;
                    default: throw new ArgumentException($"No option '{args[i]}'.");
                }
            }
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or OverflowException)
        {
            output.WriteLine(wrong.Message);
            return 2;
        }

        if (trace is not null)
        {
            using StreamWriter lines = new(trace);
            output.WriteLine(SeedResult.Of(new(seeds.From, faults, days, window.From, window.To, planted), lines.WriteLine).Violation ?? "Everything held.");
            return 0;
        }

        Script Of(ulong seed) => new(seed, faults, days, window.From, window.To, planted);
        int every = (int)Math.Clamp((seeds.To - seeds.From + 1) / 20, 1, 500);
        SeedsReport report = Seeds.Run(seeds.From, seeds.To, Of, threads, (done, result) =>
        {
            if (result.Violation is not null)
                output.WriteLine($"  seed {result.Script.Seed}: {result.Violation}");
            if (done % every == 0)
                output.WriteLine($"  {done} seeds");
        }, MostFailures);
        Say(report, seeds, output);
        foreach (SeedResult failed in report.Failed)
        {
            output.WriteLine($"Seed {failed.Script.Seed}: {failed.Violation}");
            Script small = Shrinking.Shrink(failed.Script, script => SeedResult.Of(script).Violation is not null);
            output.WriteLine($"  the least that fails: {SeedResult.Of(small).Violation?.Split('\n')[0]}\n  again: {small}");
        }
        if (file is not null)
            File.WriteAllText(file, Json(report, seeds).ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
        return report.Failed.Count == 0 ? 0 : 1;
    }

    private static void Say(SeedsReport report, (ulong From, ulong To) seeds, TextWriter output)
    {
        output.WriteLine($"Seeds {seeds.From}..{seeds.To}: {report.Seeds} played, {report.Failed.Count} with violations; {report.Total[Tally.Messages]:N0} messages, {report.FewestMessages:N0} in the quietest seed; "
            + $"{report.Wall.TotalSeconds:N0} s, {report.Processor.TotalSeconds:N0} s of processor");
        foreach ((string name, long count) in report.Total.Counts)
            output.WriteLine($"  {name,-24}{count,16:N0}");
        output.WriteLine($"  transitions made: {Coverage.Wanted.Count - report.Coverage.Missing.Count()} of {Coverage.Wanted.Count}");
        foreach (string missing in report.Coverage.Missing)
            output.WriteLine($"  never made: {missing}");
    }

    private static JsonObject Json(SeedsReport report, (ulong From, ulong To) seeds) => new()
    {
        ["from"] = seeds.From,
        ["to"] = seeds.To,
        ["seeds"] = report.Seeds,
        ["violations"] = report.Failed.Count,
        ["fewest_messages"] = report.FewestMessages,
        ["seconds"] = Math.Round(report.Wall.TotalSeconds, 1),
        ["processor_seconds"] = Math.Round(report.Processor.TotalSeconds, 1),
        ["counts"] = new JsonObject(report.Total.Counts.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value))),
        ["transitions"] = new JsonObject(report.Coverage.Seen.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value))),
        ["never_made"] = new JsonArray([.. report.Coverage.Missing.Select(m => JsonValue.Create(m))]),
        ["failed"] = new JsonArray([.. report.Failed.Select(f => (JsonNode)new JsonObject { ["seed"] = f.Script.Seed, ["violation"] = f.Violation })]),
    };
}
