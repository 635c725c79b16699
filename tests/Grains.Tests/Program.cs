using System.Globalization;
using Dispatch.Grains.Tests.LostReplies;
using Xunit.Runner.InProc.SystemConsole;

// Two uses: the tests, and the same retries in any number, for instance 'dotnet run -c Release --project tests/Grains.Tests -- retry-commands 100000 sqlite'.
return args is [RetryProgram.Verb, var commands, .. var stores]
    ? await RetryProgram.Run(int.Parse(commands, CultureInfo.InvariantCulture), stores is ["postgres"])
    : await ConsoleRunner.Run(args);
