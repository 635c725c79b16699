using Storage.Tests.Support;

namespace Storage.Tests.Sqlite;

public sealed class DurabilitySettingsTests : IAsyncLifetime
{
    private readonly TestFile _file = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task TheLiveWriter_SyncsEveryCommitOfAWriteAheadLog()
    {
        var database = _file.Open();
        Assert.Equal(("wal", 2L), await database.Write((connection, _) => (Steps.Text(connection, "PRAGMA journal_mode"), Steps.Number(connection, "PRAGMA synchronous"))));
        Assert.Equal(4000, await database.Write((connection, _) => Steps.Number(connection, "PRAGMA wal_autocheckpoint")));
    }

    [Fact]
    public async Task TheWriterOpenedAgainAfterAFailure_HasTheSameSettings()
    {
        var database = _file.Open();
        await Assert.ThrowsAsync<Dispatch.Grains.Contracts.Storage.StorageUnavailableException>(() => database.Execute("ROLLBACK"));
        Assert.Equal(("wal", 2L), await database.Write((connection, _) => (Steps.Text(connection, "PRAGMA journal_mode"), Steps.Number(connection, "PRAGMA synchronous"))));
        Assert.Equal(1, await database.Write((connection, _) => Steps.Number(connection, "PRAGMA foreign_keys")));
    }

    [Fact]
    public async Task Files_AreTheOwnersOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no file modes there");
        var database = _file.Open();
        await database.Execute("CREATE TABLE t (id INTEGER)");
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode readWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(readWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(_file.Path)!));
        foreach (var file in new[] { _file.Path, _file.Path + "-wal", _file.Path + "-shm" })
            Assert.Equal(readWrite, File.GetUnixFileMode(file));
    }
}
