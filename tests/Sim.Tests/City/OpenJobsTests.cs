using Dispatch.Sim.City.Watch;
using Dispatch.Sim.Client.Api;

namespace Sim.Tests.City;

public sealed class OpenJobsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData("queued", true, -60, false)]
    [InlineData("queued", false, -60, true)]
    [InlineData("queued", false, -5, false)]
    [InlineData("inspected", false, -600, false)]
    [InlineData("inspected", false, -60 * 40, true)]
    [InlineData("nobody knows", false, 0, true)]
    public void AJobIsStuck_WhereNothingThatIsNamedWillMoveIt(string status, bool planned, int changedMinutes, bool stuck) =>
        Assert.Equal(stuck, OpenJobs.Of(Job(status) with { UpdatedAt = Now.AddMinutes(changedMinutes) }, planned, Now, Pause).Stuck);

    [Fact]
    public void AnUnplacedJob_IsNamedByItsReasons()
    {
        Waiting waiting = OpenJobs.Of(Job("queued") with { Unplaced = [new UnplacedCount("plan.skill_missing", 3), new UnplacedCount("plan.shift_exceeded", 1)] }, false, Now, Pause);
        Assert.Equal(new Waiting("unplaced: plan.shift_exceeded, plan.skill_missing", false), waiting);
    }

    [Fact]
    public void WorkLongOverdue_IsStuck()
    {
        Visit visit = new(Now.AddHours(-5), Now.AddHours(-4), Now.AddHours(-4), Now.AddHours(-3));
        Assert.True(OpenJobs.Of(Job("arrived") with { Visit = visit }, false, Now, Pause).Stuck);
        Assert.False(OpenJobs.Of(Job("arrived") with { Visit = visit with { FinishAt = Now.AddHours(-1) } }, false, Now, Pause).Stuck);
        Assert.True(OpenJobs.Of(Job("offered") with { OfferExpiresAt = Now.AddHours(-1) }, false, Now, Pause).Stuck);
    }

    [Fact]
    public void ARepairAtTheBenchWaitsForItsCheck_AndAtTheDoorForItsEnd()
    {
        Assert.Equal(new Waiting("the check", false), OpenJobs.Of(Job("repaired") with { Mode = "mailIn", UpdatedAt = Now.AddHours(-3) }, false, Now, Pause));
        Assert.True(OpenJobs.Of(Job("repaired") with { Mode = "doorToDoor", UpdatedAt = Now.AddHours(-3) }, false, Now, Pause).Stuck);
    }

    private static JobView Job(string status) => new("job_1", "zone_1", status, 1, 1, null, null, null, null);
}
