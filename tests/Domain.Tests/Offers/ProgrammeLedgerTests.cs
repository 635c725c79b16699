using Dispatch.Domain.Jobs;
using Dispatch.Domain.Offers;

namespace Dispatch.Domain.Tests.Offers;

/// <summary>Visits and money that a brand grants in a region, given out once each.</summary>
public class ProgrammeLedgerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly TenantId Tenant = new("main");
    private static readonly ProgrammeGrant Two = new(ProgrammeId.Of("home", new ZoneId("zone_n")), 4_000, 2, 10_000);

    private static ProgrammeState? Then(ProgrammeState? state, ProgrammeCommand command, DateTimeOffset? now = null)
    {
        Decision<ProgrammeEvent> decision = ProgrammeDecider.Decide(state, command, now ?? Noon);
        Assert.Null(decision.Refusal);
        return decision.Events.Aggregate(state, (s, fact) => ProgrammeEvolution.Apply(s, fact, now ?? Noon));
    }

    private static string? Refused(ProgrammeState? state, ProgrammeCommand command, DateTimeOffset? now = null) => ProgrammeDecider.Decide(state, command, now ?? Noon).Refusal?.Code;

    private static GrantVisit Grant(string job, ProgrammeGrant? grant = null, int minutes = 30) => new(new JobId(job), Tenant, grant ?? Two, Noon.AddMinutes(minutes));

    [Fact]
    public void AProgramme_IsCountedByRegion()
    {
        Assert.Equal(("home", "zone_n"), (Two.Programme.Code, Two.Programme.Region));
        Assert.NotEqual(Two.Programme, ProgrammeId.Of("home", new ZoneId("zone_s")));
    }

    [Fact]
    public void VisitsAndMoney_AreGivenOutUntilNoneIsLeft()
    {
        ProgrammeState? two = Then(Then(null, Grant("job_a")), Grant("job_b"));
        Assert.Equal(new ProgrammeUse("home", 2, 8_000), two!.Use(Noon));
        Assert.Equal("offer.programme_exhausted", Refused(two, Grant("job_c")));
        Assert.Equal("offer.programme_budget_spent", Refused(Then(null, Grant("job_a")), Grant("job_b", Two with { Amount = 6_001 })));
        Assert.Null(Refused(Then(null, Grant("job_a")), Grant("job_b", Two with { Amount = 6_000 })));
        Assert.Equal("offer.programme_exhausted", Refused(null, Grant("job_a", Two with { Quota = 0 })));
    }

    [Fact]
    public void TheSameJob_HasOneVisit_HoweverOftenItAsks()
    {
        ProgrammeState? one = Then(null, Grant("job_a", Two with { Quota = 1 }));
        Assert.Equal(Decision<ProgrammeEvent>.Nothing, ProgrammeDecider.Decide(one, Grant("job_a", Two with { Quota = 1 }), Noon));
        ProgrammeState? kept = Then(one, new ConfirmVisit(new JobId("job_a"), Tenant, Two));
        Assert.Equal(Decision<ProgrammeEvent>.Nothing, ProgrammeDecider.Decide(kept, new ConfirmVisit(new JobId("job_a"), Tenant, Two), Noon));
        Assert.Equal(1, kept!.Use(Noon.AddDays(9)).Visits);
    }

    [Fact]
    public void WhatIsNotConfirmed_Lapses_AndWhatIsReleasedIsFree()
    {
        ProgrammeGrant last = Two with { Quota = 1 };
        ProgrammeState? one = Then(null, Grant("job_a", last));
        Assert.Equal("offer.programme_exhausted", Refused(one, Grant("job_b", last, 60), Noon.AddMinutes(29)));
        ProgrammeState? next = Then(one, Grant("job_b", last, 60), Noon.AddMinutes(30));
        Assert.Equal([new JobId("job_b")], next!.Open.Select(v => v.Job));
        Assert.Equal(0, Then(next, new ForgoVisit(new JobId("job_b")))!.Use(Noon).Visits);
        Assert.Equal(0, Then(next, new ReleaseVisit(new JobId("job_b")))!.Use(Noon).Visits);
        Assert.Equal(Decision<ProgrammeEvent>.Nothing, ProgrammeDecider.Decide(null, new ReleaseVisit(new JobId("job_b")), Noon));
    }

    [Fact]
    public void APriceThatWasToldToTheCustomer_IsPaid_EvenWhereTheReservationHadLapsed()
    {
        ProgrammeState? late = Then(Then(null, Grant("job_a")), Grant("job_b", minutes: 90), Noon.AddMinutes(40));
        Assert.Null(late!.VisitOf(new JobId("job_a")));
        Assert.Equal(2, Then(late, new ConfirmVisit(new JobId("job_a"), Tenant, Two))!.Use(Noon).Visits);
    }

    [Fact]
    public void WordsThatComeLate_ChangeNothing()
    {
        JobId job = new("job_a");
        ProgrammeState? kept = Then(Then(null, Grant("job_a")), new ConfirmVisit(job, Tenant, Two));
        // Of an attempt that was refused before another one went through; and of a job that was called off since.
        Assert.Equal(Decision<ProgrammeEvent>.Nothing, ProgrammeDecider.Decide(kept, new ForgoVisit(job), Noon));
        ProgrammeState? released = Then(kept, new ReleaseVisit(job));
        Assert.Equal(Decision<ProgrammeEvent>.Nothing, ProgrammeDecider.Decide(released, new ConfirmVisit(job, Tenant, Two), Noon));
        Assert.Equal(Decision<ProgrammeEvent>.Nothing, ProgrammeDecider.Decide(released, new ReleaseVisit(job), Noon));
    }

    [Fact]
    public void AClosedJob_IsCountedForGood_AndOnlyOnce()
    {
        JobId job = new("job_a");
        ProgrammeState? settled = Then(Then(Then(null, Grant("job_a")), new ConfirmVisit(job, Tenant, Two)), new SettleVisit(job));
        Assert.Equal((1, 4_000L, 0), (settled!.VisitsOver, settled.SpentOver, settled.Open.Length));
        foreach (ProgrammeCommand again in new ProgrammeCommand[] { new ConfirmVisit(job, Tenant, Two), new SettleVisit(job), new ReleaseVisit(job) })
            Assert.Equal(Decision<ProgrammeEvent>.Nothing, ProgrammeDecider.Decide(settled, again, Noon));
        Assert.Equal(new ProgrammeUse("home", 1, 4_000), settled.Use(Noon));
    }
}
