using System.Text.Json;
using Dispatch.Sim.Client.Streams;
using Dispatch.Sim.Replay.Day;
using Dispatch.Sim.Replay.Instances;

namespace Sim.Tests.Replay;

public sealed class DayWatchTests
{
    private static readonly Dictionary<string, int> Filed = new() { ["job_3"] = 3, ["job_6"] = 6 };

    private readonly DayWatch watch = new(_ => { });
    private long seq;

    [Fact]
    public void DayIsOver_WhenEveryJobIsEndedOrItsWindowHasLongPassed()
    {
        See("job_3", "closed", 9);
        Assert.False(IsOver(99), "job_6 has not been heard of");
        See("job_6", "queued", 2);
        Assert.False(IsOver(53), "job_6 may begin until 52.5, and the grace is 1");
        Assert.True(IsOver(53.6));
        See("job_6", "accepted", 4);
        Assert.False(IsOver(99), "somebody has job_6");
        See("job_6", "cancelled", 5);
        Assert.True(IsOver(0));
    }

    [Fact]
    public void OlderView_DoesNotReplaceANewerOne()
    {
        See("job_3", "closed", 9);
        See("job_3", "signed", 8);
        Assert.Equal("closed", watch.Jobs["job_3"].Status);
    }

    [Theory]
    [InlineData("R101", 230, 1.92)]
    [InlineData("C201", 3390, 28.25)]
    [InlineData("tiny", 60, 1)]
    [InlineData("huge", 86_400, 60)]
    public void Speed_PlaysADayInTwoMinutesWithinItsLimits(string name, double horizon, double speed)
    {
        TrspInstance instance = Small.Instance with { Name = name, Depot = Small.Instance.Depot with { Closes = new DayTime(horizon) } };
        Assert.Equal(speed, ReplaySpeed.For(new TrspInstance(name, 1, instance.Depot, [.. instance.Technicians.Select(t => t with { Closes = new DayTime(horizon) })], instance.Requests)));
    }

    private bool IsOver(double now) => watch.IsOver(Filed, Small.Instance, new DayTime(now), grace: 1);

    private void See(string job, string status, long version) => ((IStreamListener)watch).Applied("zone/z", new StreamEvent(
        ++seq, "job.x", DateTimeOffset.UnixEpoch, "job:" + job, version,
        JsonSerializer.SerializeToElement(new { jobId = job, view = new { id = job, zone = "z", status, epoch = 1, version } })));
}
