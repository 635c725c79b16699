using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Storage.Grains;

/// <summary>
/// Grain states as JSON in <c>OrleansStorage</c>, through the statements kept in <c>OrleansQuery</c>. A row is found by state name and grain key,
/// not by grain class. The version of a row is its ETag; every write and clear compares it in the statement itself. Durable at the reply.
/// </summary>
/// <remarks>Clearing keeps the row without a payload, so that a version is never used twice.</remarks>
public sealed class SqliteGrainStorage : IGrainStorage
{
    private readonly IDatabase _database;
    private readonly string _serviceId;
    private Queries? _queries;

    public SqliteGrainStorage(IDatabase database, string serviceId)
    {
        _database = database;
        _serviceId = serviceId;
    }

    /// <exception cref="JsonException">The stored payload does not fit the type.</exception>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = GrainRow.Of(stateName, grainId);
        var queries = await Statements();
        var (payload, version) = await _database.Read(connection => Find(connection, null, queries.Read, row));
        var state = payload is null ? default : JsonSerializer.Deserialize<T>(payload, StorageJson.Options);
        grainState.State = state ?? Fresh<T>();
        grainState.RecordExists = payload is not null;
        grainState.ETag = version is { } number ? GrainRow.Text(number) : null;
    }

    /// <exception cref="InconsistentStateException">The stored version is another one, or there is a record where none was known.</exception>
    /// <exception cref="StorageUnavailableException">Not acknowledged; see there.</exception>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = GrainRow.Of(stateName, grainId);
        var expected = Expected(row, grainState.ETag);
        var payload = JsonSerializer.SerializeToUtf8Bytes(grainState.State, StorageJson.Options);
        var queries = await Statements();
        var written = await _database.Write((connection, transaction) =>
        {
            using var statement = Bound(connection, transaction, queries.Write, row);
            var version = statement.Set("@GrainStateVersion", expected).Set("@PayloadBinary", payload).Number();
            return new Outcome(version, version is null ? Find(connection, transaction, queries.Read, row).Version : null);
        });
        grainState.ETag = Settled(written, "Write", row, grainState.ETag);
        grainState.RecordExists = true;
    }

    /// <exception cref="InconsistentStateException">The stored version is another one.</exception>
    /// <exception cref="StorageUnavailableException">Not acknowledged; see there.</exception>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = GrainRow.Of(stateName, grainId);
        var expected = Expected(row, grainState.ETag);
        var queries = await Statements();
        var cleared = await _database.Write((connection, transaction) =>
        {
            using var statement = Bound(connection, transaction, queries.Clear, row);
            var version = statement.Set("@GrainStateVersion", expected).Number();
            return new Outcome(version, version is null ? Find(connection, transaction, queries.Read, row).Version : null);
        });
        // What was never written is clear already.
        if (expected is not null || cleared.Stored is not null)
            grainState.ETag = Settled(cleared, "Clear", row, grainState.ETag);
        grainState.RecordExists = false;
        grainState.State = Fresh<T>();
    }

    /// <summary>Read once; not kept when reading them fails.</summary>
    private async ValueTask<Queries> Statements() => _queries ??= await _database.Read(Load);

    private sealed record Queries(string Read, string Write, string Clear);

    /// <param name="Version">The new version, or null for a conflict.</param>
    /// <param name="Stored">For a conflict, the version found; null where there is no row.</param>
    private readonly record struct Outcome(long? Version, long? Stored);

    private static string Settled(Outcome outcome, string operation, GrainRow row, string? known)
    {
        if (outcome.Version is { } version)
            return GrainRow.Text(version);
        var stored = outcome.Stored is { } number ? GrainRow.Text(number) : null;
        throw new InconsistentStateException($"{operation} of {row}: the stored version is {stored ?? "none"}, not {known ?? "none"}.", stored, known);
    }

    private static int? Expected(GrainRow row, string? etag)
    {
        if (etag is null)
            return null;
        return int.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw new InconsistentStateException($"'{etag}' is not a version of {row}.", null, etag);
    }

    private (byte[]? Payload, long? Version) Find(DbConnection connection, DbTransaction? transaction, string sql, GrainRow row)
    {
        using var statement = Bound(connection, transaction, sql, row);
        using var reader = statement.Query();
        if (!reader.Read())
            return (null, null);
        var payload = reader.GetOrdinal("PayloadBinary");
        return (reader.IsDBNull(payload) ? null : reader.GetFieldValue<byte[]>(payload), reader.GetInt64(reader.GetOrdinal("Version")));
    }

    private Statement Bound(DbConnection connection, DbTransaction? transaction, string sql, GrainRow row) => connection.Statement(transaction, sql)
        .Set("@ServiceId", _serviceId)
        .Set("@GrainTypeString", row.StateName)
        .Set("@GrainIdN0", 0L)
        .Set("@GrainIdN1", 0L)
        .Set("@GrainIdExtensionString", row.Key);

    private static Queries Load(DbConnection connection)
    {
        return new Queries(Text("ReadFromStorageKey"), Text("WriteToStorageKey"), Text("ClearStorageKey"));

        string Text(string key)
        {
            using var statement = connection.Statement(null, "SELECT QueryText FROM OrleansQuery WHERE QueryKey = @key");
            using var reader = statement.Set("@key", key).Query();
            return reader.Read() ? reader.GetString(0) : throw new Schema.SchemaException($"The table OrleansQuery has no statement {key}.");
        }
    }

    private static T? Fresh<T>() => typeof(T).IsValueType || typeof(T).GetConstructor(Type.EmptyTypes) is not null ? Activator.CreateInstance<T>() : default;
}
