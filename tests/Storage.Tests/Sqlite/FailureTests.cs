using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage;
using Dispatch.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Storage.Tests.Support;

namespace Storage.Tests.Sqlite;

public sealed class FailureTests : IAsyncLifetime
{
    private readonly TestFile _file = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task AFailingWriteInABatch_FailsAloneAndLeavesNoTrace()
    {
        var database = _file.Open(options => options.MaxBatchMilliseconds = 10_000);
        await database.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, part INTEGER)");
        using var held = await WriterHeld.By(database);
        var before = database.Figures.Commits;
        var writes = Enumerable.Range(0, 100).Select(id => database.Write((connection, transaction) =>
        {
            Steps.Run(connection, transaction, $"INSERT INTO t VALUES ({id * 2}, 1)");
            if (id % 10 == 3)
                throw new InvalidOperationException($"work {id}");
            return Steps.Run(connection, transaction, $"INSERT INTO t VALUES ({id * 2 + 1}, 2)");
        })).ToArray();
        var twice = database.Execute("INSERT INTO t VALUES (0, 9)");
        await held.Release();

        for (var id = 0; id < writes.Length; id++)
        {
            if (id % 10 == 3)
                Assert.Equal($"work {id}", (await Assert.ThrowsAsync<InvalidOperationException>(() => writes[id].Within("a failing write"))).Message);
            else
                Assert.Equal(1, await writes[id].Within("a write beside a failing one"));
        }
        Assert.Equal(SQLitePCL.raw.SQLITE_CONSTRAINT, (await Assert.ThrowsAsync<SqliteException>(() => twice.Within("a double key"))).SqliteErrorCode);
        Assert.Equal(1, database.Figures.Commits - before);
        Assert.Equal(180, await database.Count("SELECT COUNT(*) FROM t"));
        Assert.Equal(0, await database.Count("SELECT COUNT(*) FROM t WHERE (id / 2) % 10 = 3"));
    }

    [Fact]
    public async Task AFailedCommit_IsNobodysSuccessAndTheNextWriteGoesThrough()
    {
        var database = _file.Open(options => options.MaxBatchMilliseconds = 10_000);
        await database.Execute("CREATE TABLE parent (id INTEGER PRIMARY KEY); CREATE TABLE child (id INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");
        using var held = await WriterHeld.By(database);
        // A deferred reference that leads nowhere is noticed by COMMIT and not before.
        Task<int>[] writes = [database.Execute("INSERT INTO parent VALUES (1)"), database.Execute("INSERT INTO child VALUES (99)"), database.Execute("INSERT INTO parent VALUES (2)")];
        var release = Assert.ThrowsAsync<StorageUnavailableException>(held.Release);

        foreach (var write in writes)
            await Assert.ThrowsAsync<StorageUnavailableException>(() => write.Within("a write of the failed commit"));
        await release;
        Assert.Equal(1, database.Figures.FailedCommits);
        Assert.Equal(0, await database.Count("SELECT (SELECT COUNT(*) FROM parent) + (SELECT COUNT(*) FROM child)"));
        Assert.Equal(1, await database.Execute("INSERT INTO parent VALUES (3)").Within("a write after the failed commit"));
        Assert.Equal(1, await database.Count("SELECT COUNT(*) FROM parent"));
    }

    [Fact]
    public async Task WorkThatEndsTheSharedTransaction_IsFoundOutAndHarmsNoLaterWrite()
    {
        var database = _file.Open(options => options.MaxBatchMilliseconds = 10_000);
        await database.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        await Assert.ThrowsAsync<StorageUnavailableException>(() => database.Execute("ROLLBACK").Within("the rogue work"));
        Assert.Equal(1, await database.Execute("INSERT INTO t VALUES (2)").Within("a later write"));
    }

    [Fact]
    public async Task AFullDisk_IsReportedAndWritingRecovers()
    {
        var database = _file.Open();
        await database.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, filler TEXT)");
        await database.Execute("INSERT INTO t VALUES (0, 'before')");
        // The engine's own bound on the file stands in for a full disk: the same error by the same path.
        var pages = await database.Write((connection, _) => Steps.Number(connection, "PRAGMA page_count"));
        await database.Write((connection, _) => Steps.Number(connection, $"PRAGMA max_page_count = {pages + 2}"));

        var full = Enumerable.Range(1, 20).Select(id => database.Execute($"INSERT INTO t VALUES ({id}, '{new string('x', 5000)}')")).ToArray();
        var outcomes = await Task.WhenAll(full.Select(async write =>
        {
            try
            {
                await write.Within("a write to the full disk");
                return true;
            }
            catch (StorageUnavailableException)
            {
                return false;
            }
        }));
        Assert.Contains(false, outcomes);
        // What was acknowledged is there, what was refused is not.
        Assert.Equal(1 + outcomes.Count(written => written), await database.Count("SELECT COUNT(*) FROM t"));

        await database.Write((connection, _) => Steps.Number(connection, "PRAGMA max_page_count = 1000000"));
        Assert.Equal(1, await database.Execute($"INSERT INTO t VALUES (100, '{new string('x', 5000)}')").Within("a write with room again"));
        Assert.Null(await database.Probe());
    }

    [Fact]
    public async Task AReadOnlyDatabase_IsUnavailableAndSaysSoWhenProbed()
    {
        var database = _file.Open();
        await database.Execute("CREATE TABLE t (id INTEGER)");
        await database.Execute("PRAGMA query_only = 1");
        Assert.Equal("read_only", (await database.Probe())?.Reason);
        // The writer has opened the file anew, which ends what was only this connection's trouble.
        Assert.Null(await database.Probe());

        await database.Execute("PRAGMA query_only = 1");
        await Assert.ThrowsAsync<StorageUnavailableException>(() => database.Execute("INSERT INTO t VALUES (1)").Within("a write to a read-only database"));
        Assert.Equal(1, await database.Execute("INSERT INTO t VALUES (2)").Within("a write after it"));
        Assert.Equal(2, await database.Count("SELECT SUM(id) FROM t"));
    }

    [Fact]
    public async Task ADatabaseLockedByAnotherProcess_FailsEveryWaitingWriteAndRecovers()
    {
        var database = _file.Open(options => options.BusyTimeoutMilliseconds = 20);
        await database.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        using (var other = _file.OpenBeside())
        {
            Steps.Run(other, null, "BEGIN IMMEDIATE");
            var writes = Enumerable.Range(0, 50).Select(id => database.Execute($"INSERT INTO t VALUES ({id})")).ToArray();
            foreach (var write in writes)
                await Assert.ThrowsAsync<StorageUnavailableException>(() => write.Within("a write to the locked database"));
            Assert.Equal("locked", (await database.Probe())?.Reason);
            Steps.Run(other, null, "ROLLBACK");
        }
        Assert.Equal(1, await database.Execute("INSERT INTO t VALUES (1)").Within("a write after the lock"));
        Assert.Equal(1, await database.Count("SELECT COUNT(*) FROM t"));
    }

    /// <summary>Finding out takes as long as waiting for the lock; who asks meanwhile hears what it was the last time.</summary>
    [Fact]
    public async Task AProbeThatIsLessPatientThanTheLock_StillNamesTheReason()
    {
        var database = _file.Open(options => (options.BusyTimeoutMilliseconds, options.ProbeTimeoutMilliseconds) = (3_000, 1_000));
        await database.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        using var other = _file.OpenBeside();
        Steps.Run(other, null, "BEGIN IMMEDIATE");
        Assert.Equal("no_answer", (await database.Probe())?.Reason);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => database.Execute("INSERT INTO t VALUES (1)").Within("a write to the locked database"));
        Assert.Equal("locked", (await database.Probe())?.Reason);
        Steps.Run(other, null, "ROLLBACK");
        Assert.Equal(1, await database.Execute("INSERT INTO t VALUES (2)").Within("a write after the lock"));
        Assert.Null(await database.Probe());
    }

    [Fact]
    public async Task AWriterThatIsStuck_IsReportedByTheProbe()
    {
        var database = _file.Open(options => options.ProbeTimeoutMilliseconds = 50);
        using var held = await WriterHeld.By(database);
        Assert.Equal("no_answer", (await database.Probe())?.Reason);
        await held.Release();
        await Steps.Until(() => database.Figures.Queued == 0, "the queue is empty");
        var answers = new List<WriteFault?>();
        await Steps.Until(() =>
        {
            answers.Add(database.Probe().GetAwaiter().GetResult());
            return answers[^1] is null;
        }, "the probe goes through again");
    }

    [Fact]
    public async Task AReadThatFails_LeavesTheReadersWorking()
    {
        var database = _file.Open(options => options.ReadConnections = 1);
        await Assert.ThrowsAsync<SqliteException>(() => database.Count("SELECT * FROM nowhere"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.Read<int>(_ => throw new InvalidOperationException()));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => database.Read(connection => Steps.Run(connection, null, "DELETE FROM audit")));
        Assert.Equal(0, await database.Count("SELECT COUNT(*) FROM audit"));
    }

    [Fact]
    public async Task ARead_SeesOneCommittedStateThroughout()
    {
        var database = _file.Open();
        await database.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        using var firstSeen = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var read = database.Read(connection =>
        {
            var first = Steps.Number(connection, "SELECT COUNT(*) FROM t");
            firstSeen.Set();
            return goOn.Wait(Steps.Patience) ? (first, Steps.Number(connection, "SELECT COUNT(*) FROM t")) : (-1, -1);
        });
        await Steps.Until(() => firstSeen.IsSet, "the reader has looked once");
        await database.Execute("INSERT INTO t VALUES (1)").Within("a write beside the reader");
        goOn.Set();
        Assert.Equal((0, 0), await read.Within("the reader"));
        Assert.Equal(1, await database.Count("SELECT COUNT(*) FROM t"));
    }

    [Fact]
    public void AFolderThatCannotBeMade_StopsTheStart()
    {
        var options = new SqliteStorageOptions { Path = "/proc/nowhere/dispatch.db" };
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs /proc");
        Assert.Throws<StorageUnavailableException>(() => new SqliteDatabase(options, TimeProvider.System));
    }
}
