using Dispatch.Api.Plans;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Technicians;

namespace Dispatch.SystemTests.Api.Plans;

/// <summary>Everybody and everything in one place, so that only the hours matter.</summary>
public sealed class MoveVisitTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly Place Home = new(121, 31);
    private static readonly PlanarTravel Travel = new(Home, 1);

    private static Visit? Of(JobState job, TechnicianState day, double? startHour = null) => MoveVisit.Of(job, day, Travel, Now, startHour is { } hour ? Now.AddHours(hour) : null);

    [Fact]
    public void WorkGoesIntoTheFirstGapThatMeetsAWindow()
    {
        Assert.Equal(Now.AddHours(1), Of(Job(0, 8), Day((0, 1), (2, 3)))!.StartAt);
        Assert.Equal(Now.AddHours(3), Of(Job(0, 8), Day((0, 1), (1.25, 3)))!.StartAt);
        Assert.Equal(Now.AddHours(2), Of(Job(2, 8), Day((0, 1), (3, 4)))!.StartAt);
        Assert.Equal(Now, Of(Job(0, 8), Day((1, 2)))!.StartAt);
    }

    [Fact]
    public void WhereNoWindowCanBeMet_ItComesAfterEverything() => Assert.Equal(Now.AddHours(4), Of(Job(0, 1), Day((0, 4)))!.StartAt);

    [Fact]
    public void AStartThatIsGiven_IsKept_AndTheWayThereIsFromTheStopBefore()
    {
        Place far = new(121.01, 31);
        TimeSpan way = Travel.Leg(Home, far, Now).Duration;
        Visit visit = Of(Job(0, 8, far), Day((0, 1), (2, 3)), 1.5)!;
        Assert.Equal((Now.AddHours(1.5) - way, Now.AddHours(1.5), Now.AddHours(1.5), Now.AddHours(2)), (visit.DepartAt, visit.ArriveAt, visit.StartAt, visit.FinishAt));
    }

    private static JobState Job(double from, double to, Place? place = null)
    {
        RequestJob ask = new(
            new JobId("job_1"), new TenantId("main"), new ZoneId("zone_n"),
            new JobRequest("screen", place ?? Home, [new(Now.AddHours(from), Now.AddHours(to))], Severity.Regular, null, null), ServiceNeeds.Of([], [], [], TimeSpan.FromMinutes(30)));
        return JobDecider.Decide(null, 0, ask, Now, JobRules.Standard).Events.Aggregate((JobState?)null, (job, fact) => JobEvolution.Apply(job, fact, Now))!;
    }

    private static TechnicianState Day(params (double From, double To)[] stops) => new(
        new TechnicianId("tech_li"), new TenantId("main"), new TechnicianProfile("Li", new ZoneId("zone_n"), Home, new TimeWindow(Now, Now.AddHours(10)), [], [], []), [], true, false, Home, Now,
        [.. stops.Select((s, i) => new Commitment(
            new JobId($"job_x{i}"), new Epoch(1), CommitmentStatus.Confirmed, new Visit(Now.AddHours(s.From), Now.AddHours(s.From), Now.AddHours(s.From), Now.AddHours(s.To)), Home, [],
            TimeSpan.FromHours(s.To - s.From), Now.AddHours(s.From), null, null))],
        [], null, 0, false);
}
