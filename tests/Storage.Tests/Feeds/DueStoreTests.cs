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
        var storage = new SqlGrainStorage(database, "dispatch");
        var due = new SqlDueStore(database, database.ServiceId);
        var states = new Dictionary<string, GrainState<Sample>>();
        foreach (var (name, id, seconds) in new (string, string, int?)[] { ("job", "job_late", 5), ("job", "job_now", 0), ("technician", "tech_old", -60), ("job", "job_never", null) })
        {
            states[id] = new GrainState<Sample>(new Sample { DueAt = seconds is { } offset ? Noon.AddSeconds(offset).ToUnixTimeMilliseconds() : null });
            await storage.WriteStateAsync(name, GrainId.Create(name, $"main/{id}"), states[id]);
        }
        var old = new DueGrain("technician", "main/tech_old", Noon.AddSeconds(-60));
        var now = new DueGrain("job", "main/job_now", Noon);
        var late = new DueGrain("job", "main/job_late", Noon.AddSeconds(5));
        Assert.Equal([old, now], await due.Due(Noon, 10));
        Assert.Equal([old], await due.Due(Noon, 1));
        Assert.Equal([old, now, late], await due.Due(Noon.AddHours(1), 10));
        Assert.Empty(await new SqlDueStore(database, "another service").Due(Noon.AddHours(1), 10));

        // The column follows the record: what has been done or cleared is not due.
        states["tech_old"].State!.DueAt = null;
        await storage.WriteStateAsync("technician", GrainId.Create("technician", "main/tech_old"), states["tech_old"]);
        await storage.ClearStateAsync("job", GrainId.Create("job", "main/job_now"), states["job_now"]);
        Assert.Equal([late], await due.Due(Noon.AddHours(1), 10));
    }

    [Fact]
    public async Task TheScan_RunsOverTheIndexOfDueRecordsOnly()
    {
        var plan = await _file.Open().Read(connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "EXPLAIN QUERY PLAN " + SqlDueStore.Sql;
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
        Assert.Contains("USING INDEX OrleansStorage_due", Assert.Single(plan), StringComparison.Ordinal);
    }
}
