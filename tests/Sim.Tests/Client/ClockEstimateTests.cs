using Dispatch.Sim.Client.Clock;

namespace Sim.Tests.Client;

public sealed class ClockEstimateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Middle_IsTakenForTheMomentOfReading()
    {
        ClockEstimate clock = new ClockEstimate(speed: 1).With(Sample(sentMs: 1000, receivedMs: 1040, serverMs: 0));
        Assert.Equal(Noon, clock.ServerAt(Ms(1020)));
        Assert.Equal(Noon + Ms(80), clock.ServerAt(Ms(1100)));
        Assert.Equal(Ms(20), clock.Uncertainty);
    }

    [Fact]
    public void FastClock_ScalesWhatPassesAndWhatIsUncertain()
    {
        ClockEstimate clock = new ClockEstimate(speed: 10).With(Sample(1000, 1040, 0));
        Assert.Equal(Noon + Ms(800), clock.ServerAt(Ms(1100)));
        Assert.Equal(Ms(200), clock.Uncertainty);
    }

    [Fact]
    public void ShortestRoundTrip_Wins()
    {
        ClockEstimate clock = new ClockEstimate(1).With(Sample(0, 100, 0)).With(Sample(1000, 1004, 962)).With(Sample(2000, 2050, 9_999));
        Assert.Equal(Noon + Ms(962), clock.ServerAt(Ms(1002)));
        Assert.Equal(Ms(2), clock.Uncertainty);
    }

    [Fact]
    public void OldSample_IsForgottenSoThatADriftShows()
    {
        ClockEstimate clock = new ClockEstimate(1).With(Sample(0, 1, 0));
        for (int i = 1; i <= ClockEstimate.Kept; i++)
            clock = clock.With(Sample(i * 1000, i * 1000 + 10, i * 1000 + 505));
        Assert.Equal(Noon + Ms(9500), clock.ServerAt(Ms(9000)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(28.25)]
    public void ReachedTime_IsReachedWhereverInTheRoundTripTheClockWasRead(double speed)
    {
        ClockEstimate clock = new ClockEstimate(speed).With(Sample(1000, 1040, 0));
        DateTimeOffset wanted = Noon + Ms(5000);
        TimeSpan local = clock.LocalWhenReached(wanted);
        foreach (double readAt in new[] { 1000.0, 1020, 1040 })
        {
            DateTimeOffset truly = Noon + (local - Ms(readAt)) * speed;
            Assert.True(truly >= wanted - TimeSpan.FromTicks(100), $"read at {readAt}: {truly:O}");
        }
    }

    private static ClockSample Sample(double sentMs, double receivedMs, double serverMs) => new(Ms(sentMs), Ms(receivedMs), Noon + Ms(serverMs));

    private static TimeSpan Ms(double value) => TimeSpan.FromMilliseconds(value);
}
