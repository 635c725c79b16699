using System.Diagnostics;

namespace Dispatch.Sim.Chaos.Servers;

/// <summary>There is no PostgreSQL here to start.</summary>
public sealed class PostgresMissingException(string what) : Exception(what);

/// <summary>A PostgreSQL server of this run's own, from the programs installed here, in a temporary folder and on a local socket only. Durable as it comes: every commit is synced.</summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private readonly string programs;

    private PrivatePostgres(string programs, string folder) => (this.programs, Folder) = (programs, folder);

    public string Folder { get; }

    /// <summary>Leave the files behind for whoever looks into a failure.</summary>
    public bool Keep { get; set; }

    public string ConnectionString => $"Host={Folder};Username=dispatch;Database=dispatch;Command Timeout=10";

    /// <summary>The folder of the newest installed programs; null where there are none.</summary>
    public static string? FindPrograms() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max()
        : null;

    /// <exception cref="PostgresMissingException">It is not installed.</exception>
    public static async Task<PrivatePostgres> Start(string folder)
    {
        PrivatePostgres server = new(FindPrograms() ?? throw new PostgresMissingException("PostgreSQL is not installed (Debian package 'postgresql')."), folder);
        await Run("/bin/mkdir", "-m", "700", folder);
        await Run($"{server.programs}/initdb", "-D", $"{folder}/data", "-U", "dispatch", "-A", "trust", "-E", "UTF8", "--no-sync");
        await server.Start();
        await Run($"{server.programs}/createdb", "-h", folder, "-U", "dispatch", "dispatch");
        return server;
    }

    public Task Start() => Run($"{programs}/pg_ctl", "-D", $"{Folder}/data", "-w", "-l", $"{Folder}/log", "-o", $"-c listen_addresses='' -k {Folder}", "start");

    /// <summary>Fast: sessions are cut off and everything is written. Immediate: as in a crash, so that the next start recovers from the log.</summary>
    public Task Stop(Outage how) => Run($"{programs}/pg_ctl", "-D", $"{Folder}/data", "-m", how == Outage.Immediate ? "immediate" : "fast", "-w", "stop");

    /// <summary>What psql prints for a statement, without headings; null where the server takes no statements now.</summary>
    public async Task<string?> Ask(string sql)
    {
        (string? wrong, string said) = await Execute(true, $"{programs}/psql", "-h", Folder, "-U", "dispatch", "-d", "dispatch", "-v", "ON_ERROR_STOP=1", "-qtAc", sql);
        return wrong is null ? said.Trim() : null;
    }

    public async ValueTask DisposeAsync()
    {
        // Complains where it does not run any more, which is as well.
        await Try($"{programs}/pg_ctl", "-D", $"{Folder}/data", "-m", "immediate", "-w", "stop");
        if (!Keep)
            await Run("/bin/rm", "-rf", Folder);
    }

    private static async Task Run(params string[] command)
    {
        if (await Try(command) is { } wrong)
            throw new InvalidOperationException(wrong);
    }

    private static async Task<string?> Try(params string[] command) => (await Execute(false, command)).Wrong;

    /// <summary>Runs a program to its end, as the user of the server where this one is root, whom PostgreSQL refuses.</summary>
    /// <param name="reads">Whether what it says is wanted. A server that the program starts keeps the stream open for as long as it lives.</param>
    private static async Task<(string? Wrong, string Said)> Execute(bool reads, params string[] command)
    {
        string[] words = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--", .. command] : command;
        ProcessStartInfo start = new(words[0]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (string word in words.Skip(1))
            start.ArgumentList.Add(word);
        using Process process = Process.Start(start)!;
        (Task<string> said, Task<string> complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return process.ExitCode == 0
            ? (null, reads ? await said : "")
            : ($"{words[^1]} of {Path.GetFileName(command[0])}: {await complained}{await said}", "");
    }
}
