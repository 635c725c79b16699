using System.Diagnostics;
using Npgsql;

namespace Dispatch.Tests.Shared;

/// <summary>
/// A PostgreSQL server for the tests: the one named by <c>DISPATCH_TEST_POSTGRES</c> (a connection string whose user may create databases), or one started
/// from the programs installed here, in a temporary folder and on a local socket only. Where there is neither, the tests that need it are skipped.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly Dictionary<string, int> _databases = [];
    private static int _servers;
    private string? _connectionString, _folder, _programs, _missing;

    public async ValueTask InitializeAsync()
    {
        _connectionString = Environment.GetEnvironmentVariable("DISPATCH_TEST_POSTGRES");
        if (_connectionString is not null)
            return;
        _programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max()
            : null;
        if (_programs is null)
        {
            _missing = "PostgreSQL is not installed and DISPATCH_TEST_POSTGRES is not set";
            return;
        }
        _folder = $"{Path.GetTempPath().TrimEnd('/')}/dispatch-postgres-{Environment.ProcessId}-{Interlocked.Increment(ref _servers)}";
        _missing = await Run("/bin/mkdir", "-m", "700", _folder)
            ?? await Run($"{_programs}/initdb", "-D", $"{_folder}/data", "-U", "dispatch", "-A", "trust", "-E", "UTF8", "--no-sync")
            ?? await StartProgram();
        _connectionString = $"Host={_folder};Username=dispatch;Database=postgres";
    }

    /// <summary>Why this server cannot be stopped and started by a test, or null.</summary>
    public string? CannotStop => _missing ?? (_folder is null ? "DISPATCH_TEST_POSTGRES names a server that is not ours to stop" : null);

    /// <summary>Ends it at once, open connections and all, as a failing machine would.</summary>
    public async Task Stop() => Must(await Run($"{_programs}/pg_ctl", "-D", $"{_folder}/data", "-m", "immediate", "-w", "stop"));

    public async Task Start() => Must(await StartProgram());

    private Task<string?> StartProgram() =>
        Run($"{_programs}/pg_ctl", "-D", $"{_folder}/data", "-w", "-l", $"{_folder}/log", "-o", $"-c listen_addresses='' -k {_folder}", "start");

    private static void Must(string? fault)
    {
        if (fault is not null)
            throw new InvalidOperationException(fault);
    }

    /// <summary>The connection string of a new, empty database.</summary>
    public async Task<string> NewDatabase()
    {
        Assert.SkipWhen(_missing is not null, _missing ?? "");
        string name;
        lock (_databases)
        {
            name = $"dispatch_test_{Environment.ProcessId}_{_databases.Count}";
            _databases.Add(name, _databases.Count);
        }
        await Administer($"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(_connectionString!) { Database = name }.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_folder is null)
        {
            foreach (var name in _databases.Keys)
                await Administer($"DROP DATABASE {name} WITH (FORCE)");
            return;
        }
        if (_missing is null)
            await Run($"{_programs}/pg_ctl", "-D", $"{_folder}/data", "-m", "immediate", "-w", "stop");
        await Run("/bin/rm", "-rf", _folder);
    }

    private async Task Administer(string sql)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Runs a program to its end, as the user of the server where this one is root, whom PostgreSQL refuses. Null or what went wrong.</summary>
    private static async Task<string?> Run(params string[] command)
    {
        string[] words = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--", .. command] : command;
        var start = new ProcessStartInfo(words[0]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var word in words.Skip(1))
            start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        // The server keeps these streams open, so wait for the program and not for their end.
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return process.ExitCode == 0 ? null : $"{words[^1]} of {Path.GetFileName(command[0])}: {await complained}{await said}";
    }
}
