using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage;
using Storage.Tests.Support;

namespace Storage.Tests.Sqlite;

public sealed class GroupCommitTests : IAsyncLifetime
{
    private readonly TestFile _file = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task WritesThatWaitTogether_ShareOneCommit()
    {
        var database = _file.Open(options => options.MaxBatchMilliseconds = 10_000);
        await database.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        using var held = await WriterHeld.By(database);
        var before = database.Figures;
        var writes = Enumerable.Range(0, 500).Select(id => database.Execute($"INSERT INTO t VALUES ({id})")).ToArray();
        await held.Release();
        await Task.WhenAll(writes).Within("500 writes are answered");

        var after = database.Figures;
        Assert.Equal(501, after.Writes - before.Writes);
        Assert.Equal(1, after.Commits - before.Commits);
        Assert.Equal(501, after.LargestBatch);
        Assert.Equal(500, await database.Count("SELECT COUNT(*) FROM t"));
    }

    [Fact]
    public async Task ABatch_TakesNoMoreThanItsBound()
    {
        var database = _file.Open(options => (options.MaxBatchItems, options.MaxBatchMilliseconds) = (100, 10_000));
        await database.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        using var held = await WriterHeld.By(database);
        var before = database.Figures.Commits;
        var writes = Enumerable.Range(0, 999).Select(id => database.Execute($"INSERT INTO t VALUES ({id})")).ToArray();
        await held.Release();
        await Task.WhenAll(writes).Within("999 writes are answered");

        Assert.Equal(10, database.Figures.Commits - before);
        Assert.Equal(100, database.Figures.LargestBatch);
    }

    [Fact]
    public async Task NobodyIsAnswered_BeforeTheCommit()
    {
        var database = _file.Open(options => options.MaxBatchMilliseconds = 10_000);
        await database.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        using var held = await WriterHeld.By(database);
        var early = database.Execute("INSERT INTO t VALUES (1)");
        using var laterIsRunning = new ManualResetEventSlim();
        using var laterMayEnd = new ManualResetEventSlim();
        var later = database.Write((_, _) =>
        {
            laterIsRunning.Set();
            return laterMayEnd.Wait(Steps.Patience);
        });
        var release = held.Release();
        await Steps.Until(() => laterIsRunning.IsSet, "the last work of the batch is running");

        // The early write has been executed, but its batch is not committed: nobody may know, and no reader may see it.
        Assert.False(early.IsCompleted);
        Assert.Equal(0, await database.Count("SELECT COUNT(*) FROM t"));
        laterMayEnd.Set();
        Assert.Equal(1, await early.Within("the early write"));
        Assert.True(await later.Within("the later write"));
        await release;
        Assert.Equal(1, await database.Count("SELECT COUNT(*) FROM t"));
    }

    [Fact]
    public async Task AFullQueue_HoldsCallersBackAndLosesNone()
    {
        var database = _file.Open(options => options.WriteQueueCapacity = 8);
        await database.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        using var held = await WriterHeld.By(database);
        var writes = Enumerable.Range(0, 200).Select(id => database.Execute($"INSERT INTO t VALUES ({id})")).ToArray();
        Assert.Equal(8, database.Figures.Queued);
        Assert.All(writes, write => Assert.False(write.IsCompleted));

        await held.Release();
        await Task.WhenAll(writes).Within("200 writes through a queue of 8");
        Assert.Equal(200, await database.Count("SELECT COUNT(*) FROM t"));
    }

    [Fact]
    public async Task AWriteCancelledWhileItWaits_IsNotDone()
    {
        var database = _file.Open(options => options.WriteQueueCapacity = 1);
        using var held = await WriterHeld.By(database);
        using var cancelled = new CancellationTokenSource();
        var queued = database.Write((_, _) => 1, cancelled.Token);
        var waiting = database.Write((_, _) => 2, cancelled.Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Within("the write without room"));
        await held.Release();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued.Within("the queued write"));
        Assert.Equal(3, await database.Write((_, _) => 3).Within("a write after the cancelled ones"));
    }

    [Fact]
    public async Task Closing_FinishesWhatIsQueuedAndRefusesMore()
    {
        var database = _file.Open();
        await database.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        Task<int>[] writes;
        using (var held = await WriterHeld.By(database))
        {
            writes = [.. Enumerable.Range(0, 300).Select(id => database.Execute($"INSERT INTO t VALUES ({id})"))];
            var closing = database.DisposeAsync().AsTask();
            await Assert.ThrowsAsync<StorageUnavailableException>(() => database.Execute("INSERT INTO t VALUES (1000)").Within("a write after closing"));
            await held.Release();
            await closing.WaitAsync(Steps.Patience);
        }
        Assert.All(writes, write => Assert.True(write.IsCompletedSuccessfully));
        Assert.False(File.Exists(_file.Path + "-wal"), "closing moves the log into the file");
        Assert.Equal(300, await _file.Open().Count("SELECT COUNT(*) FROM t"));
    }

    [Fact]
    public async Task Writes_AreNotHeldUpByAStarvedThreadPool()
    {
        var database = _file.Open();
        await database.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        ThreadPool.GetMinThreads(out var least, out _);
        using var release = new ManualResetEventSlim();
        var blockers = Enumerable.Range(0, least * 4).Select(_ => Task.Run(() => release.Wait(Steps.Patience))).ToArray();
        try
        {
            // Waiting on a thread that is not the pool's, for answers that need no thread of the pool's.
            var done = 0L;
            var thread = new Thread(() =>
            {
                var writes = Enumerable.Range(0, 100).Select(id => database.Execute($"INSERT INTO t VALUES ({id})")).ToArray();
                done = Task.WaitAll(writes, Steps.Patience) ? writes.Length : -1;
            });
            thread.Start();
            Assert.True(thread.Join(Steps.Patience), "100 writes are answered while the pool is full");
            Assert.Equal(100, done);
        }
        finally
        {
            release.Set();
        }
        Assert.All(await Task.WhenAll(blockers), Assert.True);
    }
}
