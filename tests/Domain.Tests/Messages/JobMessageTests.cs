using System.Collections.Immutable;
using Dispatch.Domain.Jobs;
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
        Assert.Equal([new JobMessage(MessageTemplate.OnTheWay, new MessageFacts(promise, Li))], Told(Accepted, new Depart(Li, epoch, Noon)));
        Assert.Equal([new JobMessage(MessageTemplate.Arrived, new MessageFacts(Technician: Li))], Told(EnRoute, new Arrive(Li, epoch, Noon)));
        Assert.Equal([new JobMessage(MessageTemplate.Repaired, MessageFacts.None)], Told(Arrived, new CompleteRepair(Li, epoch, Noon, RepairOutcome.Repaired, null, null)));
        Assert.Empty(Told(Repaired, new SignAcceptance(Li, epoch, Noon, "digest")));
        Assert.Empty(Told(Signed, new CloseJob(Li, epoch, Noon)));
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
}
