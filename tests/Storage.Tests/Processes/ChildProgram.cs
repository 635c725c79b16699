using System.Diagnostics;

namespace Storage.Tests.Processes;

/// <summary>Starts this very program in its other use.</summary>
internal static class ChildProgram
{
    private static string Executable => Path.ChangeExtension(typeof(ChildProgram).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null)!.TrimEnd('.');

    public static Process Start(string file, int loops, int writes, params string[] under)
    {
        string[] command = [.. under, Executable, WriterProcess.Verb, file, $"{loops}", $"{writes}"];
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in command.Skip(1))
            start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException("the child did not start");
    }
}
