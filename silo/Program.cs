using Dispatch.Silo;
using Dispatch.Silo.Hosting;

try
{
    await DispatchHost.Build(args).RunAsync();
    return Environment.ExitCode;
}
catch (Exception failure) when (StartFailure.Find(failure) is { } sentence)
{
    await Console.Error.WriteLineAsync($"dispatch: cannot start: {sentence}");
    return 1;
}
