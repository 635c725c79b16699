using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Storage.Tests.Support;

namespace Storage.Tests.Processes;

/// <summary>
/// Killing a process does not show what a power cut would lose: what was written but not synced survives the one and not the other. So this looks at the
/// system calls: between writing a commit to the log and the acknowledgement of it there has to be a finished sync of the log.
/// </summary>
public sealed partial class SyncBeforeAcknowledgementTests : IAsyncLifetime
{
    private const int Writes = 40;
    private readonly TestFile _file = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task EveryAcknowledgement_FollowsAFinishedSyncOfTheLog()
    {
        await _file.Open().DisposeAsync();
        var trace = Path.Combine(Path.GetDirectoryName(_file.Path)!, "trace");
        await RunTraced(trace);
        var (syncs, unsynced, acknowledgements, folderSynced) = (0, false, 0, false);
        var sinceLast = 0;
        var logSyncing = new HashSet<string>();
        foreach (var line in await File.ReadAllLinesAsync(trace))
        {
            var thread = line.Split(' ')[0];
            if (LogWrite().IsMatch(line))
            {
                unsynced = true;
                sinceLast++;
            }
            else if (LogSyncBegun().IsMatch(line))
            {
                logSyncing.Add(thread);
            }
            else if (LogSync().IsMatch(line) || (SyncResumed().IsMatch(line) && logSyncing.Remove(thread)))
            {
                unsynced = false;
                syncs++;
            }
            else if (FolderSync().IsMatch(line))
            {
                folderSynced = true;
            }
            else if (Acknowledgement().IsMatch(line))
            {
                acknowledgements++;
                Assert.True(sinceLast > 0, $"acknowledgement {acknowledgements} follows a write to the log");
                Assert.False(unsynced, $"acknowledgement {acknowledgements} came before the sync of what it acknowledges");
                Assert.True(folderSynced, "the name of the log is on the disk as well");
                sinceLast = 0;
            }
        }
        Assert.Equal(Writes, acknowledgements);
        Assert.True(syncs >= Writes, $"{syncs} syncs for {Writes} serial writes");
    }

    private async Task RunTraced(string trace)
    {
        Process child;
        try
        {
            child = ChildProgram.Start(_file.Path, 1, Writes, "strace", "-f", "-y", "-s", "16", "-e", "trace=pwrite64,fsync,fdatasync,write", "-o", trace);
        }
        catch (Win32Exception)
        {
            Assert.Skip("strace is not installed");
            return;
        }
        using (child)
        {
            var said = await child.StandardError.ReadToEndAsync().Within("the traced child ends");
            await child.WaitForExitAsync();
            Assert.SkipWhen(child.ExitCode != 0 && said.Contains("ptrace", StringComparison.OrdinalIgnoreCase), "tracing is not allowed here");
            Assert.True(child.ExitCode == 0, said);
        }
    }

    // A call that another thread's interrupts is shown as two lines; a write counts from its first, a sync from its last.
    [GeneratedRegex(@"pwrite64\(\d+<[^>]*dispatch\.db-wal>")]
    private static partial Regex LogWrite();

    [GeneratedRegex(@"f(data)?sync\(\d+<[^>]*dispatch\.db-wal>\) += 0")]
    private static partial Regex LogSync();

    [GeneratedRegex(@"f(data)?sync\(\d+<[^>]*dispatch\.db-wal> <unfinished")]
    private static partial Regex LogSyncBegun();

    [GeneratedRegex(@"<\.\.\. f(data)?sync resumed>\) += 0")]
    private static partial Regex SyncResumed();

    [GeneratedRegex(@"f(data)?sync\(\d+<[^>]*/data>\) += 0")]
    private static partial Regex FolderSync();

    [GeneratedRegex(@"write\(\d+<[^>]*>, ""0 \d+\\n""")]
    private static partial Regex Acknowledgement();
}
