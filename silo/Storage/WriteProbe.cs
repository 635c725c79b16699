using System.Data.Common;
using System.Globalization;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage.Postgres;
using Dispatch.Storage.Sqlite;

namespace Dispatch.Storage;

/// <summary>Finds out whether a write goes through by making one.</summary>
internal static class WriteProbe
{
    /// <param name="make">Runs a statement that writes, on its own or in a transaction.</param>
    /// <param name="last">Why the last write failed, where it did: who gives up waiting says that.</param>
    /// <returns>Null, or why not.</returns>
    public static async Task<WriteFault?> Of(Func<Func<DbConnection, DbTransaction?, int>, Task<int>> make, TimeProvider clock, TimeSpan patience, Func<Exception?> last, CancellationToken cancellation)
    {
        var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
        try
        {
            // Even work that is stuck in the operating system must not keep the prober waiting.
            await make((connection, transaction) =>
            {
                using var statement = connection.Statement(transaction, "INSERT INTO probe (id, at) VALUES (1, @at) ON CONFLICT (id) DO UPDATE SET at = excluded.at");
                return statement.Set("@at", at).Execute();
            }).WaitAsync(patience, clock, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (TimeoutException)
        {
            return new WriteFault(last() is { } before ? Reason(before) : "no_answer", string.Create(CultureInfo.InvariantCulture, $"The database has not answered for {patience.TotalMilliseconds} ms."));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return new WriteFault(Reason(failure), failure.Message);
        }
    }

    private static string Reason(Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
            if ((SqliteErrors.Reason(cause) ?? PostgresErrors.Reason(cause)) is { } reason)
                return reason;
        return "failed";
    }
}
