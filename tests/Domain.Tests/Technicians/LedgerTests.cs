using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Geo;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Technicians;

namespace Dispatch.Domain.Tests.Technicians;

public class LedgerTests
{
    private static readonly DateTimeOffset Eight = new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);
    private static readonly TechnicianProfile Profile = new(
        "Li", new ZoneId("zone_n"), new Place(121, 31), new TimeWindow(Eight, Eight.AddHours(10)), [new("phone", 2)], ["heat_mat"], [new("screen_a", 2)]);

    private static readonly ServiceNeeds Plain = ServiceNeeds.Of([], [], [], TimeSpan.FromMinutes(30));

    private static TechnicianState OnDuty => Then(Then(null, new RegisterTechnician(new TechnicianId("tech_li"), new TenantId("main"), Profile)), new SetDuty(true));

    private static Decision<TechnicianEvent> Decide(TechnicianState? state, TechnicianCommand command, DateTimeOffset? now = null) =>
        TechnicianDecider.Decide(state, command, now ?? Eight, JobRules.Standard);

    private static TechnicianState Then(TechnicianState? state, TechnicianCommand command, DateTimeOffset? now = null)
    {
        Decision<TechnicianEvent> decision = Decide(state, command, now);
        Assert.Null(decision.Refusal);
        return decision.Events.Aggregate(state, (s, fact) => TechnicianEvolution.Apply(s, fact, now ?? Eight))!;
    }

    private static ConfirmSlot Confirm(string job, int startMinute, int minutes, long epoch = 1) => new(new JobId(job), new Epoch(epoch), Reserve(job, startMinute, minutes).Visit);

    private static ReserveSlot Reserve(string job, int startMinute, int minutes, ServiceNeeds? needs = null, long epoch = 1, int expiresMinute = 5)
    {
        DateTimeOffset start = Eight.AddMinutes(startMinute);
        return new ReserveSlot(new JobId(job), new Epoch(epoch), new Visit(start, start, start, start.AddMinutes(minutes)), new Place(121, 31), needs ?? Plain, start,
            Eight.AddMinutes(expiresMinute));
    }

    [Fact]
    public void OverlappingWork_IsRefused_TouchingWorkIsNot()
    {
        TechnicianState held = Then(OnDuty, Reserve("job_a", 60, 30));
        Assert.Equal("technician.slot_taken", Decide(held, Reserve("job_b", 89, 30)).Refusal?.Code);
        Assert.Null(Decide(held, Reserve("job_b", 90, 30)).Refusal);
        Assert.Null(Decide(held, Reserve("job_b", 30, 30)).Refusal);
    }

    [Fact]
    public void WhoArrivesEarly_IsFreeEarly_WhoArrivesLate_KeepsThePlannedTime()
    {
        JobId a = new("job_a");
        TechnicianState confirmed = Then(Then(OnDuty, Reserve("job_a", 60, 30) with { WindowOpens = Eight }), Confirm("job_a", 60, 30));
        TechnicianState early = Then(confirmed, new RecordProgress(a, new Epoch(1), CommitmentStatus.OnSite, Eight.AddMinutes(40)), Eight.AddMinutes(40));
        Assert.Equal(Eight.AddMinutes(70), early.CommitmentOf(a)!.Visit.FinishAt);
        Assert.Null(Decide(early, Reserve("job_b", 70, 30)).Refusal);
        Assert.Equal("technician.slot_taken", Decide(early, Reserve("job_b", 69, 30)).Refusal?.Code);
        TechnicianState late = Then(confirmed, new RecordProgress(a, new Epoch(1), CommitmentStatus.OnSite, Eight.AddMinutes(80)), Eight.AddMinutes(80));
        Assert.Equal(Eight.AddMinutes(90), late.CommitmentOf(a)!.Visit.FinishAt);
        TechnicianState waiting = Then(Then(Then(OnDuty, Reserve("job_a", 60, 30)), Confirm("job_a", 60, 30)), new RecordProgress(a, new Epoch(1), CommitmentStatus.OnSite, Eight.AddMinutes(40)), Eight.AddMinutes(40));
        Assert.Equal(Eight.AddMinutes(90), waiting.CommitmentOf(a)!.Visit.FinishAt);
    }

    [Fact]
    public void AReservation_LapsesByItselfAndMakesRoom_AConfirmedOneDoesNot()
    {
        TechnicianState held = Then(OnDuty, Reserve("job_a", 60, 30));
        Assert.Null(Decide(held, Reserve("job_b", 60, 30), Eight.AddMinutes(5)).Refusal);
        Assert.Equal("technician.reservation_gone", Decide(held, Confirm("job_a", 60, 30), Eight.AddMinutes(5)).Refusal?.Code);
        TechnicianState confirmed = Then(held, Confirm("job_a", 60, 30));
        Assert.Equal("technician.slot_taken", Decide(confirmed, Reserve("job_b", 60, 30), Eight.AddHours(1)).Refusal?.Code);
    }

    [Fact]
    public void OfTwoProposalsUnderOneEpoch_OnlyTheOneThatIsKeptCanBeConfirmed()
    {
        TechnicianState first = Then(OnDuty, Reserve("job_a", 60, 30)), second = Then(first, Reserve("job_a", 120, 30));
        Assert.Equal("technician.reservation_gone", Decide(second, Confirm("job_a", 60, 30)).Refusal?.Code);
        TechnicianState confirmed = Then(second, Confirm("job_a", 120, 30));
        Assert.Equal("technician.reservation_gone", Decide(confirmed, Confirm("job_a", 60, 30)).Refusal?.Code);
        Assert.Equal("technician.epoch_stale", Decide(confirmed, Reserve("job_a", 60, 30)).Refusal?.Code);
        Assert.Null(Decide(confirmed, Confirm("job_a", 120, 30)).Refusal);
        Assert.Empty(Decide(confirmed, Reserve("job_a", 120, 30)).Events);
    }

    [Fact]
    public void AConfirmationThatArrivesAfterTheRelease_DoesNotBringTheSlotBack()
    {
        TechnicianState released = Then(Then(OnDuty, Reserve("job_a", 60, 30)), new ReleaseSlot(new JobId("job_a"), new Epoch(1), "cancelled"));
        Assert.Empty(released.Commitments);
        Assert.Equal("technician.epoch_stale", Decide(released, Confirm("job_a", 60, 30)).Refusal?.Code);
        Assert.Equal("technician.epoch_stale", Decide(released, Reserve("job_a", 60, 30)).Refusal?.Code);
        Assert.Null(Decide(released, Reserve("job_a", 60, 30, epoch: 2)).Refusal);
    }

    [Fact]
    public void Parts_AreNeverPromisedTwice_AndCountAgainAfterADepotCall()
    {
        ServiceNeeds screen = ServiceNeeds.Of([], [], [new("screen_a", 1)], TimeSpan.FromMinutes(30));
        TechnicianState two = Then(Then(OnDuty, Reserve("job_a", 60, 30, screen)), Reserve("job_b", 120, 30, screen));
        Assert.Equal("technician.part_missing", Decide(two, Reserve("job_c", 180, 30, screen)).Refusal?.Code);
        Assert.Null(Decide(Then(two, new OrderDepotCall(new DepotId("depot_1"), new Place(121.1, 31), Eight.AddHours(2))), Reserve("job_c", 180, 30, screen)).Refusal);
    }

    [Theory]
    [InlineData("job_a", "other_skill", null, "technician.skill_missing")]
    [InlineData("job_a", null, "microscope", "technician.tool_missing")]
    public void WhatTheTechnicianLacks_IsNamed(string job, string? skill, string? tool, string code)
    {
        ServiceNeeds needs = ServiceNeeds.Of(skill is null ? [] : [new(skill, 1)], tool is null ? [] : [tool], [], TimeSpan.FromMinutes(30));
        Assert.Equal(code, Decide(OnDuty, Reserve(job, 60, 30, needs)).Refusal?.Code);
    }

    [Fact]
    public void WorkOutsideTheShiftOrOffDuty_IsRefused()
    {
        Assert.Equal("technician.outside_shift", Decide(OnDuty, Reserve("job_a", 580, 30)).Refusal?.Code);
        Assert.Null(Decide(OnDuty, Reserve("job_a", 570, 30)).Refusal);
        Assert.Equal("technician.off_duty", Decide(Then(OnDuty, new SetDuty(false)), Reserve("job_a", 60, 30)).Refusal?.Code);
    }

    [Fact]
    public void TheOneDepotCallOfTheDay_IsNotOrderedTwice()
    {
        TechnicianState ordered = Then(OnDuty, new OrderDepotCall(new DepotId("depot_1"), new Place(121.1, 31), Eight));
        TechnicianState done = Then(Then(ordered, new DepartToDepot(1, Eight)), new CompleteDepotCall(1, Eight));
        Assert.True(done.DepotVisited);
        Assert.Equal("technician.depot_call_done", Decide(done, new OrderDepotCall(new DepotId("depot_1"), new Place(121.1, 31), Eight)).Refusal?.Code);
        Assert.Empty(Decide(done, new CompleteDepotCall(1, Eight)).Events);
    }

    /// <summary>Random commands in random order, repeated and stale ones among them: work that is held never overlaps and parts are never owed beyond the stock.</summary>
    [Fact]
    public void WhateverHappens_TheLedgerNeverDoubleBooks()
    {
        int reserved = 0, refused = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            TechnicianState state = OnDuty;
            DateTimeOffset now = Eight;
            for (int step = 0; step < 120; step++)
            {
                now = now.AddSeconds(random.Next(0, 90));
                JobId job = new($"job_{random.Next(8)}");
                Epoch epoch = new(random.Next(1, 5));
                TechnicianCommand command = random.Next(6) switch
                {
                    0 or 1 => Reserve(job.Value, random.Next(0, 500), random.Next(1, 60), ServiceNeeds.Of([], [], [new("screen_a", random.Next(0, 2))], TimeSpan.FromMinutes(10)), epoch.Value, (int)(now - Eight).TotalMinutes + random.Next(1, 10)),
                    2 => new ConfirmSlot(job, epoch, state.CommitmentOf(job)?.Visit ?? Reserve(job.Value, 1, 1).Visit),
                    3 => new ReleaseSlot(job, epoch, "random"),
                    4 => new RecordProgress(job, epoch, (CommitmentStatus)random.Next(2, 4), now),
                    _ => new FinishSlot(job, epoch, now, []),
                };
                Decision<TechnicianEvent> decision = Decide(state, command, now);
                foreach (TechnicianEvent fact in decision.Events)
                    state = TechnicianEvolution.Apply(state, fact, now);
                reserved += decision.Events.OfType<SlotReserved>().Count();
                refused += decision.Refusal?.Code == "technician.slot_taken" ? 1 : 0;
                Commitment[] live = [.. state.Commitments.Where(c => !c.HasLapsed(now))];
                for (int i = 0; i < live.Length; i++)
                    for (int j = i + 1; j < live.Length; j++)
                        Assert.False(TechnicianDecider.Overlap(live[i].Visit, live[j].Visit), $"seed {seed}, step {step}: {live[i].Job} and {live[j].Job} overlap");
                Assert.True(live.SelectMany(c => c.Parts).Sum(p => p.Quantity) <= 2, $"seed {seed}, step {step}: parts promised twice");
                Assert.Equal(live.Length, live.Select(c => c.Job).Distinct().Count());
            }
        }
        Assert.True(reserved > 1000 && refused > 100, $"the walk must reach both: {reserved} reserved, {refused} refused");
    }

    [Fact]
    public void AUnitToBeGiven_IsCountedAllDay_WhateverTheDepotHas()
    {
        const string unit = "unit:huawei:p60";
        ServiceNeeds swap = ServiceNeeds.Of([], [], [new(unit, 1)], TimeSpan.FromMinutes(20));
        TechnicianState loaded = OnDuty with { Stock = [new(unit, 1)], DepotVisited = true };
        Assert.Null(Decide(loaded, Reserve("job_a", 0, 20, ServiceNeeds.Of([], [], [new("screen_a", 9)], TimeSpan.FromMinutes(20)))).Refusal);
        TechnicianState held = Then(loaded, Reserve("job_a", 0, 20, swap));
        Assert.Equal("technician.part_missing", Decide(held, Reserve("job_b", 60, 20, swap)).Refusal?.Code);
        TechnicianState given = Then(Then(held, Confirm("job_a", 0, 20)), new FinishSlot(new JobId("job_a"), new Epoch(1), Eight.AddMinutes(20), swap.Parts));
        Assert.Equal("technician.part_missing", Decide(given, Reserve("job_b", 60, 20, swap)).Refusal?.Code);
        Assert.Null(Decide(Then(held, new ReleaseSlot(new JobId("job_a"), new Epoch(1), "cancelled")), Reserve("job_b", 60, 20, swap)).Refusal);
    }
}
