using System.Collections.Immutable;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching;
using Dispatch.Domain.Technicians;
using Dispatch.Domain.Tests.Jobs;
using Dispatch.Domain.Zones;
using static Dispatch.Domain.Tests.Jobs.JobFixture;

namespace Dispatch.Domain.Tests.Zones;

/// <summary>What of jobs and technicians a planner gets to see.</summary>
public class ZoneBoardTests
{
    private static readonly TechnicianProfile Profile = new("Li", new ZoneId("zone_n"), new Place(121, 31), new TimeWindow(Noon, Noon.AddHours(8)), [], [], []);

    /// <summary>Whoever was named to the customer stays so while only the time changes, and no longer once the job was taken from them.</summary>
    [Fact]
    public void NamedTechnician_IsPromised_UntilTheJobIsTakenFromThem()
    {
        RescheduleJob later = new([new TimeWindow(Noon.AddHours(4), Noon.AddHours(7))], null);

        Assert.Null(Seen(Queued).PromisedTo);
        Assert.Null(Seen(Offered.Then(later)).PromisedTo);
        Assert.Equal(Li, Seen(Accepted.Then(later)).PromisedTo);
        Assert.Null(Seen(Accepted.Then(new ReassignJob(null, "technician_off_duty", null))).PromisedTo);
        Assert.Null(Seen(Accepted.Then(later).Then(Offer(new Epoch(2), Li)).Then(new DeclineOffer(Li, new Epoch(3), "no_time"))).PromisedTo);
    }

    [Theory]
    [InlineData(Severity.Urgent, 480, DeadlineClass.Urgent)]
    [InlineData(Severity.Regular, 480, DeadlineClass.Regular)]
    [InlineData(Severity.Regular, 121, DeadlineClass.Regular)]
    [InlineData(Severity.Regular, 120, DeadlineClass.Timed)]
    public void NarrowWindows_MakeAJobTimed(Severity severity, int minutes, DeadlineClass expected) =>
        Assert.Equal(expected, Seen(Queued with { Request = Request(new TimeWindow(Noon.AddHours(1), Noon.AddHours(1).AddMinutes(minutes))) with { Severity = severity } }).Deadline);

    [Fact]
    public void LimitOfJobs_CountsWhatIsDoneAndPromised()
    {
        TechnicianState li = TechnicianEvolution.Apply(null, new TechnicianRegistered(Li, new TenantId("main"), Profile with { MaxJobs = 4 }), Noon);
        Commitment held = new(new JobId("job_held"), new Epoch(1), CommitmentStatus.Confirmed, JobFixture.Visit, new Place(121, 31), [], TimeSpan.FromMinutes(40), Noon, null, null);

        Assert.Equal(4, Seen(li).MaxJobs);
        Assert.Equal(1, Seen(li with { JobsDone = 2, Commitments = [held] }).MaxJobs);
        Assert.Equal(0, Seen(li with { JobsDone = 9 }).MaxJobs);
        Assert.Equal(1, TechnicianEvolution.Apply(li with { Commitments = [held] }, new SlotFinished(held.Job, held.Epoch, Noon.AddHours(1), held.Place, []), Noon).JobsDone);
    }

    [Fact]
    public void ShiftAndAuthorisations_ReachThePlanner()
    {
        ImmutableArray<BrandAuthorisation> authorisations = [new BrandAuthorisation("North", Noon.AddDays(3))];
        TechnicianSnapshot seen = Seen(TechnicianEvolution.Apply(null, new TechnicianRegistered(Li, new TenantId("main"), Profile with { Authorisations = authorisations, Employment = Employment.SpareTime }), Noon));

        Assert.Equal(Noon.AddHours(8), seen.ShiftEnd);
        Assert.Equal(Employment.SpareTime, seen.Employment);
        Assert.Equal(Noon.AddDays(3), seen.Authorisations!["north"]);
        Assert.Equal("NORTH", Seen(Queued with { Request = Request() with { Device = new DeviceRef("NORTH", "N1", null) } }).Brand);
    }

    private static JobSnapshot Seen(JobState job)
    {
        ZoneBoard board = new();
        board.Learn(job, 1);
        return Assert.Single(board.Snapshot(Noon, Noon, new StraightLineTravel(new TravelModel()), null, ResponseTargets.None, ImmutableDictionary<JobId, int>.Empty).Jobs);
    }

    private static TechnicianSnapshot Seen(TechnicianState technician)
    {
        ZoneBoard board = new();
        board.Learn(technician with { OnDuty = true }, 1);
        return Assert.Single(board.Snapshot(Noon, Noon, new StraightLineTravel(new TravelModel()), null, ResponseTargets.None, ImmutableDictionary<JobId, int>.Empty).Technicians);
    }
}
