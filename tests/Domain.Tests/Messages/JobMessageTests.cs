using System.Collections.Immutable;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Quotes;
using Dispatch.Domain.Messages;
using static Dispatch.Domain.Tests.Jobs.JobFixture;

namespace Dispatch.Domain.Tests.Messages;

public class JobMessageTests
{
    private static ImmutableArray<JobMessage> Told(JobState? before, JobCommand command)
    {
        ImmutableArray<JobMessage>.Builder told = ImmutableArray.CreateBuilder<JobMessage>();
        JobState? state = before;
        foreach (JobEvent fact in Decide(before, command).Events)
        {
            state = JobEvolution.Apply(state, fact, Noon);
            if (JobMessages.Of(state, fact) is { } message)
                told.Add(message);
        }
        return told.DrainToImmutable();
    }

    [Fact]
    public void ARepairThatGoesWell_TellsEachStepOnce()
    {
        Epoch epoch = new(1);
        Assert.Equal([new JobMessage(MessageTemplate.Requested, new MessageFacts(Afternoon))], Told(null, Ask(Needs)));
        Assert.Empty(Told(Queued, Offer(Epoch.Zero, Li)));
        TimeWindow promise = new(Noon.AddMinutes(90), Noon.AddMinutes(100));
        Assert.Equal([new JobMessage(MessageTemplate.Accepted, new MessageFacts(promise, Li))], Told(Offered, new AcceptOffer(Li, epoch)));
        // Who sets off more than an hour early begins when the window opens.
        TimeWindow sooner = new(Afternoon.From, Afternoon.From.AddMinutes(10));
        Assert.Equal([new JobMessage(MessageTemplate.OnTheWay, new MessageFacts(sooner, Li))], Told(Accepted, new Depart(Li, epoch, Noon)));
        Assert.Equal([new JobMessage(MessageTemplate.Arrived, new MessageFacts(Technician: Li))], Told(EnRoute, new Arrive(Li, epoch, Noon)));
        Assert.Equal([new JobMessage(MessageTemplate.Repaired, MessageFacts.None)], Told(Arrived, new CompleteRepair(Li, epoch, Noon, RepairOutcome.Repaired, null, null)));
        Assert.Empty(Told(Repaired, new SignAcceptance(Li, epoch, Noon, "digest")));
        Assert.Empty(Told(Signed, new CloseJob(Li, epoch, Noon)));
    }

    [Fact]
    public void AMailInRepair_TellsWhatTheCustomerHasToDoAndWhatHasHappened()
    {
        ServicePointId point = new("point_a");
        JobState job = ((JobState?)null).Then(MailIn);
        Assert.Equal([new JobMessage(MessageTemplate.RequestedMailIn, MessageFacts.None)], Told(null, MailIn));
        BookBench book = new(Epoch.Zero, point, new DateOnly(2026, 5, 6), Noon.AddDays(3), Noon.AddMinutes(30));
        Assert.Empty(Told(job, book));
        job = job.Then(book);
        ConfirmBooking confirm = new(new Epoch(1));
        Assert.Equal([new JobMessage(MessageTemplate.Booked, new MessageFacts(Point: point, PromisedAt: Noon.AddDays(3)))], Told(job, confirm));
        Assert.Empty(Told(job, new LoseBooking(new Epoch(1), "point.bench_full")));
        job = job.Then(confirm);
        Assert.Equal([new JobMessage(MessageTemplate.Received, new MessageFacts(Point: point))], Told(job, new ReceiveDevice(point, Noon)));
        job = job.Then(new ReceiveDevice(point, Noon)).Then(new InspectDevice(point, Noon, "x")).Then(new StartBench(point, Noon)).Then(new FinishBench(point, Noon, RepairOutcome.NotRepaired, null, null));
        Assert.Empty(Told(job, new CheckRepair(point, Noon, false, "again")));
        Assert.Equal([MessageTemplate.BenchNotRepaired], Told(job, new CheckRepair(point, Noon, true, null)).Select(m => m.Template));
        Assert.Equal([MessageTemplate.BenchRepaired], Told(job with { Outcome = RepairOutcome.Repaired }, new CheckRepair(point, Noon, true, null)).Select(m => m.Template));
        job = job.Then(new CheckRepair(point, Noon, true, null)).Then(new PackDevice(point, Noon));
        Waybill waybill = job.MailIn!.ParcelTo(ParcelDirection.Return)!.Waybill;
        Assert.Equal([new JobMessage(MessageTemplate.Shipped, new MessageFacts(PromisedAt: Noon.AddDays(3), Waybill: waybill.Value))], Told(job, new ShipDevice(point, Noon)));
        job = job.Then(new ShipDevice(point, Noon));
        RecordParcel delivered = new(waybill, ParcelStatus.Delivered, Noon.AddMinutes(-5), null);
        Assert.Equal([MessageTemplate.Delivered], Told(job, delivered).Select(m => m.Template));
        Assert.Empty(Told(job.Then(delivered), delivered with { At = Noon.AddMinutes(-4) }));
        Assert.Empty(Told(job, new ConfirmReturn()));
    }

