using Npgsql;

namespace Dispatch.Storage.Postgres;

/// <summary>
/// All connections of this process to PostgreSQL, within one budget (<see cref="PostgresStorageOptions.Connections"/>): one pool for grain states, feeds and lists, and a small one for
/// membership, so that a silo can say that it lives however busy the other is.
/// </summary>
public sealed class PostgresPools : IAsyncDisposable, IDisposable
{
    private const int ForMembership = 2;

    public PostgresPools(PostgresStorageOptions options)
    {
        options.Validate();
        Main = Pool(options, options.Connections - ForMembership);
        Membership = Pool(options, ForMembership);
    }

    public NpgsqlDataSource Main { get; }

    public NpgsqlDataSource Membership { get; }

    private static NpgsqlDataSource Pool(PostgresStorageOptions options, int size)
    {
        NpgsqlConnectionStringBuilder settings = new(options.ConnectionString) { MaxPoolSize = size, MinPoolSize = 0, MaxAutoPrepare = 100, TcpKeepAlive = true };
        // A process that is frozen in the middle of a transaction keeps its locks as long as the server lets it.
        settings.Options = string.Join(' ', settings.Options, $"-c lock_timeout={options.LockSeconds}s", $"-c idle_in_transaction_session_timeout={options.LockSeconds}s").Trim();
        return NpgsqlDataSource.Create(settings);
    }

    public void Dispose()
    {
        Main.Dispose();
        Membership.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await Main.DisposeAsync();
        await Membership.DisposeAsync();
    }
}
