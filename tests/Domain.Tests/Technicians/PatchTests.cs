using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Technicians;
using Dispatch.Domain.Technicians.Patches;

namespace Dispatch.Domain.Tests.Technicians;

/// <summary>What a change of plan does to one technician's day, and what others may do to it meanwhile.</summary>
public class PatchTests
{
    private static readonly DateTimeOffset Eight = new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);
    private static readonly IntentId Plan = new("intent_1"), Other = new("intent_2");
    private static readonly JobId A = new("job_a"), B = new("job_b"), C = new("job_c");
    private static readonly TechnicianProfile Profile = new(
        "Li", new ZoneId("zone_n"), new Place(121, 31), new TimeWindow(Eight, Eight.AddHours(10)), [new("phone", 2)], ["heat_mat"], [new("screen_a", 2)]);

    private static readonly ServiceNeeds Plain = ServiceNeeds.Of([], [], [], TimeSpan.FromMinutes(30));

    private static Visit At(int minute, int minutes) => new(Eight.AddMinutes(minute), Eight.AddMinutes(minute), Eight.AddMinutes(minute), Eight.AddMinutes(minute + minutes));

    private static ReserveSlot Reserve(JobId job, int minute, int minutes, ServiceNeeds? needs = null, long epoch = 1) =>
        new(job, new Epoch(epoch), At(minute, minutes), new Place(121, 31), needs ?? Plain, Eight.AddMinutes(minute), Eight.AddMinutes(5));

    private static SlotAddition Add(JobId job, int minute, int minutes, ServiceNeeds? needs = null, long epoch = 2) =>
        new(job, new Epoch(epoch), At(minute, minutes), new Place(121, 31), needs ?? Plain, Eight.AddMinutes(minute));

    private static ParkPatch Park(SlotRef[] releases, params SlotAddition[] additions) => new(Plan, Eight.AddSeconds(20), [.. releases], [.. additions]);

    private static Decision<TechnicianEvent> Decide(TechnicianState? state, TechnicianCommand command, DateTimeOffset? now = null) =>
        TechnicianDecider.Decide(state, command, now ?? Eight, JobRules.Standard);

    private static TechnicianState Kept(TechnicianState? state, TechnicianCommand command)
    {
        Decision<TechnicianEvent> decision = Decide(state, command);
        Assert.Null(decision.Refusal);
        return decision.Events.Aggregate(state, (s, fact) => TechnicianEvolution.Apply(s, fact, Eight))!;
    }

    /// <summary>One after the other; what is kept free is said yes to at once.</summary>
    private static TechnicianState Then(TechnicianState? state, params TechnicianCommand[] commands)
    {
        foreach (TechnicianCommand command in commands)
        {
            state = Kept(state, command);
            if (command is ReserveSlot kept)
                state = Kept(state, new ConfirmSlot(kept.Job, kept.Epoch, kept.Visit));
        }
        return state!;
    }

    private static TechnicianState OnDuty => Then(null, new RegisterTechnician(new TechnicianId("tech_li"), new TenantId("main"), Profile), new SetDuty(true));

    /// <summary>Full from 60 to 90 with A, which is to go, while B is to come at the same time.</summary>
    private static TechnicianState Swapping => Then(OnDuty, Reserve(A, 60, 30), Park([new(A, new Epoch(1))], Add(B, 60, 30)));

    [Fact]
    public void WhatIsReleased_CountsAsRoom_AndBothChangeAtOnce()
    {
        TechnicianState after = Then(Swapping, new SettlePatch(Plan, true, new(B, new Epoch(2))));
        Commitment only = Assert.Single(after.Commitments);
        Assert.Equal((B, new Epoch(2), CommitmentStatus.Confirmed), (only.Job, only.Epoch, only.Status));
        Assert.Null(after.Parked);
        Assert.Equal("technician.epoch_stale", Decide(after, Reserve(A, 200, 30)).Refusal?.Code);
        Assert.Empty(Decide(after, new SettlePatch(Plan, true, new(B, new Epoch(2)))).Events);
    }

    [Fact]
    public void AWithdrawnPatch_LeavesTheDayAsItWas()
    {
        TechnicianState before = Then(OnDuty, Reserve(A, 60, 30)), after = Then(Swapping, new SettlePatch(Plan, false, null));
        Assert.Equal(before.Commitments.AsEnumerable(), after.Commitments);
        Assert.Null(after.Parked);
        Assert.Null(Decide(after, Reserve(A, 60, 30)).Refusal);
    }

    [Fact]
    public void UntilItIsDecided_WhatComesIsKeptFree_AndWhatGoesStaysHeld()
    {
        TechnicianState parked = Then(OnDuty, Reserve(A, 60, 30), Park([new(A, new Epoch(1))], Add(B, 200, 30)));
        Assert.Equal("technician.slot_taken", Decide(parked, Reserve(C, 60, 30)).Refusal?.Code);
        Assert.Equal("technician.slot_taken", Decide(parked, Reserve(C, 200, 30)).Refusal?.Code);
        Assert.Null(Decide(parked, Reserve(C, 90, 30)).Refusal);
        Assert.Equal(CommitmentStatus.Confirmed, parked.CommitmentOf(A)!.Status);
    }

    [Fact]
    public void PartsOfWhatComes_AreKept_OverAllOfItTogether()
    {
        ServiceNeeds screen = ServiceNeeds.Of([], [], [new("screen_a", 1)], TimeSpan.FromMinutes(30));
        Assert.Equal("technician.part_missing", Decide(OnDuty, Park([], Add(A, 60, 30, screen), Add(B, 100, 30, screen), Add(C, 200, 30, screen))).Refusal?.Code);
        TechnicianState parked = Then(OnDuty, Park([], Add(A, 60, 30, screen), Add(B, 100, 30, screen)));
        Assert.Equal("technician.part_missing", Decide(parked, Reserve(C, 200, 30, screen)).Refusal?.Code);
        TechnicianState full = Then(OnDuty, Reserve(A, 60, 30, screen), Reserve(B, 100, 30, screen));
        Assert.Null(Decide(full, Park([new(A, new Epoch(1))], Add(C, 60, 30, screen))).Refusal);
    }

    [Fact]
    public void ADayThatWouldNotBePossible_IsRefusedWithItsReason()
    {
        TechnicianState held = Then(OnDuty, Reserve(A, 60, 30));
        Assert.Equal("technician.slot_taken", Decide(held, Park([], Add(B, 89, 30))).Refusal?.Code);
        Assert.Equal("technician.slot_taken", Decide(held, Park([], Add(B, 200, 30), Add(C, 229, 30))).Refusal?.Code);
        Assert.Equal("technician.outside_shift", Decide(held, Park([], Add(B, 590, 30))).Refusal?.Code);
        Assert.Equal("technician.skill_missing", Decide(held, Park([], Add(B, 200, 30, ServiceNeeds.Of([new("tablet", 1)], [], [], TimeSpan.FromMinutes(30))))).Refusal?.Code);
        Assert.Equal("technician.tool_missing", Decide(held, Park([], Add(B, 200, 30, ServiceNeeds.Of([], ["press"], [], TimeSpan.FromMinutes(30))))).Refusal?.Code);
        Assert.Equal("technician.reservation_gone", Decide(held, Park([new(A, new Epoch(2))])).Refusal?.Code);
        Assert.Equal("technician.reservation_gone", Decide(held, Park([new(B, new Epoch(1))])).Refusal?.Code);
        Assert.Equal("technician.reservation_gone", Decide(Kept(OnDuty, Reserve(A, 60, 30)), Park([new(A, new Epoch(1))])).Refusal?.Code);
        Assert.Equal("technician.epoch_stale", Decide(held, Park([], Add(A, 60, 30, epoch: 1))).Refusal?.Code);
        Assert.Equal("intent.expired", Decide(held, Park([], Add(B, 200, 30)), Eight.AddSeconds(20)).Refusal?.Code);
    }

    [Fact]
    public void WhoIsOffDuty_MayLoseWork_ButGainsNone()
    {
        TechnicianState off = Then(OnDuty, Reserve(A, 60, 30), new SetDuty(false));
        Assert.Null(Decide(off, Park([new(A, new Epoch(1))])).Refusal);
        Assert.Equal("technician.off_duty", Decide(off, Park([new(A, new Epoch(1))], Add(B, 60, 30))).Refusal?.Code);
    }

    [Fact]
    public void OnePatchAtATime_AndTheSameAgainIsNothing()
    {
        Assert.Empty(Decide(Swapping, Park([new(A, new Epoch(1))], Add(B, 60, 30))).Events);
        Assert.Equal("technician.plan_under_way", Decide(Swapping, Park([], Add(C, 200, 30)) with { Intent = Other }).Refusal?.Code);
        Assert.Empty(Decide(Swapping, new SettlePatch(Other, false, null)).Events);
    }

    [Fact]
    public void ALedgerThatNeverSawAPatch_DoesNotSayThatItIsApplied()
    {
        Assert.Equal("technician.patch_unknown", Decide(OnDuty, new SettlePatch(Plan, true, new(B, new Epoch(2)))).Refusal?.Code);
        TechnicianState later = Then(Swapping, new SettlePatch(Plan, true, null), new ReleaseSlot(B, new Epoch(2), "cancelled"));
        Assert.Null(Decide(later, new SettlePatch(Plan, true, new(B, new Epoch(2)))).Refusal);
    }

    [Fact]
    public void ALapsedReservation_MakesRoom_AndIsGoneForAClockThatIsBehind()
    {
        TechnicianState reserved = Kept(OnDuty, Reserve(A, 60, 30));
        ParkPatch park = Park([], Add(B, 60, 30)) with { DecideBy = Eight.AddMinutes(6) };
        Assert.Equal("technician.slot_taken", Decide(reserved, park).Refusal?.Code);
        TechnicianState parked = TechnicianEvolution.Apply(reserved, Decide(reserved, park, Eight.AddMinutes(5)).Events.Single(), Eight.AddMinutes(5));
        Assert.Equal("technician.reservation_gone", Decide(parked, new ConfirmSlot(A, new Epoch(1), At(60, 30)), Eight).Refusal?.Code);
    }

    [Fact]
    public void WhoArrivesEarly_DoesNotRunIntoWhatComes()
    {
        TechnicianState day = Then(OnDuty, Reserve(A, 60, 30) with { WindowOpens = Eight }, Park([], Add(B, 30, 30)));
        TechnicianState early = Then(day, new RecordProgress(A, new Epoch(1), CommitmentStatus.OnSite, Eight.AddMinutes(40)));
        Assert.Equal(Eight.AddMinutes(90), early.CommitmentOf(A)!.Visit.FinishAt);
    }
}
