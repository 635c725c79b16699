using Dispatch.Sim.Chaos.Servers;

namespace Sim.Tests.Chaos;

public sealed class KillScheduleTests
{
    [Fact]
    public void SameSeed_GivesTheSameKills()
    {
        Assert.Equal(KillSchedule.Of(200, 7, outages: true), KillSchedule.Of(200, 7, outages: true));
        Assert.NotEqual(KillSchedule.Of(200, 7, outages: true), KillSchedule.Of(200, 8, outages: true));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TwoHundredKills_ComeAtEveryMoment(bool outages)
    {
        IReadOnlyList<Kill> kills = KillSchedule.Of(200, 1, outages);
        Assert.Equal(Enumerable.Range(1, 200), kills.Select(k => k.Number));
        Assert.All(Enum.GetValues<KillMoment>(), moment => Assert.InRange(kills.Count(k => k.Moment == moment), 20, 140));
        // Killed while it recovers from the kill before.
        Assert.Contains(kills.Zip(kills.Skip(1)), pair => pair.First.Moment == KillMoment.StartingUp && pair.Second.Moment == KillMoment.StartingUp);
        Assert.Equal(outages, kills.Any(k => k.Outage == Outage.Fast) && kills.Any(k => k.Outage == Outage.Immediate));
    }
}
