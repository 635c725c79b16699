using Dispatch.Api;
using Dispatch.Api.Health;
using Dispatch.Api.Problems;
using Dispatch.Grains.Contracts.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatch.SystemTests.Api.Problems;

public sealed class RepeatsTests
{
    private sealed class Cluster : IClusterHealth
    {
        /// <summary>How often it is asked before it has joined.</summary>
        public int JoinsAfter { get; set; }

        public bool HasJoined => JoinsAfter-- <= 0;

        public string? NotReady => null;
    }

    private readonly Cluster _cluster = new();
    private int _calls;

    [Fact]
    public async Task SiloThatDoesNotAnswer_IsAskedAgainUntilItDoes()
    {
        Assert.Equal(3, await Run(calls => calls < 3 ? throw new TimeoutException("planted") : calls, TimeSpan.FromSeconds(60)));
        Assert.Equal(3, _calls);
    }

    [Fact]
    public async Task StoreThatFails_IsSaidAtOnce()
    {
        await Assert.ThrowsAsync<StorageUnavailableException>(() => Run(_ => throw new StorageUnavailableException("planted"), TimeSpan.FromSeconds(60)));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task ProgramThatIsWrong_IsSaidAtOnce()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Run(_ => throw new InvalidOperationException("planted"), TimeSpan.FromSeconds(60)));
        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task NodeThatHasNotJoined_WaitsWithTheWork()
    {
        _cluster.JoinsAfter = 2;
        Assert.Equal(1, await Run(calls => calls, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Deadline_EndsTheRepetitions()
    {
        await Assert.ThrowsAsync<SiloUnavailableException>(() => Run(_ => throw new SiloUnavailableException("planted"), TimeSpan.FromSeconds(1.5)));
        Assert.InRange(_calls, 2, 20);
    }

    private async Task<int> Run(Func<int, int> work, TimeSpan deadline)
    {
        Repeats repeats = new(new ApiOptions { CommandDeadline = deadline }, _cluster, TimeProvider.System, NullLogger<Repeats>.Instance);
        return await repeats.Run(() => ValueTask.FromResult(work(++_calls)), TestContext.Current.CancellationToken);
    }
}
