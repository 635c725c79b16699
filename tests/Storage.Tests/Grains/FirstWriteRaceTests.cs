using Dispatch.Grains.Contracts.Storage;
using Dispatch.Storage.Grains;
using Storage.Tests.Support;

namespace Storage.Tests.Grains;

/// <summary>Duplicate activations that all believe their grain was never stored: the store lets one of them make the record and tells all others.</summary>
public sealed class FirstWriteRaceTests : IAsyncLifetime
{
    /// <summary>10,000 records, each wanted by every racer.</summary>
    private const int Grains = 10_000;
    private readonly TestFile _file = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;
    public ValueTask DisposeAsync() => _file.DisposeAsync();

    /// <summary>Within one host all writes share a thread, and the racers of a record mostly one transaction.</summary>
    [Fact]
    public async Task OfRacingFirstWrites_ExactlyOnePerGrainWins()
    {
        var database = _file.Open();
        var storage = new SqliteGrainStorage(database, "dispatch");
        await Race(database, [storage, storage, storage, storage], Grains);
    }

    /// <summary>Several database objects on one file are as many processes as far as SQLite is concerned.</summary>
    [Fact]
    public async Task OfRacingFirstWritesOfFourHosts_ExactlyOnePerGrainWins()
    {
        IDatabase[] hosts = [.. Enumerable.Range(0, 4).Select(_ => _file.Open(options => options.BusyTimeoutMilliseconds = 60_000))];
        await Race(hosts[0], [.. hosts.Select(host => new SqliteGrainStorage(host, "dispatch"))], Grains);
    }

    /// <param name="grains">So many records are each wanted by every provider.</param>
    internal static async Task Race(IDatabase database, IGrainStorage[] providers, int grains)
    {
        using var start = new Barrier(providers.Length);
        var racers = new Task<(string?[] Winners, int Conflicts)>[providers.Length];
        for (var racer = 0; racer < racers.Length; racer++)
        {
            var (name, storage) = ($"racer {racer}", providers[racer]);
            var done = new TaskCompletionSource<(string?[], int)>();
            racers[racer] = done.Task;
            new Thread(() =>
            {
                var all = Enumerable.Range(0, grains).Select(_ => new GrainState<Sample>(new Sample { Text = name })).ToArray();
                start.SignalAndWait(Steps.Patience);
                var writes = all.Select((state, id) => storage.WriteStateAsync("sample", GrainId.Create("sample", $"main/job_{id}"), state)).ToArray();
                Task.WhenAll(writes).ContinueWith(_ => done.SetResult((
                    [.. all.Select((state, id) => writes[id].IsCompletedSuccessfully && state.ETag == "1" ? name : null)],
                    writes.Count(write => write.Exception?.InnerException is InconsistentStateException))), TaskScheduler.Default);
            }).Start();
        }
        var outcomes = await Task.WhenAll(racers).Within("the first writes", times: 3);

        Assert.Equal(grains * (racers.Length - 1), outcomes.Sum(outcome => outcome.Conflicts));
        var reader = providers[0];
        var stored = Enumerable.Range(0, grains).Select(_ => new GrainState<Sample>()).ToArray();
        await Task.WhenAll(stored.Select((state, id) => reader.ReadStateAsync("sample", GrainId.Create("sample", $"main/job_{id}"), state)));
        for (var id = 0; id < grains; id++)
        {
            var winner = Assert.Single(outcomes.Select(outcome => outcome.Winners[id]).OfType<string>());
            Assert.Equal((winner, "1"), (stored[id].State!.Text, stored[id].ETag));
        }
        Assert.Equal(grains, await database.Count("SELECT COUNT(*) FROM OrleansStorage"));
    }
}
