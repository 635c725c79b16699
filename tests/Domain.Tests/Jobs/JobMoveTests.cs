using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Moves;
using static Dispatch.Domain.Tests.Jobs.JobFixture;

namespace Dispatch.Domain.Tests.Jobs;

public class JobMoveTests
{
    private static readonly Visit Later = new(Noon.AddHours(2), Noon.AddHours(2), Noon.AddHours(2), Noon.AddHours(3));

    private static ParkJob Park(JobState job, TechnicianId? to, bool overrules = false) =>
        new(Plan, Noon.AddSeconds(20), job.Epoch, job.Assigned, to is { } technician ? new Candidate(technician, Later) : null, overrules);

    [Fact]
    public void ACommittedMove_GivesTheJobUnderTheNextEpoch_AndSaysSoLikeADirectAssignment()
    {
        Decision<JobEvent> decision = Decide(Parked, new SettleMove(Plan, Committed: true));
        Assert.Equal([typeof(JobMoved), typeof(JobAccepted)], decision.Events.Select(e => e.GetType()));
        JobState moved = Apply(Parked, decision);
        Assert.Equal((JobStatus.Accepted, new Epoch(2), Wang, Wang), (moved.Status, moved.Epoch, moved.Assigned, moved.Named));
        Assert.Null(moved.Parked);
        Assert.Equal("job.epoch_stale", Decide(moved, new Depart(Li, new Epoch(1), Noon)).Refusal?.Code);
        Assert.Empty(Decide(moved, new SettleMove(Plan, Committed: true)).Events);
    }

    [Fact]
    public void AWithdrawnMove_LeavesTheJobAsItWas()
    {
        JobState accepted = Accepted, parked = accepted.Then(Park(accepted, Wang));
        Assert.NotEqual(accepted, parked);
        Assert.Equal(accepted, parked.Then(new SettleMove(Plan, Committed: false)));
    }

    [Fact]
    public void AJobMayGoBackIntoTheQueue_AndOneThatWaitsMayBeGivenAway()
    {
        JobState back = Accepted.Then(Park(Accepted, null)).Then(new SettleMove(Plan, Committed: true));
        Assert.Equal((JobStatus.Queued, new Epoch(2), (TechnicianId?)null), (back.Status, back.Epoch, back.Assigned));
        Assert.Null(back.Parked);
        JobState given = Queued.Then(Park(Queued, Wang)).Then(new SettleMove(Plan, Committed: true));
        Assert.Equal((JobStatus.Accepted, new Epoch(1), Wang, Later), (given.Status, given.Epoch, given.Assigned, given.Visit));
        Assert.Equal("job.wrong_status", Decide(Queued, Park(Queued, null)).Refusal?.Code);
    }

    [Fact]
    public void OnlyWhatTheChangeKnows_StandsStillForIt()
    {
        Assert.Equal("job.epoch_stale", Decide(Accepted, Park(Accepted, Wang) with { Expected = Epoch.Zero }).Refusal?.Code);
        Assert.Equal("job.epoch_unknown", Decide(Accepted, Park(Accepted, Wang) with { Expected = new Epoch(2) }).Refusal?.Code);
        Assert.Equal("job.not_yours", Decide(Accepted, Park(Accepted, Wang) with { From = Wang }).Refusal?.Code);
        Assert.Equal("job.taken", Decide(Accepted, Park(Accepted, Wang) with { From = null }).Refusal?.Code);
        Assert.Equal("job.not_yours", Decide(Queued, Park(Queued, Wang) with { From = Li }).Refusal?.Code);
        Assert.Equal("intent.expired", Decide(Accepted, Park(Accepted, Wang), Noon.AddSeconds(20)).Refusal?.Code);
        Assert.Equal("job.plan_under_way", Decide(Parked, Park(Accepted, Wang) with { Intent = new IntentId("intent_2") }).Refusal?.Code);
    }

    [Fact]
    public void AJobKeptForOneTechnician_IsMovedByAPersonOnly_AndIsThenKeptForTheOther()
    {
        JobState locked = Queued.Then(new ReassignJob(Li, "customer asked", null)).Then(Offer(new Epoch(1), Li)).Then(new AcceptOffer(Li, new Epoch(2)));
        Assert.Equal("job.locked_elsewhere", Decide(locked, Park(locked, Wang)).Refusal?.Code);
        Assert.Equal(Wang, locked.Then(Park(locked, Wang, overrules: true)).Then(new SettleMove(Plan, Committed: true)).LockedTo);
    }
}