    private static RequestJob MailIn => Ask(Needs) with { Request = Request() with { Mode = ServiceMode.MailIn, Windows = [], Bench = "phone" } };

    /// <summary>Of several windows the first that can still be kept is told.</summary>
    [Fact]
    public void AWindowThatIsOver_IsNotTold()
    {
        TimeWindow over = new(Noon.AddHours(-3), Noon),
            next = new(Noon.AddHours(2), Noon.AddHours(3)),
            last = new(Noon.AddHours(5), Noon.AddHours(6));
        Assert.Equal(new MessageFacts(next), Assert.Single(Told(null, Ask(Needs, last, over, next))).Facts);
        Assert.Equal(new MessageFacts(next), Assert.Single(Told(Accepted, new RescheduleJob([over, next, last], null))).Facts);
    }

    [Fact]
    public void WhatGoesOtherwise_IsToldToo()
    {
        TimeWindow evening = new(Noon.AddHours(6), Noon.AddHours(8));
        Assert.Equal([new JobMessage(MessageTemplate.Rescheduled, new MessageFacts(evening))], Told(Accepted, new RescheduleJob([evening], null)));
        Assert.Equal([MessageTemplate.Cancelled], Told(Accepted, new CancelJob("x")).Select(m => m.Template));
        Assert.Equal([MessageTemplate.NotRepaired], Told(Arrived, new CompleteRepair(Li, new Epoch(1), Noon, RepairOutcome.NotRepaired, null, null)).Select(m => m.Template));
        Assert.Equal([MessageTemplate.Accepted], Told(Queued, Offer(Epoch.Zero, Li) with { Direct = true }).Select(m => m.Template));
        Assert.Empty(Told(Accepted, new ReassignJob(null, "ill", null)));
        Assert.Empty(Told(Offered, new DeclineOffer(Li, new Epoch(1), "too_far")));
    }

    [Fact]
    public void AQuote_IsToldWithItsPrice_AndARefusalOnceAndNotAsAFailedRepair()
    {
        Assert.Equal([new JobMessage(MessageTemplate.Quoted, new MessageFacts(Price: new Money(89_000, "CNY"), ValidUntil: Noon.AddHours(2)))], Told(Arrived, Quote(Arrived)));
        Assert.Empty(Told(Quoted, Answer(Quoted, approved: true)));
        Assert.Equal([MessageTemplate.QuoteRefused], Told(Quoted, Answer(Quoted, approved: false)).Select(m => m.Template));
        Assert.Equal([MessageTemplate.NotRepaired], Told(Lapsed, new CompleteRepair(Li, new Epoch(1), Noon, RepairOutcome.NotRepaired, null, null)).Select(m => m.Template));
    }

    [Theory]
    [InlineData(79_900, "CNY", "799.00 CNY")]
    [InlineData(79_900, "JPY", "79900 JPY")]
    [InlineData(79_905, "KWD", "79.905 KWD")]
    [InlineData(5, "EUR", "0.05 EUR")]
    public void Money_IsWrittenByTheMinorUnitsOfItsCurrency(long minor, string currency, string expected) => Assert.Equal(expected, new Money(minor, currency).ToString());
}
