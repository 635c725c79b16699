using Dispatch.Api.Tracking;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Grains.Contracts.Feeds;

namespace Dispatch.SystemTests.Api.Streams;

public sealed class ArrivalAndStepsTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(JobStatus.Queued, false)]
    [InlineData(JobStatus.Offered, false)]
    [InlineData(JobStatus.Accepted, true)]
    [InlineData(JobStatus.EnRoute, true)]
    [InlineData(JobStatus.Arrived, false)]
    [InlineData(JobStatus.Closed, false)]
    public void Arrival_IsPromisedOnlyBetweenAcceptanceAndArrival(JobStatus status, bool promised) =>
        Assert.Equal(promised, ArrivalPromise.Of(Job(status, travelMinutes: 20)) is not null);

    [Theory]
    [InlineData(20, 20, 30)]
    [InlineData(60, 60, 75)]
    [InlineData(62, 60, 80)]
    public void Arrival_ReachesFromThePlanToAQuarterOfTheWayLater(int travel, int from, int to)
    {
        TimeWindow promise = ArrivalPromise.Of(Job(JobStatus.EnRoute, travel))!.Value;
        Assert.Equal((Now.AddMinutes(from), Now.AddMinutes(to)), (promise.From, promise.To));
    }

    [Fact]
    public void Steps_AreChangesOfStatusOnly()
    {
        string[] types = ["job.requested", "job.triaged", "job.queued", "job.offered", "job.declined", "job.queued", "job.unplaced", "job.queued", "job.offered", "job.accepted"];
        var steps = TrackingSteps.Of([.. types.Select((type, i) => new SequencedEvent("job/job_a", i + 1, type, Now.AddMinutes(i), "s", i + 1, "{}", "job", "job_a", null))]);
        Assert.Equal([JobStatus.Requested, JobStatus.Queued, JobStatus.Offered, JobStatus.Queued, JobStatus.Offered, JobStatus.Accepted], steps.Select(s => s.Status));
        Assert.Equal(Now.AddMinutes(5), steps[3].At);
    }

    private static JobState Job(JobStatus status, int travelMinutes)
    {
        JobRequest request = new("screen", new Place(121, 31), [new TimeWindow(Now, Now.AddHours(2))], Severity.Regular, null, null);
        DateTimeOffset arrive = Now.AddMinutes(travelMinutes);
        return JobEvolution.Apply(null, new JobRequested(new JobId("job_a"), new TenantId("main"), new ZoneId("zone_a"), request, Now), Now) with
        {
            Status = status,
            Candidates = [new Candidate(new TechnicianId("tech_a"), new Visit(Now, arrive, arrive, arrive.AddMinutes(30)))],
        };
    }
}
