using Dispatch.Domain.Devices;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Quotes;
using static Dispatch.Domain.Tests.Jobs.JobFixture;

namespace Dispatch.Domain.Tests.Jobs;

/// <summary>What a quote binds: who may give it, which answer counts, what work it lets go on, and what a job's time adds up to.</summary>
public class QuoteTests
{
    private static CompleteRepair Repair(RepairOutcome outcome = RepairOutcome.Repaired, params PartQuantity[]? parts) => new(Li, new Epoch(1), Noon, outcome, parts is null ? null : [.. parts], null);

    [Fact]
    public void OnlyWhoHasTheJobUnderItsEpoch_MayGiveAQuote()
    {
        Assert.Equal("job.not_yours", Decide(Arrived, Quote(Arrived) with { Technician = Wang }).Refusal?.Code);
        Assert.Equal("job.epoch_stale", Decide(Arrived, Quote(Arrived) with { Epoch = Epoch.Zero }).Refusal?.Code);
        Assert.Equal("job.epoch_unknown", Decide(Arrived, Quote(Arrived) with { Epoch = new Epoch(2) }).Refusal?.Code);
        Assert.Equal("job.not_at_this_point", Decide(Arrived, Quote(Arrived) with { Technician = null, Point = new ServicePointId("point_a") }).Refusal?.Code);
        Assert.Equal("job.quote_empty", Decide(Arrived, Quote(Arrived) with { Terms = Terms with { Lines = [] } }).Refusal?.Code);
        Assert.Null(Decide(Arrived, Quote(Arrived) with { Technician = null, Epoch = null }).Refusal);
    }

    [Fact]
    public void ANewQuote_TakesThePlaceOfTheOld_AndAnAnswerToTheOldIsStale()
    {
        JobState second = Quoted.Then(Quote(Quoted) with { Terms = Terms with { Note = "frame bent as well" } });
        Assert.Equal((2, QuoteStatus.Open), (second.Quote!.Number, second.Quote.Status));
        Decision<JobEvent> stale = Decide(second, Answer(second, approved: true) with { Number = 1 });
        Assert.Equal("job.quote_stale", stale.Refusal?.Code);
        Assert.Empty(stale.Events);
        Assert.Equal("job.quote_unknown", Decide(second, Answer(second, approved: true) with { Number = 3 }).Refusal?.Code);
        JobState again = Approved.Then(Quote(Approved));
        Assert.Equal("job.quote_open", Decide(again, Repair()).Refusal?.Code);
    }

    [Fact]
    public void AnAnswerAfterTheLastMoment_IsTooLate_AlsoWhereNobodyHasLookedYet()
    {
        Assert.Null(Decide(Quoted, Answer(Quoted, approved: true), Noon.AddHours(2).AddTicks(-1)).Refusal);
        Assert.Equal("job.quote_lapsed", Decide(Quoted, Answer(Quoted, approved: true), Noon.AddHours(2)).Refusal?.Code);
        Assert.Empty(Decide(Quoted, new LapseQuote(), Noon.AddHours(2).AddTicks(-1)).Events);
    }

    [Theory]
    [InlineData("screen_a", 1, null)]
    [InlineData("screen_a", 0, null)]
    [InlineData("screen_a", 2, "job.quote_exceeded")]
    [InlineData("battery", 1, "job.quote_exceeded")]
    public void OnlyPartsThatWereAgreed_MayBeUsed(string part, int quantity, string? code)
    {
        Assert.Equal(code, Decide(Approved, Repair(parts: new PartQuantity(part, quantity))).Refusal?.Code);
        // Without a quote nothing was agreed part by part; and that a repair failed with more parts is true whoever pays for them.
        Assert.Null(Decide(Arrived, Repair(parts: new PartQuantity(part, quantity))).Refusal);
        Assert.Null(Decide(Approved, Repair(RepairOutcome.NotRepaired, new PartQuantity(part, quantity))).Refusal);
    }

    [Fact]
    public void PartsNobodyNames_AreThoseOfTheQuote()
    {
        JobState quoted = Arrived.Then(Quote(Arrived) with { Terms = Terms with { Lines = [.. Terms.Lines, new(QuoteLineKind.Part, "battery", 2, 19_900, 39_800, null)] } });
        JobState done = quoted.Then(Answer(quoted, approved: true)).Then(Repair(parts: null));
        Assert.Equal([new PartQuantity("battery", 2), new PartQuantity("screen_a", 1)], done.PartsUsed);
    }

