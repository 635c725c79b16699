using System.Diagnostics;
using Dispatch.Tests.Shared;

namespace Dispatch.Grains.Tests.LostReplies;

/// <summary>The retries of <see cref="LostReplyTests"/> as a command: prints what was done and found, and fails with what was not as promised.</summary>
public static class RetryProgram
{
    public const string Verb = "retry-commands";

    public static async Task<int> Run(int commands, bool postgres)
    {
        PostgresServer server = new();
        if (postgres)
            await server.InitializeAsync();
        try
        {
            long started = Stopwatch.GetTimestamp();
            await using DispatchSilo silo = postgres ? new PostgresSilo(server) : new SqliteSilo();
            RetryFigures figures = await RetriedCommands.Run(silo, commands, keepsKeys: true);
            Console.WriteLine($"{(postgres ? "postgres" : "sqlite")}: {figures}, {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
            return figures.Faults == 0 ? 0 : 1;
        }
        finally
        {
            if (postgres)
                await server.DisposeAsync();
        }
    }
}
