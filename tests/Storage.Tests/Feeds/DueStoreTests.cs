using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage.Feeds;
using Dispatch.Storage.Grains;
using Storage.Tests.Support;

namespace Storage.Tests.Feeds;

public sealed class DueStoreTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TestFile _file = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task Due_AreRecordsWhoseTimeHasComeOldestFirst()
    {
        var database = _file.Open();
        var storage = new SqliteGrainStorage(database, "dispatch");
        var due = new SqlDueStore(database, database.ServiceId);
        var states = new Dictionary<string, GrainState<Sample>>();
        foreach (var (name, id, seconds) in new (string, string, int?)[] { ("job", "job_late", 5), ("job", "job_now", 0), ("technician", "tech_old", -60), ("job", "job_never", null) })
        {
            states[id] = new GrainState<Sample>(new Sample { DueAt = seconds is { } offset ? Noon.AddSeconds(offset).ToUnixTimeMilliseconds() : null });
            await storage.WriteStateAsync(name, GrainId.Create(name, $"main/{id}"), states[id]);
        }
        var old = new DueGrain("technician", "main/tech_old");
        var now = new DueGrain("job", "main/job_now");
        var late = new DueGrain("job", "main/job_late");
        Assert.Equal([old, now], await due.Due(At(Noon), 10));
        Assert.Equal([old], await due.Due(At(Noon), 1));
        Assert.Equal([old, now, late], await due.Due(At(Noon.AddHours(1)), 10));
        Assert.Equal([now, late], await due.Due(At(Noon.AddHours(1)), 10, "job", but: false));
        Assert.Equal([old], await due.Due(At(Noon.AddHours(1)), 10, "job", but: true));
        Assert.Empty(await new SqlDueStore(database, "another service").Due(At(Noon.AddHours(1)), 10));

        // The column follows the record: what has been done or cleared is not due.
        states["tech_old"].State!.DueAt = null;
        await storage.WriteStateAsync("technician", GrainId.Create("technician", "main/tech_old"), states["tech_old"]);
        await storage.ClearStateAsync("job", GrainId.Create("job", "main/job_now"), states["job_now"]);
        Assert.Equal([late], await due.Due(At(Noon.AddHours(1)), 10));
    }

    [Fact]
    public async Task AnOutboxIsDueByProcessTime_AStateByBusinessTime_EachGrainOnce()
    {
        var database = _file.Open();
        var storage = new SqliteGrainStorage(database, "dispatch");
        var due = new SqlDueStore(database, database.ServiceId);
        DateTimeOffset business = Noon.AddYears(1);
        foreach (var (id, state, outbox) in new (string, DateTimeOffset?, DateTimeOffset?)[]
            { ("job_outbox", null, Noon), ("job_later", business.AddSeconds(1), Noon.AddSeconds(1)), ("job_state", business, null), ("job_both", business, Noon) })
            await storage.WriteStateAsync("job", GrainId.Create("job", $"main/{id}"), new GrainState<Sample>(
                new Sample { DueAt = state?.ToUnixTimeMilliseconds(), DrainAt = outbox?.ToUnixTimeMilliseconds() }));
        var found = await due.Due(new Moment(business, Noon), 10);
        Assert.Equal(["main/job_both", "main/job_outbox", "main/job_state"], found.Select(d => d.Key).Order(StringComparer.Ordinal));
        Assert.Equal(["main/job_outbox", "main/job_both"], (await due.Due(new Moment(business.AddSeconds(-1), Noon), 10)).Select(d => d.Key).OrderDescending(StringComparer.Ordinal));
        Assert.Empty(await due.Due(new Moment(Noon, Noon.AddSeconds(-1)), 10));
    }

    private static Moment At(DateTimeOffset now) => new(now, now);

    [Theory]
    [InlineData(true, "OrleansStorage_due")]
    [InlineData(false, "OrleansStorage_drain")]
    public async Task TheScan_RunsOverAnIndexOfDueRecordsOnly(bool states, string index)
    {
        var plan = await _file.Open().Read(connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "EXPLAIN QUERY PLAN " + (states ? SqlDueStore.StateSql : SqlDueStore.OutboxSql);
            foreach (var name in new[] { "@service", "@now", "@limit" })
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, 1);
                command.Parameters.Add(parameter);
            }
            using var reader = command.ExecuteReader();
            var steps = new List<string>();
            while (reader.Read())
                steps.Add(reader.GetString(3));
            return steps;
        });
        Assert.Contains("USING INDEX " + index, Assert.Single(plan), StringComparison.Ordinal);
    }
}