    [Fact]
    public void ARefusalAtTheDoor_EndsTheVisit_WithNothingUsed_AndTheWayToPay()
    {
        Decision<JobEvent> decision = Decide(Quoted, Answer(Quoted, approved: false) with { Technician = Li, By = QuoteAnswerer.Staff }, Noon.AddMinutes(5));
        Assert.Equal([typeof(QuoteRefused), typeof(RepairCompleted)], decision.Events.Select(e => e.GetType()));
        JobState ended = Apply(Quoted, decision);
        Assert.Equal((JobStatus.Repaired, RepairOutcome.NotRepaired, 12_000L), (ended.Status, ended.Outcome, ended.Quote!.Charged));
        Assert.Empty(ended.PartsUsed);
        Assert.Null(Decide(ended, new SignAcceptance(Li, new Epoch(1), Noon, "digest")).Refusal);
    }

    [Fact]
    public void ARefusedRepair_IsInTheDevicesRecord_AndCountsAsNone()
    {
        JobState Closed(JobState job) => job with { Request = job.Request with { Device = new DeviceRef("Sony", "X", "4711-88") } };
        Assert.Null(DeviceHistory.Of(Closed(RefusedQuote), new JobClosed(new Epoch(1), Li, Noon))!.Service.Outcome);
        Assert.Equal(RepairOutcome.Repaired, DeviceHistory.Of(Closed(Approved.Then(Repair(parts: null))), new JobClosed(new Epoch(1), Li, Noon))!.Service.Outcome);
    }

    [Fact]
    public void AnOpenQuote_GoesWithTheVisit_AnAgreedOneStays()
    {
        Assert.Equal(QuoteStatus.Withdrawn, Quoted.Then(new ReassignJob(null, "ill", null)).Quote?.Status);
        Assert.Equal(QuoteStatus.Withdrawn, Quoted.Then(new CancelJob("no longer needed")).Quote?.Status);
        JobState taken = Quoted.Then(new ReassignJob(null, "ill", null));
        Assert.Equal("job.quote_closed", Decide(taken, Answer(taken, approved: true)).Refusal?.Code);
        Assert.Equal(QuoteStatus.Approved, Approved.Then(new ReassignJob(null, "ill", null)).Quote?.Status);
    }

    [Fact]
    public void WaysAndWork_AddUpByTheReports_AndAClockThatWasSetAddsNothing()
    {
        JobState job = Accepted.Then(new Depart(Li, new Epoch(1), Noon.AddMinutes(-60))).Then(new Arrive(Li, new Epoch(1), Noon.AddMinutes(-40)));
        Assert.Equal((TimeSpan.FromMinutes(20), Noon.AddMinutes(-60)), (job.Account!.Travel, job.Account.DepartedAt!.Value));
        JobState done = job.Then(Repair());
        Assert.Equal((TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(40)), (done.Account!.Travel, done.Account.Work));
        JobState odd = Accepted.Then(new Depart(Li, new Epoch(1), Noon)).Then(new Arrive(Li, new Epoch(1), Noon.AddYears(-20))).Then(Repair());
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (odd.Account!.Travel, odd.Account.Work));
    }

    [Fact]
    public void ADeviceThatGoesBackUnrepaired_WasNotRepaired_WhateverWasTriedBefore()
    {
        ServicePointId point = new("point_a");
        JobState bench = ((JobState?)null).Then(Ask(Needs) with { Request = Request() with { Mode = ServiceMode.MailIn, Windows = [], Bench = "phone" } })
            .Then(new BookBench(Epoch.Zero, point, new DateOnly(2026, 5, 6), Noon.AddDays(3), Noon.AddMinutes(30))).Then(new ConfirmBooking(new Epoch(1)))
            .Then(new ReceiveDevice(point, Noon)).Then(new InspectDevice(point, Noon, "glass")).Then(new StartBench(point, Noon.AddMinutes(-30)))
            .Then(new FinishBench(point, Noon, RepairOutcome.Repaired, null, null)).Then(new CheckRepair(point, Noon, false, "still dark"));
        JobState lapsed = bench.Then(Quote(bench)).Then(new LapseQuote(), Noon.AddHours(2));
        JobState packed = lapsed.Then(new PackDevice(point, Noon));
        Assert.Equal((JobStatus.Packed, RepairOutcome.NotRepaired), (packed.Status, packed.Outcome));
        Assert.Equal(TimeSpan.FromMinutes(30), packed.Account!.Work);
        JobState delivered = packed.Then(new ShipDevice(point, Noon)).Then(new RecordParcel(packed.MailIn!.ParcelTo(ParcelDirection.Return)!.Waybill, ParcelStatus.Delivered, Noon, null));
        Assert.Equal((JobStatus.Delivered, RepairOutcome.NotRepaired), (delivered.Status, delivered.Outcome));
    }
}
