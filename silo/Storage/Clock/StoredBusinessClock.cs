using System.Data.Common;
using Dispatch.Domain;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Storage.Clock;

/// <summary>
/// Business time as the database anchors it, so that it is the same on every node, goes on over a restart and never goes back. Where nothing is anchored, it is process time.
/// </summary>
public sealed class StoredBusinessClock : BusinessClock
{
    private const string Insert = """
        INSERT INTO business_clock (id, process_at, business_at, speed) VALUES (1, @process, @business, @speed) ON CONFLICT DO NOTHING
        """;

    private const string Replace = "UPDATE business_clock SET process_at = @process, business_at = @business, speed = @speed WHERE id = 1";

    private const string Select = "SELECT process_at, business_at, speed FROM business_clock WHERE id = 1";

    private readonly TimeProvider process;
    private volatile ClockAnchor? anchor;

    private StoredBusinessClock(TimeProvider process, ClockAnchor? anchor) => (this.process, this.anchor) = (process, anchor);

    public override double Speed => anchor?.Speed ?? 1;

    public override DateTimeOffset GetUtcNow() => anchor?.At(process.GetUtcNow()) ?? process.GetUtcNow();

    /// <summary>
    /// Opens the clock at a speed. One that was anchored before goes on from where it is; at another speed it is anchored anew, for every node.
    /// </summary>
    /// <param name="begin">What a clock that was never anchored shows first; process time if left out.</param>
    /// <param name="kept">An anchor from before anchors were in the database.</param>
    public static async Task<StoredBusinessClock> Open(IDatabase database, TimeProvider process, double speed, DateTimeOffset? begin = null, ClockAnchor? kept = null)
    {
        DateTimeOffset now = DateTimeOffset.FromUnixTimeMilliseconds(process.GetUtcNow().ToUnixTimeMilliseconds());
        bool scales = speed != 1 || begin is not null || kept is not null;
        ClockAnchor first = new(now, kept?.At(now) ?? begin ?? now, speed);
        ClockAnchor? anchor = await database.Write((connection, transaction) =>
        {
            if (scales)
                Write(connection, transaction, Insert, first);
            if (Read(connection, transaction) is not { } present || present.Speed == speed)
                return Read(connection, transaction);
            ClockAnchor next = new(now, present.At(now), speed);
            Write(connection, transaction, Replace, next);
            return next;
        });
        return new StoredBusinessClock(process, anchor);
    }

    /// <summary>Takes over an anchor that another node has set since.</summary>
    public async Task Refresh(IDatabase database, CancellationToken cancellation) => anchor = await database.Read(connection => Read(connection, null), cancellation);

    private static void Write(DbConnection connection, DbTransaction transaction, string sql, ClockAnchor anchor)
    {
        using Statement statement = connection.Statement(transaction, sql);
        statement.Set("@process", anchor.ProcessAt.ToUnixTimeMilliseconds()).Set("@business", anchor.BusinessAt.ToUnixTimeMilliseconds()).Set("@speed", anchor.Speed).Execute();
    }

    private static ClockAnchor? Read(DbConnection connection, DbTransaction? transaction)
    {
        using Statement statement = connection.Statement(transaction, Select);
        using DbDataReader reader = statement.Query();
        return reader.Read()
            ? new ClockAnchor(DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(0)), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)), reader.GetDouble(2))
            : null;
    }
}
