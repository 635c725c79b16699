using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Storage.Tests.Support;

namespace Storage.Tests.Processes;

/// <summary>
/// Killing a process does not show what a power cut would lose: what was written but not synced survives the one and not the other. So this looks at the
/// system calls: between writing a commit to the log and the acknowledgement of it there has to be a finished sync of the log. Where they cannot be traced, this
/// is skipped and <see cref="PowerCutTests"/> still shows it.
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
        var found = await Trace(ChildTraits.None);
        Assert.Equal(Writes, found.Acknowledgements);
        Assert.Equal(0, found.BeforeTheirWrite);
        Assert.Equal(0, found.BeforeTheirSync);
        Assert.Equal(0, found.BeforeTheNameOfTheLog);
        Assert.True(found.Syncs >= Writes, $"{found.Syncs} syncs for {Writes} serial writes");
    }

    /// <summary>The counterpart: a writer that does not wait for the disk is found out at every acknowledgement.</summary>
    [Fact]
    public async Task AWriterThatDoesNotWaitForTheDisk_IsFoundOut()
    {
        var found = await Trace(ChildTraits.Unsynced);
        Assert.Equal(Writes, found.Acknowledgements);
        Assert.Equal(Writes, found.BeforeTheirSync);
    }

    /// <summary>How many acknowledgements there were, and how many came before what they promise.</summary>
    private sealed record Order(int Acknowledgements, int Syncs, int BeforeTheirWrite, int BeforeTheirSync, int BeforeTheNameOfTheLog);

    private async Task<Order> Trace(ChildTraits traits)
    {
        await _file.Open().DisposeAsync();
        var trace = Path.Combine(Path.GetDirectoryName(_file.Path)!, "trace");
        await RunTraced(trace, traits);
        var (unsynced, folderSynced, written) = (false, false, 0);
        var found = new Order(0, 0, 0, 0, 0);
        var logSyncing = new HashSet<string>();
        foreach (var line in await File.ReadAllLinesAsync(trace))
        {
            var thread = line.Split(' ')[0];
            if (LogWrite().IsMatch(line))
            {
                unsynced = true;
                written++;
            }
            else if (LogSyncBegun().IsMatch(line))
            {
                logSyncing.Add(thread);
            }
            else if (LogSync().IsMatch(line) || (SyncResumed().IsMatch(line) && logSyncing.Remove(thread)))
            {
                unsynced = false;
                found = found with { Syncs = found.Syncs + 1 };
            }
            else if (FolderSync().IsMatch(line))
            {
                folderSynced = true;
            }
            else if (Acknowledgement().IsMatch(line))
            {
                found = found with
                {
                    Acknowledgements = found.Acknowledgements + 1,
                    BeforeTheirWrite = found.BeforeTheirWrite + (written == 0 ? 1 : 0),
                    BeforeTheirSync = found.BeforeTheirSync + (unsynced ? 1 : 0),
                    BeforeTheNameOfTheLog = found.BeforeTheNameOfTheLog + (folderSynced ? 0 : 1),
                };
                written = 0;
            }
        }
        return found;
    }

    private async Task RunTraced(string trace, ChildTraits traits)
    {
        Process child;
        try
        {
            child = ChildProgram.Start(_file.Path, 1, Writes, traits, "strace", "-f", "-y", "-s", "16", "-e", "trace=pwrite64,fsync,fdatasync,write", "-o", trace);
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
