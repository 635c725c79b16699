using System.Globalization;
using Dispatch.Storage.Grains;
using Storage.Tests.Support;

namespace Storage.Tests.Processes;

public sealed class KilledWriterTests : IAsyncLifetime
{
    private const int Rounds = 3, Loops = 32, AcknowledgementsBeforeTheKill = 400;
    private readonly TestFile _file = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task WhatWasAcknowledged_IsThereAfterTheProcessWasKilled()
    {
        var acknowledged = new long[Loops];
        for (var round = 0; round < Rounds; round++)
        {
            using (var child = ChildProgram.Start(_file.Path, Loops, writes: 1_000_000))
            {
                try
                {
                    for (var line = 0; line < AcknowledgementsBeforeTheKill; line++)
                        Note(await child.StandardOutput.ReadLineAsync().Within($"acknowledgement {line} of round {round}"));
                }
                finally
                {
                    child.Kill();
                }
                // What it said before it died counts as well; the last line may be cut off.
                var rest = await child.StandardOutput.ReadToEndAsync().Within("the rest of what the child said");
                foreach (var line in rest.Split('\n')[..^1])
                    Note(line);
                await child.WaitForExitAsync();
            }
            await CompareWithFile(acknowledged);
        }
        Assert.True(acknowledged.Sum() >= Rounds * AcknowledgementsBeforeTheKill, "every round counts on from the one before");

        void Note(string? line)
        {
            Assert.NotNull(line);
            var parts = line.Split(' ');
            var loop = int.Parse(parts[0], CultureInfo.InvariantCulture);
            var value = long.Parse(parts[1], CultureInfo.InvariantCulture);
            Assert.True(value > acknowledged[loop], "values of one loop rise");
            acknowledged[loop] = value;
        }
    }

    private async Task CompareWithFile(long[] acknowledged)
    {
        await using var database = _file.Open();
        var storage = new SqlGrainStorage(database, "dispatch");
        Assert.Equal("ok", await database.Read(connection => Steps.Text(connection, "PRAGMA integrity_check")));
        for (var loop = 0; loop < Loops; loop++)
        {
            var state = new GrainState<Sample>();
            await storage.ReadStateAsync("sample", GrainId.Create("sample", $"main/job_{loop}"), state);
            var stored = long.Parse(state.State!.Text ?? "0", CultureInfo.InvariantCulture);
            // One write may have been under way; it may be there or not.
            Assert.InRange(stored, acknowledged[loop], acknowledged[loop] + 1);
            Assert.Equal(stored, long.Parse(state.ETag ?? "0", CultureInfo.InvariantCulture));
            acknowledged[loop] = stored;
        }
    }
}
