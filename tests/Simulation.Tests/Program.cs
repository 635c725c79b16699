using Dispatch.Simulation.Tests;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// One program, two uses: the tests, and the run of as many seeds as asked for.
if (args is [SimulateCommand.Verb, ..])
    return SimulateCommand.Run(args[1..], Console.Out);
return args.Contains("--server") || args.Contains("--internal-msbuild-node")
    ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await ConsoleRunner.Run(args);
