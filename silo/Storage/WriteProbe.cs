using System.Globalization;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Storage;

/// <summary>Finds out whether a write goes through by making one.</summary>
internal static class WriteProbe
{
    /// <returns>Null, or the reason why not.</returns>
    public static async Task<string?> Of(IDatabase database, TimeProvider clock, TimeSpan patience, CancellationToken cancellation)
    {
        var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
        try
        {
            // Even work that is stuck in the operating system must not keep the prober waiting.
            await database.Write((connection, transaction) =>
            {
                using var statement = connection.Statement(transaction, "INSERT INTO probe (id, at) VALUES (1, @at) ON CONFLICT (id) DO UPDATE SET at = excluded.at");
                return statement.Set("@at", at).Execute();
            }, cancellation).WaitAsync(patience, clock, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (TimeoutException)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The database has not answered for {patience.TotalMilliseconds} ms.");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return failure.Message;
        }
    }
}
