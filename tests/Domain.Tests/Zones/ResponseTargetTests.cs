using Dispatch.Domain.Jobs;
using Dispatch.Domain.Tests.Jobs;
using Dispatch.Domain.Zones;
using static Dispatch.Domain.Tests.Jobs.JobFixture;

namespace Dispatch.Domain.Tests.Zones;

public class ResponseTargetTests
{
    private static readonly ResponseTargets Targets = new(TimeSpan.FromMinutes(45), TimeSpan.FromMinutes(90));

    private static JobState Asked(Severity severity, TimeWindow window) => Queued with { Request = Request(window) with { Severity = severity } };

    [Theory]
    [InlineData(Severity.Urgent, 0, 180, 45)]
    [InlineData(Severity.Regular, 0, 180, 90)]
    [InlineData(Severity.Regular, 60, 240, 150)]
    [InlineData(Severity.Regular, 60, 100, 100)]
    [InlineData(Severity.Urgent, -30, 180, 45)]
    public void AWindow_EndsAtTheTargetAfterRequestOrOpening_NeverLaterThanPromised(Severity severity, int from, int to, int expectedTo)
    {
        JobState job = Asked(severity, new(Noon.AddMinutes(from), Noon.AddMinutes(to)));
        Assert.Equal(Noon.AddMinutes(expectedTo), Targets.Narrow(job, Noon)[0].To);
        Assert.Equal(expectedTo != to, Targets.Tightens(job, Noon));
    }

    /// <summary>Asked at noon, promised until six: 45 minutes, then 90, 180, and after that only the promise.</summary>
    [Theory]
    [InlineData(0, 0, 45)]
    [InlineData(1, 0, 90)]
    [InlineData(2, 0, 180)]
    [InlineData(3, 0, 360)]
    [InlineData(9, 0, 360)]
    [InlineData(0, 44, 45)]
    [InlineData(0, 45, 90)]
    [InlineData(0, 100, 180)]
    [InlineData(1, 100, 180)]
    [InlineData(0, 200, 360)]
    public void ATargetOutOfReach_IsDoubled_AsIsOneThatHasPassed(int level, int minutesLater, int expectedTo)
    {
        JobState job = Asked(Severity.Urgent, new(Noon, Noon.AddHours(6)));
        Assert.Equal(Noon.AddMinutes(expectedTo), Targets.Narrow(job, Noon.AddMinutes(minutesLater), level)[0].To);
        Assert.Equal(expectedTo < 360, Targets.Tightens(job, Noon.AddMinutes(minutesLater), level));
    }

    [Fact]
    public void ATargetOfZero_IsNone() =>
        Assert.False(ResponseTargets.None.Tightens(Asked(Severity.Urgent, new(Noon, Noon.AddHours(3))), Noon));
}
