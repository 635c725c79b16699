using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage.Reminders;
using Storage.Tests.Support;

namespace Storage.Tests.Feeds;

public abstract class ReminderTableContract
{
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, 123, DateTimeKind.Utc);

    protected abstract IDatabase Database { get; }

    private SqlReminderTable Table => new(Database, "dispatch");

    private static ReminderEntry Entry(string key, string name = "sweep", int minutes = 1) =>
        new() { GrainId = GrainId.Create("sweeper", key), ReminderName = name, StartAt = Noon, Period = TimeSpan.FromMinutes(minutes) };

    [Fact]
    public async Task AReminder_IsReadBackAsItWasSet()
    {
        var etag = await Table.UpsertRow(Entry("main/a"));
        await Table.UpsertRow(Entry("main/a", "other"));
        var row = await Table.ReadRow(GrainId.Create("sweeper", "main/a"), "sweep");
        Assert.NotNull(row);
        Assert.Equal((GrainId.Create("sweeper", "main/a"), "sweep", Noon, TimeSpan.FromMinutes(1), etag), (row.GrainId, row.ReminderName, row.StartAt, row.Period, row.ETag));
        Assert.Equal(DateTimeKind.Utc, row.StartAt.Kind);
        Assert.Equal(["other", "sweep"], (await Table.ReadRows(GrainId.Create("sweeper", "main/a"))).Reminders.Select(item => item.ReminderName).Order());
        Assert.Null(await Table.ReadRow(GrainId.Create("sweeper", "main/b"), "sweep"));
    }

    [Fact]
    public async Task SettingAReminderAgain_ReplacesIt()
    {
        var first = await Table.UpsertRow(Entry("main/a"));
        var second = await Table.UpsertRow(Entry("main/a", minutes: 7));
        Assert.NotEqual(first, second);
        Assert.Equal(TimeSpan.FromMinutes(7), Assert.Single((await Table.ReadRows(0, 0)).Reminders).Period);
    }

    [Fact]
    public async Task RemovingByAnOldVersion_RemovesNothing()
    {
        var id = GrainId.Create("sweeper", "main/a");
        var first = await Table.UpsertRow(Entry("main/a"));
        var second = await Table.UpsertRow(Entry("main/a"));
        Assert.False(await Table.RemoveRow(id, "sweep", first!));
        Assert.False(await Table.RemoveRow(id, "sweep", "no version"));
        Assert.True(await Table.RemoveRow(id, "sweep", second!));
        Assert.False(await Table.RemoveRow(id, "sweep", second!));
        // Set anew, it is not the one that somebody may still hold a handle of.
        var third = await Table.UpsertRow(Entry("main/a"));
        Assert.False(await Table.RemoveRow(id, "sweep", first!));
        Assert.False(await Table.RemoveRow(id, "sweep", second!));
        Assert.True(await Table.RemoveRow(id, "sweep", third!));
    }

    [Fact]
    public async Task ARangeOfTheRing_HoldsExactlyTheGrainsHashedIntoIt()
    {
        var ids = Enumerable.Range(0, 60).Select(number => GrainId.Create("sweeper", $"main/{number}")).ToArray();
        foreach (var id in ids)
            await Table.UpsertRow(Entry(id.Key.ToString()!));
        uint[] cuts = [0, 1, 0x4000_0000, 0x7FFF_FFFF, 0x8000_0000, 0x8000_0001, 0xC000_0000, uint.MaxValue, ids[7].GetUniformHashCode()];
        foreach (var begin in cuts)
        {
            foreach (var end in cuts)
            {
                var expected = ids.Where(id => InRange(id.GetUniformHashCode(), begin, end)).Select(id => id.ToString()).Order();
                var found = (await Table.ReadRows(begin, end)).Reminders.Select(row => row.GrainId.ToString()).Order();
                Assert.Equal(expected, found);
            }
        }
        await Table.TestOnlyClearTable();
        Assert.Empty((await Table.ReadRows(0, 0)).Reminders);

        static bool InRange(uint hash, uint begin, uint end) => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;
    }
}

public sealed class SqliteReminderTableTests : ReminderTableContract, IAsyncLifetime
{
    private readonly TestFile _file = new();
    private IDatabase? _database;

    protected override IDatabase Database => _database ??= _file.Open();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;
    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
