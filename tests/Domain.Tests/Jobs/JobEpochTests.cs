using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using static Dispatch.Domain.Tests.Jobs.JobFixture;

namespace Dispatch.Domain.Tests.Jobs;

public class JobEpochTests
{
    [Fact]
    public void OfferToTwo_IsTakenByTheFirst_AndRefusedToTheSecondWithWhoHasIt()
    {
        JobState taken = OfferedToTwo.Then(new AcceptOffer(Wang, new Epoch(1)));
        Assert.Equal(Wang, taken.Assigned);
        Decision<JobEvent> second = Decide(taken, new AcceptOffer(Li, new Epoch(1)));
        Assert.Equal("job.taken", second.Refusal?.Code);
        Assert.Contains(second.Refusal!.Facts, f => f is { Name: "technicianId", Value: "tech_wang" });
    }

    [Fact]
    public void OfferToTwo_StaysWithTheOtherWhenOneDeclines()
    {
        JobState job = OfferedToTwo.Then(new DeclineOffer(Li, new Epoch(1), "no_part"));
        Assert.Equal(JobStatus.Offered, job.Status);
        Assert.Equal(Wang, Assert.Single(job.Candidates).Technician);
        Assert.Equal("job.offer_not_yours", Decide(job, new AcceptOffer(Li, new Epoch(1))).Refusal?.Code);
    }

    [Theory]
    [InlineData(119, null)]
    [InlineData(120, "job.offer_expired")]
    public void AnOffer_EndsExactlyAtItsExpiry(int seconds, string? code)
    {
        DateTimeOffset now = Noon.AddSeconds(seconds);
        Assert.Equal(code, Decide(Offered, new AcceptOffer(Li, new Epoch(1)), now).Refusal?.Code);
        Assert.Equal(code is null ? 0 : 2, Decide(Offered, new ExpireOffer(), now).Events.Length);
    }

    [Fact]
    public void EveryEndOfAnOffer_RaisesTheEpoch_SoThatLateAnswersAreFenced()
    {
        (string, JobState)[] ends =
        [
            ("declined", Offered.Then(new DeclineOffer(Li, new Epoch(1), "too_far"))),
            ("expired", Offered.Then(new ExpireOffer(), Noon.AddMinutes(2))),
            ("reassigned", Offered.Then(new ReassignJob(Wang, "closer", null))),
            ("rescheduled", Offered.Then(new RescheduleJob([Afternoon], null))),
            ("cancelled", Offered.Then(new CancelJob("no"))),
        ];
        foreach ((string how, JobState job) in ends)
        {
            Assert.True(job.Epoch > new Epoch(1), how);
            Assert.Equal("job.epoch_stale", Decide(job, new AcceptOffer(Li, new Epoch(1))).Refusal?.Code);
        }
    }

    [Fact]
    public void WorkDoneUnderAStaleEpoch_IsKeptAsAFactAndMovesNothing()
    {
        JobState moved = Arrived.Then(new ReassignJob(Wang, "complaint", null));
        Decision<JobEvent> late = Decide(moved, new CompleteRepair(Li, new Epoch(1), Noon, RepairOutcome.Repaired, null, null));
        Assert.Equal("job.epoch_stale", late.Refusal?.Code);
        Assert.IsType<StaleWorkReported>(Assert.Single(late.Events));
        JobState after = Apply(moved, late);
        Assert.Equal(1, after.StaleWork);
        Assert.Equal((moved.Status, moved.Epoch), (after.Status, after.Epoch));
    }

    [Fact]
    public void AnOfferPlannedOnAnOlderEpoch_IsRefused()
    {
        JobState queuedAgain = Offered.Then(new DeclineOffer(Li, new Epoch(1), "no_time"));
        Assert.Equal("job.epoch_stale", Decide(queuedAgain, Offer(Epoch.Zero, Wang)).Refusal?.Code);
        Assert.Equal("job.epoch_unknown", Decide(queuedAgain, Offer(new Epoch(9), Wang)).Refusal?.Code);
    }

    [Fact]
    public void AJobLockedToOneTechnician_IsOfferedToNobodyElse()
    {
        JobState locked = Offered.Then(new ReassignJob(Wang, "customer asked", null));
        Assert.Equal("job.locked_elsewhere", Decide(locked, Offer(locked.Epoch, Li)).Refusal?.Code);
        Assert.Null(Decide(locked, Offer(locked.Epoch, Wang)).Refusal);
    }

    [Fact]
    public void NamingATechnician_OverrulesTheirEarlierNo()
    {
        JobState declined = Offered.Then(new DeclineOffer(Li, new Epoch(1), "too_far"));
        Assert.Equal(Li, Assert.Single(declined.Excluded).Technician);
        Assert.Empty(declined.Then(new ReassignJob(Li, "talked to her", null)).Excluded);
    }

    [Fact]
    public void DirectAssignment_NeedsExactlyOneCandidate()
    {
        JobState direct = Queued.Then(Offer(Epoch.Zero, Li) with { Direct = true });
        Assert.Equal((JobStatus.Accepted, Li), (direct.Status, direct.Assigned));
        Assert.Equal("job.no_candidate", Decide(Queued, Offer(Epoch.Zero, Li, Wang) with { Direct = true }).Refusal?.Code);
        Assert.Equal("job.no_candidate", Decide(Queued, Offer(Epoch.Zero)).Refusal?.Code);
    }

    [Fact]
    public void AReportFromTheFuture_IsRefused_ButAClockALittleAheadIsNot()
    {
        Assert.Equal("job.time_in_future", Decide(Accepted, new Depart(Li, new Epoch(1), Noon.AddSeconds(61))).Refusal?.Code);
        Assert.Null(Decide(Accepted, new Depart(Li, new Epoch(1), Noon.AddSeconds(60))).Refusal);
    }

    [Fact]
    public void AWindow_MustEndAfterItBeginsAndNotBeOver()
    {
        Assert.Equal("job.window_missing", JobDecider.CheckWindows([], Noon)?.Code);
        Assert.Equal("job.window_reversed", JobDecider.CheckWindows([new(Noon.AddHours(2), Noon.AddHours(1))], Noon)?.Code);
        Assert.Equal("job.window_in_past", JobDecider.CheckWindows([new(Noon.AddHours(-2), Noon)], Noon)?.Code);
        Assert.Null(JobDecider.CheckWindows([new(Noon.AddHours(-2), Noon.AddSeconds(1))], Noon));
    }

    [Fact]
    public void AnOutdatedVersion_IsRefusedWithTheCurrentOne()
    {
        Decision<JobEvent> decision = Decide(Accepted, new ReassignJob(Wang, "closer", 6), version: 7);
        Assert.Equal("job.version_outdated", decision.Refusal?.Code);
        Assert.Contains(decision.Refusal!.Facts, f => f is { Name: "current", Value: "7" });
    }
}
