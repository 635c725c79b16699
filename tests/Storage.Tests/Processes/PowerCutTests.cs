using Storage.Tests.Support;

namespace Storage.Tests.Processes;

/// <summary>
/// Power goes instead of a process: what was written and not synced is gone. The disk is the child's own, between SQLite and the real files, so this needs no rights, no tracing and
/// no particular system.
/// </summary>
public sealed class PowerCutTests : IAsyncLifetime
{
    private const int Rounds = 3;
    private readonly TestFile _file = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task WhatWasAcknowledged_IsThereAfterAPowerCut()
    {
        await _file.Open().DisposeAsync();
        var record = new Acknowledged();
        for (var round = 0; round < Rounds; round++)
        {
            await record.KillOneWriting(_file.Path, ChildTraits.ForgetfulDisk, $"round {round}");
            ForgetfulDisk.PowerCut(_file.Path);
            Assert.Equal(0, await record.LostIn(_file));
        }
        Assert.True(record.Total >= Rounds * Acknowledged.BeforeTheKill, "every round counts on from the one before");
    }

    /// <summary>The counterpart: without waiting for the disk, what was acknowledged is not there, and this is how it is seen.</summary>
    [Fact]
    public async Task AcknowledgementsThatDoNotWaitForTheDisk_AreLostInAPowerCut()
    {
        await _file.Open().DisposeAsync();
        var record = new Acknowledged();
        await record.KillOneWriting(_file.Path, ChildTraits.ForgetfulDisk | ChildTraits.Unsynced, "the planted round");
        ForgetfulDisk.PowerCut(_file.Path);
        Assert.True(await record.LostIn(_file) > 0);
    }
}
