using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage.Grains;
using Storage.Tests.Support;

namespace Storage.Tests.Grains;

public sealed class FirstWriteRaceTests : IAsyncLifetime
{
    /// <summary>10,000 first writes, four at each record.</summary>
    private const int Grains = 2_500, Racers = 4;
    private readonly TestFile _file = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task OfRacingFirstWrites_ExactlyOnePerGrainWins()
    {
        var database = _file.Open();
        await Race([database, database, database, database]);
    }

    /// <summary>Two database objects on one file are two processes as far as SQLite is concerned.</summary>
    [Fact]
    public async Task OfRacingFirstWritesOfTwoHosts_ExactlyOnePerGrainWins()
    {
        var first = _file.Open(options => options.BusyTimeoutMilliseconds = 60_000);
        var second = _file.Open(options => options.BusyTimeoutMilliseconds = 60_000);
        await Race([first, second, first, second]);
    }

    internal static async Task Race(IDatabase[] databases)
    {
        using var start = new Barrier(Racers);
        var racers = new Task<(string?[] Winners, int Conflicts)>[Racers];
        for (var racer = 0; racer < Racers; racer++)
        {
            var (name, storage) = ($"racer {racer}", new SqlGrainStorage(databases[racer], "dispatch"));
            var done = new TaskCompletionSource<(string?[], int)>();
            racers[racer] = done.Task;
            new Thread(() =>
            {
                var all = Enumerable.Range(0, Grains).Select(_ => new GrainState<Sample>(new Sample { Text = name })).ToArray();
                start.SignalAndWait(Steps.Patience);
                var writes = all.Select((state, id) => storage.WriteStateAsync("sample", GrainId.Create("sample", $"main/job_{id}"), state)).ToArray();
                Task.WhenAll(writes).ContinueWith(_ => done.SetResult((
                    [.. all.Select((state, id) => writes[id].IsCompletedSuccessfully && state.ETag == "1" ? name : null)],
                    writes.Count(write => write.Exception?.InnerException is InconsistentStateException))), TaskScheduler.Default);
            }).Start();
        }
        var outcomes = await Task.WhenAll(racers).Within("10,000 first writes");

        Assert.Equal(Grains * (Racers - 1), outcomes.Sum(outcome => outcome.Conflicts));
        var reader = new SqlGrainStorage(databases[0], "dispatch");
        for (var id = 0; id < Grains; id++)
        {
            var winner = Assert.Single(outcomes.Select(outcome => outcome.Winners[id]).OfType<string>());
            var state = new GrainState<Sample>();
            await reader.ReadStateAsync("sample", GrainId.Create("sample", $"main/job_{id}"), state);
            Assert.Equal((winner, "1"), (state.State!.Text, state.ETag));
        }
        Assert.Equal(Grains, await databases[0].Count("SELECT COUNT(*) FROM OrleansStorage"));
    }
}
