using System.Text.Json;
using Dispatch.Sim.Chaos.Journals;
using Dispatch.Sim.Chaos.Judging;

namespace Dispatch.SystemTests.Chaos;

/// <summary>The judge of killed servers follows quotes like everything else: what may be is no violation, and what may not is one.</summary>
public sealed class JobCourseTests
{
    private static readonly string[] Bench = ["requested", "queued", "booked", "bookingConfirmed:booked", "received", "inspected"];

    /// <summary>Events by name, each leading to the status of that name or to the one after the colon.</summary>
    private static (JobCourse Course, Violation[] Violations) Followed(params string[] steps)
    {
        JobCourse course = new("job_1");
        List<Violation> violations = [];
        foreach ((string step, int i) in steps.Select((step, i) => (step, i)))
        {
            string[] named = step.Split(':');
            string data = $$"""{"jobId":"job_1","status":"{{named[^1]}}","epoch":1,"pointId":"point_1","technicianId":"tech_1","candidates":["tech_1"]}""";
            violations.AddRange(course.Meet(new HistoryEvent(i + 1, $"job.{named[0]}", DateTimeOffset.UnixEpoch, "job:main/job_1", i + 1, JsonDocument.Parse(data).RootElement)));
        }
        return (course, [.. violations]);
    }

    [Fact]
    public void ARefusalAtTheBench_GoesBackAsItIs_AndTheBenchIsNobodysAnyMore()
    {
        (JobCourse course, Violation[] violations) = Followed([.. Bench, "quoted:inspected", "quoteRefused:inspected"]);
        Assert.Empty(violations);
        Assert.Null(course.Bench);
        Assert.Empty(Followed([.. Bench, "quoted:inspected", "quoteLapsed:inspected", "packed", "shipped", "delivered", "closed"]).Violations);
        Assert.Empty(Followed([.. Bench, "quoted:inspected", "quoteApproved:inspected", "benchStarted:onBench", "quoted:onBench", "quoteRefused:onBench", "packed"]).Violations);
    }

    [Fact]
    public void ARefusalAtTheDoor_EndsTheVisit() => Assert.Empty(Followed(
        "requested", "queued", "offered", "accepted", "departed:enRoute", "arrived", "quoted:arrived", "quoteRefused:arrived", "repaired", "signed", "closed").Violations);

    [Fact]
    public void AQuoteWhereNobodyHasTheDevice_IsSaid() => Assert.Single(Followed("requested", "queued", "quoted:queued").Violations);
}
