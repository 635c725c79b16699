using System.Data.Common;
using System.Globalization;
using Dispatch.Domain;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage.Postgres;
using Dispatch.Tests.Shared;
using Npgsql;

namespace Storage.Tests.Postgres;

/// <summary>A process that is frozen in the middle of its work keeps the locks it has; the server has to take them away.</summary>
public sealed class SilentWriterTests(PostgresServer server) : IAsyncLifetime
{
    private const int LockSeconds = 1;

    private readonly PostgresHosts _hosts = new(server);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;
    public ValueTask DisposeAsync() => _hosts.DisposeAsync();

    private static FeedAppend Append(long number) => new(
        new TenantId("main"), "job:main/job_a", [new FeedEntry(number, "job.queued", DateTimeOffset.UnixEpoch, "{}", ["zone/zone_a"])],
        new ViewRow("job", "job_a", "zone_a", "queued", true, null, DateTimeOffset.UnixEpoch, number, "{}", ""));

    [Fact]
    public async Task LockOfASilentTransaction_LastsNoLongerThanTheServerLetsIt()
    {
        var (silent, other) = (await _hosts.Open(LockSeconds), await _hosts.Open(LockSeconds));
        var feed = new PostgresFeedStore(other);
        await feed.Append(Append(1));
        await using var frozen = await _hosts.PoolsOf(silent).Main.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await frozen.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var hold = new NpgsqlCommand("SELECT seq FROM stream_head WHERE stream = 'zone/zone_a' FOR UPDATE", frozen, transaction);
        await hold.ExecuteScalarAsync(TestContext.Current.CancellationToken);

        var since = TimeProvider.System.GetTimestamp();
        var events = await Retried(() => feed.Append(Append(2)));
        Assert.Equal(2, Assert.Single(events).Seq);
        // The limit, once for the one who waits and once for the one who is silent, on a machine that does much else.
        Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(10 * LockSeconds));
        await Assert.ThrowsAnyAsync<Exception>(() => transaction.CommitAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>
    /// What waits for a lock is told that the store does not answer, which may be tried again, and not that the program is wrong.
    /// </summary>
    [Fact]
    public async Task WaitForALock_EndsAsAStoreThatDoesNotAnswer()
    {
        var (silent, other) = (await _hosts.Open(60), await _hosts.Open(LockSeconds));
        var feed = new PostgresFeedStore(other);
        await feed.Append(Append(1));
        await using var frozen = await _hosts.PoolsOf(silent).Main.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await frozen.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var hold = new NpgsqlCommand("SELECT seq FROM stream_head WHERE stream = 'zone/zone_a' FOR UPDATE", frozen, transaction);
        await hold.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => feed.Append(Append(2)));
    }

    /// <summary>
    /// An append and a probe hold their locks only while the server works on them, so a client that stops cannot keep them.
    /// </summary>
    [Fact]
    public async Task AppendsAndProbes_AreCommittedByTheServerAlone()
    {
        var database = await _hosts.Open(LockSeconds);
        Assert.Equal("idle", await database.Execute(connection =>
        {
            var process = Ask(connection, "SELECT pg_backend_pid()");
            // What the server thinks of the first one as long as its client has not come back.
            using var witness = _hosts.PoolsOf(database).Main.OpenConnection();
            return Ask(witness, $"SELECT state FROM pg_stat_activity WHERE pid = {process}");
        }, TestContext.Current.CancellationToken));
        Assert.Null(await database.Probe(TestContext.Current.CancellationToken));
    }

    private static string Ask(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture)!;
    }

    private static async Task<T> Retried<T>(Func<Task<T>> work)
    {
        while (true)
        {
            try
            {
                return await work();
            }
            catch (StorageUnavailableException)
            {
                // Tried again, as a grain's outbox does.
            }
        }
    }
}
