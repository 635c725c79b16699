using System.Collections.Immutable;
using Dispatch.Api.Jobs;
using Dispatch.Api.Zones;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Matching;
using Dispatch.Grains.Contracts.Zones;

namespace Dispatch.SystemTests.Api.Plans;

/// <summary>A job that is in no route says why, also where the zone has nobody to say it of.</summary>
public sealed class UnplacedViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 1, 0, 0, TimeSpan.Zero);
    private static readonly JobSnapshot Job = new()
    {
        Id = new JobId("job_a"),
        Place = new Place(121, 31),
        Service = TimeSpan.FromMinutes(30),
    };

    private static readonly ZonePlan Plan = new ZonePlanner(new StraightLineTravel(new TravelModel()))
        .Plan(new PlanningSnapshot(Now, [], [Job], []), null, PlanBudget.InsertionOnly, 1);

    [Fact]
    public void APlanWithoutTechnicians_NamesTheReasonOfEveryJob()
    {
        UnplacedJobView unplaced = Assert.Single(PlanView.Of(new ZonePlanView(new ZoneId("zone_n"), Now, Plan)).Unplaced);

        Assert.Equal("job_a", unplaced.JobId);
        Assert.Equal(new ReasonCountView("plan.no_technician", 1), Assert.Single(unplaced.Reasons));
    }

    [Fact]
    public void AnExplanationWithoutTechnicians_NamesTheReason()
    {
        JobRequest request = new("screen", Job.Place, [new TimeWindow(Now, Now.AddHours(4))], Severity.Regular, null, null);
        JobState state = JobEvolution.Apply(null, new JobRequested(Job.Id, new TenantId("main"), new ZoneId("zone_n"), request, Now), Now);

        ExplanationView why = ExplanationView.Of(state, new JobExplanation(Now, null, Plan.Unplaced[0]));

        ReasonView reason = Assert.Single(why.Reasons);
        Assert.Equal(("plan.no_technician", 1), (reason.Code, reason.Count));
        Assert.Equal("The zone has nobody at work", reason.Text);
        Assert.Empty(why.Alternatives);
    }
}
