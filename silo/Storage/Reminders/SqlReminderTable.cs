using System.Data.Common;
using System.Globalization;
using Dispatch.Grains.Contracts.Storage;

namespace Dispatch.Storage.Reminders;

/// <summary>
/// Reminders in the table <c>reminder</c>, the same rows that Orleans' own provider uses on PostgreSQL. Times are kept to the millisecond. Versions rise over all
/// reminders of a service, so that one that was removed and set again has another version.
/// </summary>
public sealed class SqlReminderTable(IDatabase database, string serviceId) : IReminderTable
{
    private const string Columns = "SELECT grain_id, name, start_at, period_ms, version FROM reminder WHERE service_id = @service";

    public Task<ReminderTableData> ReadRows(GrainId grainId) => Rows($"{Columns} AND grain_id = @grain", statement => statement.Set("@grain", grainId.ToString()));

    public Task<ReminderTableData> ReadRows(uint begin, uint end) => begin == end
        ? Rows(Columns, statement => statement)
        // The column holds the hash as a signed number, as Orleans writes it, so the ring is cut where the sign changes.
        : Rows(
            unchecked((int)begin < (int)end) ? $"{Columns} AND grain_hash > @begin AND grain_hash <= @end" : $"{Columns} AND (grain_hash > @begin OR grain_hash <= @end)",
            statement => statement.Set("@begin", unchecked((int)begin)).Set("@end", unchecked((int)end)));

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName)
    {
        var data = await Rows($"{Columns} AND grain_id = @grain AND name = @name",
            statement => statement.Set("@grain", grainId.ToString()).Set("@name", reminderName));
        return data.Reminders.SingleOrDefault();
    }

    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        var (grain, hash, name) = (entry.GrainId.ToString(), unchecked((int)entry.GrainId.GetUniformHashCode()), entry.ReminderName);
        var start = new DateTimeOffset(DateTime.SpecifyKind(entry.StartAt, DateTimeKind.Utc)).ToUnixTimeMilliseconds();
        var period = (long)entry.Period.TotalMilliseconds;
        var version = await database.Write((connection, transaction) =>
        {
            using var next = connection.Statement(transaction, """
                INSERT INTO reminder_version (service_id, version) VALUES (@service, 1)
                ON CONFLICT (service_id) DO UPDATE SET version = reminder_version.version + 1
                RETURNING version
                """);
            var number = next.Set("@service", serviceId).Number()!.Value;
            using var upsert = connection.Statement(transaction, """
                INSERT INTO reminder (service_id, grain_id, name, grain_hash, start_at, period_ms, version)
                VALUES (@service, @grain, @name, @hash, @start, @period, @version)
                ON CONFLICT (service_id, grain_id, name) DO UPDATE
                SET grain_hash = excluded.grain_hash, start_at = excluded.start_at, period_ms = excluded.period_ms, version = excluded.version
                """);
            upsert.Set("@service", serviceId).Set("@grain", grain).Set("@name", name).Set("@hash", hash).Set("@start", start)
                .Set("@period", period).Set("@version", number).Execute();
            return number;
        });
        return version.ToString(CultureInfo.InvariantCulture);
    }

    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        if (!long.TryParse(eTag, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return false;
        return await database.Write((connection, transaction) =>
        {
            using var statement = connection.Statement(transaction,
                "DELETE FROM reminder WHERE service_id = @service AND grain_id = @grain AND name = @name AND version = @version");
            return statement.Set("@service", serviceId).Set("@grain", grainId.ToString()).Set("@name", reminderName).Set("@version", version).Execute();
        }) == 1;
    }

    public Task TestOnlyClearTable() => database.Write((connection, transaction) =>
    {
        using var statement = connection.Statement(transaction, "DELETE FROM reminder WHERE service_id = @service");
        return statement.Set("@service", serviceId).Execute();
    });

    private Task<ReminderTableData> Rows(string sql, Func<Statement, Statement> set) => database.Read(connection =>
    {
        using var statement = connection.Statement(null, sql);
        using var reader = set(statement.Set("@service", serviceId)).Query();
        var rows = new List<ReminderEntry>();
        while (reader.Read())
            rows.Add(Entry(reader));
        return new ReminderTableData(rows);
    });

    private static ReminderEntry Entry(DbDataReader reader) => new()
    {
        GrainId = GrainId.Parse(reader.GetString(0)),
        ReminderName = reader.GetString(1),
        StartAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2)).UtcDateTime,
        Period = TimeSpan.FromMilliseconds(reader.GetInt64(3)),
        ETag = reader.GetInt64(4).ToString(CultureInfo.InvariantCulture),
    };
}
