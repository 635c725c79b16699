using Dispatch.Domain.Eta;
using Dispatch.Domain.Geo;

namespace Dispatch.Domain.Tests.Eta;

public class PowerLawTests
{
    private static readonly Place A = new(114.05, 22.54);

    /// <summary>Twice as slow in the eighth hour of the day.</summary>
    private static readonly PowerLaw Law = new(0.5, [.. Enumerable.Range(0, PowerLaw.Slots).Select(s => s is >= 32 and < 36 ? 40.0 : 20.0)], TimeSpan.FromHours(8));

    [Theory]
    [InlineData(4, 400)]
    [InlineData(8.5, 800)]
    [InlineData(23.99, 400)]
    [InlineData(0, 400)]
    public void Seconds_AreTheFactorOfTheHourTimesTheRootOfTheDistance(double hours, double seconds) => Assert.Equal(seconds, Law.Seconds(400, hours), 6);

    [Fact]
    public void TheLocalClockDecides_WhateverOffsetAMomentIsWrittenWith()
    {
        var local = new DateTimeOffset(2026, 3, 2, 8, 30, 0, TimeSpan.FromHours(8));
        Assert.Equal(800, Law.Seconds(400, local), 6);
        Assert.Equal(Law.Seconds(400, local), Law.Seconds(400, local.ToUniversalTime()));
        Assert.Equal(400, Law.Seconds(400, local.AddHours(-8)), 6);
    }

    [Fact]
    public void AFactorChangesInAStraightLineBetweenTheMiddlesOfSlots() => Assert.Equal(600, Law.Seconds(400, 8.0), 6);

    [Fact]
    public void FartherAway_NeverTakesLess()
    {
        for (double hours = 0; hours < 24; hours += 0.37)
        {
            for (double metres = 0; metres < 50_000; metres += 500)
                Assert.True(Law.Seconds(metres, hours) < Law.Seconds(metres + 500, hours));
        }
    }

    [Theory]
    [InlineData(0, 96)]
    [InlineData(double.NaN, 96)]
    [InlineData(0.5, 24)]
    public void ALawThatIsNone_IsRefused(double exponent, int slots) =>
        Assert.ThrowsAny<ArgumentException>(() => new PowerLaw(exponent, [.. Enumerable.Repeat(1.0, slots)], TimeSpan.Zero));

    [Fact]
    public void ALeg_IsRoundedUpToMilliseconds_AndDependsOnWhenItBegins()
    {
        var travel = new PowerLawTravel(Law);
        var to = new Place(114.1, 22.54);
        var quiet = new DateTimeOffset(2026, 3, 2, 4, 0, 0, TimeSpan.FromHours(8));
        long metres = LocalMetric.Metres(A, to);
        TravelLeg leg = travel.Leg(A, to, quiet);
        Assert.Equal((long)Math.Ceiling(Law.Seconds(metres, quiet) * 1000), leg.Milliseconds);
        Assert.Equal((long)Math.Round(metres * 1.4), leg.Metres);
        Assert.InRange(travel.Leg(A, to, quiet.AddHours(4.5)).Milliseconds, (2 * leg.Milliseconds) - 2, 2 * leg.Milliseconds);
        Assert.Equal(leg, travel.Leg(to, A, quiet));
    }

    [Fact]
    public void TheSamePlaceIsAtOnce_AndBeyondReachIsNoWay()
    {
        var travel = new PowerLawTravel(Law, reachMetres: 10_000);
        Assert.Equal(new TravelLeg(0, 0), travel.Leg(A, A, default));
        Assert.True(travel.Leg(A, new Place(114.1, 22.54), default).IsReachable);
        Assert.False(travel.Leg(A, new Place(114.2, 22.54), default).IsReachable);
        Assert.True(travel.Leg(A, A with { Lon = A.Lon + 1e-9 }, default).Milliseconds > 0);
    }
}
