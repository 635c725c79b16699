using System.Diagnostics;

namespace Storage.Tests.Processes;

/// <summary>What is different about a child.</summary>
[Flags]
internal enum ChildTraits
{
    None = 0,

    /// <summary>It keeps beside each file what a disk without power would hold of it: see <see cref="ForgetfulDisk"/>.</summary>
    ForgetfulDisk = 1,

    /// <summary>Planted: its commits do not wait for the disk.</summary>
    Unsynced = 2,
}

/// <summary>Starts this very program in its other use.</summary>
internal static class ChildProgram
{
    private static string Executable => Path.ChangeExtension(typeof(ChildProgram).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null)!.TrimEnd('.');

    public static Process Start(string file, int loops, int writes, ChildTraits traits = ChildTraits.None, params string[] under)
    {
        string[] command = [.. under, Executable, WriterProcess.Verb, file, $"{loops}", $"{writes}", traits.ToString()];
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in command.Skip(1))
            start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException("the child did not start");
    }
}
