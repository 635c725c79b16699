using System.CommandLine;
using System.Globalization;

namespace Dispatch.Bench.Generation;

/// <summary><c>generate-trsp</c>: write an instance of our own in the benchmark's format.</summary>
public static class GenerateTrspCommand
{
    public static Command Create()
    {
        var technicians = new Option<int>("--technicians") { Description = "Crew size", DefaultValueFactory = _ => 8 };
        var requests = new Option<int>("--requests") { Description = "Requests", DefaultValueFactory = _ => 24 };
        var horizon = new Option<int>("--horizon") { Description = "Length of the shifts, 250 or more", DefaultValueFactory = _ => 300 };
        var width = new Option<int>("--window-width") { Description = "Width of the requests' windows", DefaultValueFactory = _ => 60 };
        var percent = new Option<int>("--dynamic")
        {
            Description = "Percent of the requests revealed during the day, in a file NAME_rd_P.txt",
            DefaultValueFactory = _ => 50,
        };
        var seed = new Option<int>("--seed") { Description = "Source of chance", DefaultValueFactory = _ => 1 };
        var name = new Option<string>("--name") { Description = "Name of instance and file", Required = true };
        var output = new Option<string>("--out") { Description = "Folder", Required = true };
        technicians.AtLeast(1);
        requests.AtLeast(1);
        horizon.Between(TrspGenerator.LeastHorizon, 10_000);
        width.AtLeast(0);
        percent.Between(0, 100);
        var command = new Command("generate-trsp", "Writes a technician routing instance and its release times.")
        {
            technicians, requests, horizon, width, percent, seed, name, output,
        };
        command.SetAction(parsed =>
        {
            if (TrspGenerator.WidestWindow(parsed.GetValue(horizon)) is var widest && parsed.GetValue(width) > widest)
            {
                parsed.InvocationConfiguration.Error.WriteLine($"--window-width is at most {widest} on this horizon.");
                return 1;
            }

            var generator = new TrspGenerator(
                parsed.GetValue(technicians),
                parsed.GetValue(requests),
                parsed.GetValue(horizon),
                parsed.GetValue(width),
                parsed.GetValue(seed)
            );
            var instance = generator.Make(parsed.GetRequiredValue(name));
            var folder = Directory.CreateDirectory(parsed.GetRequiredValue(output)).FullName;
            var share = parsed.GetValue(percent);
            File.WriteAllText(Path.Combine(folder, instance.Name + ".txt"), TrspGenerator.Write(instance));
            File.WriteAllText(
                Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{instance.Name}_rd_{share}.txt")),
                TrspGenerator.Write(instance, generator.Releases(instance, share)));
            return 0;
        });
        return command;
    }
}
