using System.CommandLine;
using System.Numerics;
using Dispatch.Instances;

namespace Dispatch.Bench;

/// <summary>
/// Runs a command so that a file that cannot be read ends it with a sentence and an exit code, and never with a stack trace.
/// </summary>
public static class CommandLineRun
{
    /// <summary>The exit code where an input file cannot be read, or a result cannot be written.</summary>
    public const int FileRefused = 2;

    /// <returns>0 where the command did its work; 1 where the command line is wrong or the command says so; <see
    /// cref="FileRefused"/>.</returns>
    public static int Of(Command root, IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
    {
        try
        {
            return root.Parse(arguments)
                .Invoke(
                    new InvocationConfiguration
                    {
                        EnableDefaultExceptionHandler = false,
                        Output = output,
                        Error = errors,
                    }
                );
        }
        catch (Exception refused) when (refused is InstanceFileException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"bench: {refused.Message}");
            return FileRefused;
        }
    }

    /// <summary>Refuses a value below the least, before anything is done.</summary>
    public static Option<T> AtLeast<T>(this Option<T> option, T least)
        where T : struct, INumber<T> => option.Between(least, null);

    /// <summary>Refuses a value outside a range, both ends included.</summary>
    public static Option<T> Between<T>(this Option<T> option, T least, T? most)
        where T : struct, INumber<T>
    {
        option.Validators.Add(result =>
        {
            T value = result.GetValueOrDefault<T>();
            if (!(value >= least && (most is not { } limit || value <= limit)))
                result.AddError(most is null ? $"{option.Name} is at least {least}." : $"{option.Name} is from {least} to {most}.");
        });
        return option;
    }
}
