using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Dispatch.Sim.Push;
using Microsoft.Data.Sqlite;

namespace Dispatch.SystemTests.Outages;

/// <summary>
/// Storage fails under a live server and comes back: no success that is not true, health that says so, a coded answer in bounded time, and everything goes on by itself. Each lasts 8 s;
/// <c>DISPATCH_OUTAGE_SECONDS=60</c> makes it a minute.
/// </summary>
[Collection(RealProcesses.Name)]
public sealed class SqliteOutageTests : IAsyncLifetime
{
    private static readonly bool IsRoot = Environment.UserName == "root";
    private readonly string folder = Directory.CreateTempSubdirectory("dispatch-outage-").FullName;
    private int mounts;

    private string Database => Path.Combine(folder, "dispatch.db");

    private string[] Files => [Database, Database + "-wal", Database + "-shm"];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        while (mounts-- > 0)
            await Tool("umount", "-l", folder);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task DatabaseLockedByAnotherProcess()
    {
        await using OutageRun run = await OutageRun.Start(OutageRun.Command(folder));
        await using SqliteConnection other = await Beside();
        (await run.Through(() => Execute(other, "BEGIN IMMEDIATE"), () => Execute(other, "ROLLBACK"))).Verify("locked", "no_answer");
    }

    /// <summary>A file system of its own, filled to the last byte.</summary>
    [Fact]
    public async Task DiskFull()
    {
        await Mount("-t", "tmpfs", "-o", "size=32m", "dispatch-test", folder);
        await using OutageRun run = await OutageRun.Start(OutageRun.Command(folder));
        string filler = Path.Combine(folder, "filler");
        (await run.Through(() => Fill(filler), () => Task.Run(() => File.Delete(filler)))).Verify("disk_full", "no_answer");
    }

    /// <summary>The same without privileges: the process may not make any file longer than the log already is.</summary>
    [Fact]
    public async Task FilesThatMayNotGrow()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs prlimit of Linux");
        ServerCommand command = OutageRun.Command(folder) with { Under = ["bash", "-c", "trap '' XFSZ; exec \"$@\"", "server"] };
        await using OutageRun run = await OutageRun.Start(command);
        // Only the soft limit: who lowers it may raise it again.
        (await run.Through(
            () => Tool("prlimit", "--pid", $"{run.Server.Id}", string.Create(CultureInfo.InvariantCulture, $"--fsize={new FileInfo(Database + "-wal").Length}:")),
            () => Tool("prlimit", "--pid", $"{run.Server.Id}", "--fsize=unlimited:"))).Verify("disk_full", "io_error", "no_answer");
    }

    /// <summary>The files turn read-only; the server notices at the latest when it opens them anew, as after a lock that was held for too long.</summary>
    [Fact]
    public async Task FilesThatTurnReadOnly()
    {
        await using OutageRun run = await OutageRun.Start(OutageRun.Command(folder));
        SqliteConnection other = await Beside();
        (await run.Through(async () =>
        {
            // The lock is held already: a path that is read-only cannot be locked. The write that waits for it fails, and opens the files again as they are now.
            await Execute(other, "BEGIN IMMEDIATE");
            await MakeReadOnly();
            // Or the files have been opened anew between two looks.
            await OutageRun.Until("a write has failed for the lock", async () => await Unready(run) is "locked" or "read_only" or "unreachable");
            await Execute(other, "ROLLBACK");
            await other.DisposeAsync();
            await OutageRun.Until("the files are noticed", async () => await Unready(run) is "read_only" or "unreachable");
        }, MakeWritable)).Verify("read_only", "unreachable", "locked", "no_answer");
    }

    [Fact]
    public async Task ReadOnlyAtStart_EndsTheStartWithASentence_AndTheNextStartGoesThrough()
    {
        await (await OutageRun.Start(OutageRun.Command(folder))).DisposeAsync();
        await MakeReadOnly();
        await using (ServerProcess refused = ServerProcess.Begin(OutageRun.Command(folder)))
        {
            Assert.NotEqual(0, await refused.Ended(TimeSpan.FromSeconds(60)));
            Assert.Contains("cannot start", refused.Said, StringComparison.Ordinal);
            Assert.Contains(folder, refused.Said, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", refused.Said, StringComparison.Ordinal);
        }
        await MakeWritable();
        await (await OutageRun.Start(OutageRun.Command(folder))).DisposeAsync();
    }

    [Fact]
    public async Task NoFolderAtStart_IsMade()
    {
        string absent = Path.Combine(folder, "not", "there", "yet");
        await (await OutageRun.Start(OutageRun.Command(absent))).DisposeAsync();
        Assert.True(File.Exists(Path.Combine(absent, "dispatch.db")));
    }

    /// <summary>Why it is not ready; null where it is.</summary>
    private static async Task<string?> Unready(OutageRun run)
    {
        using HttpClient http = new() { BaseAddress = run.Server.Address };
        using HttpResponseMessage ready = await http.GetAsync("/health/ready");
        return ready.IsSuccessStatusCode ? null : JsonNode.Parse(await ready.Content.ReadAsStringAsync())!["facts"]!["reason"]!.GetValue<string>();
    }

    private async Task<SqliteConnection> Beside()
    {
        SqliteConnection connection = new($"Data Source={Database};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task Execute(SqliteConnection connection, string sql)
    {
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 60;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task Fill(string file)
    {
        byte[] block = new byte[64 * 1024];
        await using FileStream filler = new(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (int size = block.Length; size > 0;)
        {
            try
            {
                await filler.WriteAsync(block.AsMemory(0, size));
            }
            catch (IOException)
            {
                size /= 2; // there is less left than that
            }
        }
    }

    /// <summary>Nothing that is opened from here on can be written. Rights do not bind root, a read-only mount does.</summary>
    private Task MakeReadOnly() => IsRoot ? Mount("-o", "bind,ro", folder, folder) : Tool(["chmod", "a-w", folder, .. Files.Where(File.Exists)]);

    private Task MakeWritable()
    {
        if (!IsRoot)
            return Tool(["chmod", "u+w", folder, .. Files.Where(File.Exists)]);
        mounts--;
        return Tool("umount", "-l", folder);
    }

    private async Task Mount(params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && IsRoot, "mounting a file system needs root");
        try
        {
            await Tool(["mount", .. arguments]);
        }
        catch (InvalidOperationException refused) when (refused.Message.Contains("permission", StringComparison.OrdinalIgnoreCase))
        {
            Assert.Skip($"mounting is not allowed here: {refused.Message}");
        }
        mounts++;
    }

    private static async Task Tool(params string[] command)
    {
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, UseShellExecute = false })!;
        string complaint = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)}: {complaint}");
    }
}
