using System.Data.Common;
using System.Diagnostics;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage.Sqlite;

namespace Storage.Tests.Support;

/// <summary>Steps that tests share.</summary>
internal static class Steps
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Fails with the name of the phase instead of hanging; <paramref name="times"/> is for phases that take that much longer on a busy machine.</summary>
    public static async Task<T> Within<T>(this Task<T> task, string phase, int times = 1)
    {
        try
        {
            return await task.WaitAsync(times * Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Not done within {times * Patience.TotalSeconds} s: {phase}");
        }
    }

    public static async Task Until(Func<bool> condition, string phase)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new TimeoutException($"Not reached within {Patience.TotalSeconds} s: {phase}");
            await Task.Yield();
        }
    }

    public static Task<int> Execute(this IDatabase database, string sql) => database.Write((connection, transaction) => Run(connection, transaction, sql));

    public static int Run(DbConnection connection, DbTransaction? transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    public static Task<long> Count(this IDatabase database, string sql) => database.Read(connection => Number(connection, sql));

    public static long Number(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public static string Text(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture) ?? "";
    }
}

/// <summary>Holds the writer inside one piece of work until it is opened, so that others queue up behind it.</summary>
internal sealed class WriterHeld : IDisposable
{
    private readonly ManualResetEventSlim _entered = new(), _open = new();
    private Task<bool> _work = Task.FromResult(true);

    public static async Task<WriterHeld> By(SqliteDatabase database)
    {
        var held = new WriterHeld();
        held._work = database.Write((_, _) =>
        {
            held._entered.Set();
            return held._open.Wait(Steps.Patience);
        });
        await Steps.Until(() => held._entered.IsSet, "the writer is inside the holding work");
        return held;
    }

    public async Task Release()
    {
        _open.Set();
        Assert.True(await _work.Within("the holding work is committed"));
    }

    public void Dispose() => _open.Set();
}
