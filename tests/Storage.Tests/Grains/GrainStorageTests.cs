using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage.Grains;
using Dispatch.Storage.Sqlite;
using Storage.Tests.Support;

namespace Storage.Tests.Grains;

/// <summary>What grains rely on, of our provider over SQLite and of Orleans' own over PostgreSQL; a subclass says which.</summary>
public abstract class GrainStorageContract
{
    protected static readonly GrainId Job = GrainId.Create("job", "main/job_1");
    private IGrainStorage? _kept;

    protected abstract IDatabase Database { get; }

    protected IGrainStorage Storage => _kept ??= Open("dispatch");

    /// <summary>A provider over the open database.</summary>
    protected abstract IGrainStorage Open(string serviceId);

    /// <summary>Closes the database and opens it again.</summary>
    protected abstract Task Reopen();

    /// <summary>The next use makes a provider anew.</summary>
    protected void Forget() => _kept = null;

    protected async Task<GrainState<Sample>> Read(string name, GrainId grain)
    {
        var state = new GrainState<Sample>(new Sample { Text = "left over" }, "77") { RecordExists = true };
        await Storage.ReadStateAsync(name, grain, state);
        return state;
    }

    protected async Task<GrainState<Sample>> Write(string name, GrainId grain, string text, string? etag = null)
    {
        var state = new GrainState<Sample>(new Sample { Text = text }, etag);
        await Storage.WriteStateAsync(name, grain, state);
        return state;
    }

    [Fact]
    public async Task ARecordNeverWritten_ReadsAsFreshWithoutAVersion()
    {
        var state = await Read("job", Job);
        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
        Assert.NotNull(state.State);
        Assert.Null(state.State.Text);
    }

    [Fact]
    public async Task AWrittenRecord_IsReadBackAlsoAfterReopening()
    {
        var written = await Write("job", Job, "手机");
        Assert.Equal(("1", true), (written.ETag, written.RecordExists));
        written.State!.Text = "相机";
        await Storage.WriteStateAsync("job", Job, written);
        Assert.Equal("2", written.ETag);

        await Reopen();
        Forget();
        var read = await Read("job", Job);
        Assert.Equal(("相机", "2", true), (read.State!.Text, read.ETag, read.RecordExists));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("1")]
    [InlineData("3")]
    public async Task AWriteOfAnotherVersion_ConflictsAndChangesNothing(string? etag)
    {
        await Write("job", Job, "first");
        await Write("job", Job, "second", "1");
        var stale = new GrainState<Sample>(new Sample { Text = "stale" }, etag);
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("job", Job, stale));
        Assert.Equal(etag, stale.ETag);
        var read = await Read("job", Job);
        Assert.Equal(("second", "2"), (read.State!.Text, read.ETag));
    }

    [Fact]
    public async Task AVersionOfARecordThatIsNotThere_Conflicts()
    {
        await Assert.ThrowsAsync<InconsistentStateException>(() => Write("job", Job, "lost", "4"));
        Assert.False((await Read("job", Job)).RecordExists);
    }

    [Fact]
    public async Task Clearing_ComparesTheVersionAndNeverUsesItAgain()
    {
        var state = await Write("job", Job, "first");
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.ClearStateAsync("job", Job, new GrainState<Sample>(null, "9")));
        await Storage.ClearStateAsync("job", Job, state);
        Assert.Equal(("2", false, null), (state.ETag, state.RecordExists, state.State!.Text));

        var read = await Read("job", Job);
        Assert.Equal(("2", false), (read.ETag, read.RecordExists));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Write("job", Job, "as if new"));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Write("job", Job, "from before", "1"));
        Assert.Equal("3", (await Write("job", Job, "again", "2")).ETag);
    }

    [Fact]
    public async Task StateNameAndKey_NameTheRecordNotTheGrainsType()
    {
        await Write("job", Job, "job");
        await Write("history", Job, "history");
        await Write("job", GrainId.Create("job", "other/job_1"), "other tenant");
        Assert.Equal("job", (await Read("job", GrainId.Create("renamed", "main/job_1"))).State!.Text);
        Assert.Equal("history", (await Read("history", Job)).State!.Text);
        Assert.Equal("other tenant", (await Read("job", GrainId.Create("job", "other/job_1"))).State!.Text);
    }

    [Fact]
    public async Task ServicesInOneDatabase_DoNotSeeEachOther()
    {
        await Write("job", Job, "ours");
        var second = Open("second");
        var theirs = new GrainState<Sample>();
        await second.ReadStateAsync("job", Job, theirs);
        Assert.False(theirs.RecordExists);
        await second.WriteStateAsync("job", Job, new GrainState<Sample>(new Sample { Text = "theirs" }));
        Assert.Equal(2, await Database.Count("SELECT COUNT(*) FROM OrleansStorage"));
    }
}

public sealed class SqliteGrainStorageTests : GrainStorageContract, IAsyncLifetime
{
    private readonly TestFile _file = new();
    private SqliteDatabase? _database;

    protected override IDatabase Database => _database ??= _file.Open();

    protected override async Task Reopen()
    {
        if (_database is not null)
            await _database.DisposeAsync();
        _database = null;
    }

    protected override IGrainStorage Open(string serviceId) => new SqliteGrainStorage(Database, serviceId);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("no version")]
    public async Task AConflict_NamesWhatIsStoredAndWhatWasKnown(string? etag)
    {
        await Write("job", Job, "first");
        var conflict = await Assert.ThrowsAsync<InconsistentStateException>(() => Write("job", Job, "stale", etag));
        Assert.Equal((etag is null ? "1" : null, etag), (conflict.StoredEtag, conflict.CurrentEtag));
    }

    [Fact]
    public async Task ClearingWhatWasNeverWritten_DoesNothing()
    {
        var state = new GrainState<Sample>(new Sample { Text = "unsaved" });
        await Storage.ClearStateAsync("job", Job, state);
        Assert.Equal((null, false, null), (state.ETag, state.RecordExists, state.State!.Text));
        Assert.Equal(0, await Database.Count("SELECT COUNT(*) FROM OrleansStorage"));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("0ABC+main")]
    [InlineData("00112233445566778899aabbccddeeff")]
    public async Task AKeyThatReadsAsANumber_IsRefused(string key) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Write("job", GrainId.Create("job", key), "x"));

    [Fact]
    public async Task TheStatements_AreThoseOfTheQueryTable()
    {
        await Write("job", Job, "kept");
        await Database.Execute("UPDATE OrleansQuery SET QueryText = REPLACE(QueryText, 'FROM OrleansStorage', 'FROM OrleansStorage JOIN (SELECT 1 AS one) ones ON one = 2') WHERE QueryKey = 'ReadFromStorageKey'");
        Forget();
        Assert.False((await Read("job", Job)).RecordExists);
    }
}
