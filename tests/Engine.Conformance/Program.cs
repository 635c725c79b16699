namespace Engine.Conformance;

/// <summary>Runs the tests; or measures calls; or prints simulated runs for comparison with those of another process.</summary>
public static class Program
{
    public const string PrintSimulation = "print-simulation";

    public const string MeasureCalls = "measure-calls";

    public static async Task<int> Main(string[] args)
    {
        if (args is [MeasureCalls])
        {
            await Measure.CallRate.PrintAsync();
            return 0;
        }
        if (args is [PrintSimulation, .. var seeds])
        {
            foreach (var seed in seeds)
                Console.WriteLine(Simulated.Town.Print(ulong.Parse(seed, System.Globalization.CultureInfo.InvariantCulture)));
            return 0;
        }
        return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }
}
