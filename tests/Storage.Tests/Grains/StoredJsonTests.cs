using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage.Grains;
using Storage.Tests.Support;

namespace Storage.Tests.Grains;

public sealed class StoredJsonTests : IAsyncLifetime
{
    private static readonly GrainId Job = GrainId.Create("job", "main/job_1");
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TestFile _file = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    public sealed record Part(JobId Id, JobStatus Status, ImmutableArray<TechnicianId> Asked, DateTimeOffset At);

    [Fact]
    public async Task ARecord_IsPlainJsonWithIdsAndEnumsAsWords()
    {
        var database = _file.Open();
        var storage = new SqliteGrainStorage(database, "dispatch");
        var record = new GrainRecord<Part, string, string>
        {
            State = new Part(new JobId("job_1"), JobStatus.EnRoute, [new TechnicianId("tech_1")], Noon),
            Version = 3,
            Operations = [new RecordedOperation<string>("op", "digest", Noon, "维修")],
            Outbox = [new OutboxEntry<string>(new FeedEntry(3, "job.departed", Noon, "{}", ["job/job_1"]), ["tell"])],
            DueAt = Noon.ToUnixTimeMilliseconds(),
        };
        await storage.WriteStateAsync("job", Job, new GrainState<GrainRecord<Part, string, string>>(record));

        Assert.Equal(
            """{"schema":1,"state":{"id":"job_1","status":"enRoute","asked":["tech_1"],"at":"2026-03-01T12:00:00+00:00"},"version":3,"operations":[{"id":"op","digest":"digest","at":"2026-03-01T12:00:00+00:00","reply":"维修"}],"outbox":[{"event":{"number":3,"type":"job.departed","at":"2026-03-01T12:00:00+00:00","data":"{}","streams":["job/job_1"]},"messages":["tell"]}],"dueAt":1772366400000}""",
            await database.Read(connection => Steps.Text(connection, "SELECT PayloadJson FROM OrleansStorage")));
        var read = new GrainState<GrainRecord<Part, string, string>>();
        await storage.ReadStateAsync("job", Job, read);
        Assert.Equal(JsonSerializer.Serialize(record, StorageJson.Options), JsonSerializer.Serialize(read.State, StorageJson.Options));
    }

    [Fact]
    public async Task FieldsOfANewerVersion_SurviveAWriteByAnOlderOne()
    {
        var database = _file.Open();
        var storage = new SqliteGrainStorage(database, "dispatch");
        await storage.WriteStateAsync("job", Job, new GrainState<GrainRecord<Part, string, string>>(new()));
        await database.Execute("""UPDATE OrleansStorage SET PayloadJson = json_set(PayloadJson, '$.schema', 2, '$.priorities', json('{"urgent":[1,2.5,null]}'))""");

        var state = new GrainState<GrainRecord<Part, string, string>>();
        await storage.ReadStateAsync("job", Job, state);
        state.State!.Version = 8;
        await storage.WriteStateAsync("job", Job, state);
        Assert.Equal("""{"urgent":[1,2.5,null]}""", await database.Read(connection => Steps.Text(connection, "SELECT json_extract(PayloadJson, '$.priorities') FROM OrleansStorage")));
        Assert.Equal(8, await database.Count("SELECT json_extract(PayloadJson, '$.version') FROM OrleansStorage"));
        Assert.Equal(2, await database.Count("SELECT json_extract(PayloadJson, '$.schema') FROM OrleansStorage"));
    }

    [Fact]
    public void AListAddedSinceTheTextWasWritten_ReadsAsEmptyAndIsWrittenAgain()
    {
        var part = JsonSerializer.Deserialize<Part>("""{"id":"job_1","status":"queued","at":"2026-03-01T12:00:00+00:00"}""", StorageJson.Options);
        Assert.Equal([], part!.Asked);
        Assert.Equal("""{"id":"job_1","status":"queued","asked":[],"at":"2026-03-01T12:00:00+00:00"}""", JsonSerializer.Serialize(part, StorageJson.Options));
    }

    [Fact]
    public void AListThatIsThere_IsReadAsItIs()
    {
        var part = JsonSerializer.Deserialize<Part>("""{"id":"job_1","status":"queued","asked":["tech_1","tech_2"],"at":"2026-03-01T12:00:00+00:00"}""", StorageJson.Options);
        Assert.Equal([new TechnicianId("tech_1"), new TechnicianId("tech_2")], part!.Asked);
    }

    [Fact]
    public void AnEnumWrittenAsANumber_IsRefused() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<JobStatus>("3", StorageJson.Options));

    [Fact]
    public void ATypeDiscriminator_IsReadInAnyPlace()
    {
        var text = JsonSerializer.Serialize<JobEvent>(new JobOffered(new Epoch(4), [], Noon), StorageJson.Options);
        using var document = JsonDocument.Parse(text);
        var reordered = "{" + string.Join(',', document.RootElement.EnumerateObject().Reverse().Select(member => member.ToString())) + "}";
        Assert.NotEqual(text, reordered);
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize<JobEvent>(reordered, StorageJson.Options), StorageJson.Options));
    }
}
