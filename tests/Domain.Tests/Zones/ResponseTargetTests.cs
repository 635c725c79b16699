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

    [Fact]
    public void ATargetThatHasPassed_NoLongerNarrows()
    {
        JobState job = Asked(Severity.Urgent, new(Noon, Noon.AddHours(3)));
        Assert.False(Targets.Tightens(job, Noon.AddMinutes(45)));
        Assert.False(ResponseTargets.None.Tightens(job, Noon));
    }
}
