using Storage.Tests.Support;

namespace Storage.Tests.Processes;

public sealed class KilledWriterTests : IAsyncLifetime
{
    private const int Rounds = 3;
    private readonly TestFile _file = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task WhatWasAcknowledged_IsThereAfterTheProcessWasKilled()
    {
        var record = new Acknowledged();
        for (var round = 0; round < Rounds; round++)
        {
            await record.KillOneWriting(_file.Path, ChildTraits.None, $"round {round}");
            Assert.Equal(0, await record.LostIn(_file));
        }
        Assert.True(record.Total >= Rounds * Acknowledged.BeforeTheKill, "every round counts on from the one before");
    }
}
