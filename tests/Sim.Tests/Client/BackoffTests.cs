using Dispatch.Sim.Client.Hub;

namespace Sim.Tests.Client;

public sealed class BackoffTests
{
    private readonly Backoff backoff = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2));

    [Theory]
    [InlineData(1, 0, 50)]
    [InlineData(1, 1, 100)]
    [InlineData(3, 1, 400)]
    [InlineData(5, 1, 1600)]
    [InlineData(6, 1, 2000)]
    [InlineData(1000, 1, 2000)]
    [InlineData(1000, 0, 1000)]
    public void Delay_DoublesUpToTheCap_AndLiesInTheUpperHalf(int failures, double chance, double milliseconds) =>
        Assert.Equal(milliseconds, backoff.Delay(failures, chance).TotalMilliseconds, 6);

    [Fact]
    public void NoFailure_HasNoDelay() => Assert.Throws<ArgumentOutOfRangeException>(() => backoff.Delay(0, 0));
}
