using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.ServiceDesk.CallBacks;
using Dispatch.Domain.ServiceDesk.Cases;
using Dispatch.Domain.ServiceDesk.Contacts;
using Dispatch.Domain.ServiceDesk.Escalations;
using Dispatch.Domain.Technicians;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.ServiceDesk;
using Dispatch.Tests.Shared;

namespace Dispatch.Grains.Tests;

public sealed class SqliteServiceDeskFlowTests(SqliteSilo silo) : ServiceDeskFlowTests(silo), IClassFixture<SqliteSilo>;

public sealed class PostgresServiceDeskFlowTests(PostgresSilo silo) : ServiceDeskFlowTests(silo), IClassFixture<PostgresSilo>;

/// <summary>The service desk over the real grains, the same over either database.</summary>
public abstract class ServiceDeskFlowTests(DispatchSilo silo)
{
    private static readonly DeskText Text = new("text_1", "mark");
    private static readonly Satisfaction Poor = new(5, 1, 4, 5);
    private static int names;

    private OpenContact NewContact() => new(
        ContactId.Derive(DispatchSilo.Tenant, silo.NewOperation().Id), DispatchSilo.Tenant, ContactKind.Consultation, ContactChannel.Messaging, new ContactTopic("screen", null, null, null, null), Text);

    /// <summary>A visit that was done and closed.</summary>
    private async Task<JobId> Served()
    {
        TechnicianId technician = new($"tech_s{Interlocked.Increment(ref names)}");
        ZoneId zone = new($"zone_s{Interlocked.Increment(ref names)}");
        await silo.OnDuty(technician, zone);
        JobId id = await silo.Request(ServiceNeeds.Of([new("phone", 1)], [], [new("screen", 1)], TimeSpan.FromMinutes(30)), zone);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Visit visit = new(now.AddMinutes(5), now.AddMinutes(10), now.AddMinutes(10), now.AddMinutes(40));
        foreach (JobCommand command in new JobCommand[]
                 {
                     new OfferJob(Epoch.Zero, [new Candidate(technician, visit)], now.AddMinutes(5), Direct: true), new Depart(technician, new Epoch(1), now), new Arrive(technician, new Epoch(1), now),
                     new CompleteRepair(technician, new Epoch(1), now, RepairOutcome.Repaired, null, "screen"), new SignAcceptance(technician, new Epoch(1), now, "digest"), new CloseJob(technician, new Epoch(1), now),
                 })
            Assert.Null((await silo.Job(id).Execute(command, silo.NewOperation())).Refusal);
        return id;
    }

    private Task<VersionedDesk<CallBackState>?> CallOf(JobId job) =>
        DispatchSilo.Eventually($"{job} has its call", () => silo.CallBack(CallBackId.Of(DispatchSilo.Tenant, job)).Get(), call => call is not null);

    [Fact]
    public async Task OfManyAgents_ExactlyOneGetsTheContact_AndTheOthersLearnWho()
    {
        for (int round = 0; round < 20; round++)
        {
            OpenContact open = NewContact();
            IContactGrain contact = silo.Contact(open.Id);
            Assert.Null((await contact.Execute(open, silo.NewOperation())).Refusal);
            DeskReply[] replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => contact.Execute(new ClaimContact($"user_{i}"), silo.NewOperation())));
            Assert.Single(replies, reply => reply.Refusal is null);
            string winner = (await contact.Get())!.State.Agent!;
            Assert.All(replies.Where(r => r.Refusal is not null), reply => Assert.Equal(("contact.already_claimed", winner), (reply.Refusal!.Code, reply.Refusal.Facts.Single(f => f.Name == "agent").Value)));
        }
    }

    [Fact]
    public async Task AContact_IsOneStream_AndPartOfTheDesks()
    {
        OpenContact open = NewContact();
        IContactGrain contact = silo.Contact(open.Id);
        foreach (ContactCommand command in new ContactCommand[] { open, new ClaimContact("user_1"), new SayInContact(ContactVoice.Agent, "user_1", Text), new EndContact("user_1", ContactOutcome.HelpedRemotely, null) })
            Assert.Null((await contact.Execute(command, silo.NewOperation())).Refusal);
        string[] expected = ["contact.opened", "contact.said", "contact.claimed", "contact.said", "contact.ended"];
        await DispatchSilo.Eventually("its stream is whole", () => silo.History(Streams.Contact(open.Id)), h => h.Select(e => e.Type).SequenceEqual(expected));
        ImmutableArray<SequencedEvent> desk = await silo.History(Streams.Desk);
        Assert.Equal(expected, desk.Where(e => e.ViewId == open.Id.Value).Select(e => e.Type));
    }

    [Fact]
    public async Task ARepeatedOperation_IsAnsweredAlike_AndAnUnknownThingIsNotKept()
    {
        OpenContact open = NewContact();
        IContactGrain contact = silo.Contact(open.Id);
        Assert.Equal("contact.unknown", (await contact.Execute(new ClaimContact("user_1"), silo.NewOperation())).Refusal!.Code);
        Assert.Null(await contact.Get());
        Operation operation = silo.NewOperation();
        DeskReply first = await contact.Execute(open, operation);
        Assert.Null((await contact.Execute(new ClaimContact("user_1"), silo.NewOperation())).Refusal);
        Assert.Equal(first, await contact.Execute(open, operation));
        Assert.Equal("operation.key_reused", (await contact.Execute(open, operation with { Digest = "other" })).Refusal!.Code);
    }

    [Fact]
    public async Task OfTwoExperts_OneGetsTheQuestion_AndTheAnswerEndsIt()
    {
        EscalationId id = EscalationId.Derive(DispatchSilo.Tenant, silo.NewOperation().Id);
        IEscalationGrain escalation = silo.Escalation(id);
        Assert.Null((await escalation.Execute(new OpenEscalation(id, DispatchSilo.Tenant, new JobId("job_x"), null, "tech_1", Text), silo.NewOperation())).Refusal);
        DeskReply[] replies = await Task.WhenAll(new[] { "user_a", "user_b" }.Select(by => escalation.Execute(new TakeEscalation(by), silo.NewOperation())));
        Assert.Single(replies, reply => reply.Refusal?.Code == "escalation.already_taken");
        string expert = (await escalation.Get())!.State.Expert!;
        Assert.Equal("answered", (await escalation.Execute(new AnswerEscalation(expert, Text), silo.NewOperation())).Status);
    }

    [Fact]
    public async Task AClosedJob_PlansOneCall_HoweverOftenItIsTold()
    {
        JobId job = await Served();
        VersionedDesk<CallBackState> call = (await CallOf(job))!;
        Assert.Equal((job, CallBackStatus.Planned, 1L), (call.State.Job, call.State.Status, call.Version));
        Assert.True(call.State.DueAt >= call.State.ClosedAt.AddHours(24));
        DeskReply again = await silo.CallBack(call.State.Id).Execute(PlanCallBack.Of(DispatchSilo.Tenant, job, call.State.ClosedAt.AddDays(1)), null);
        Assert.Equal((null, 1L), (again.Refusal, again.Version));
    }

    [Fact]
    public async Task ALowScore_OpensOneComplaint_WhichTheJobsStreamNames()
    {
        JobId job = await Served();
        ICallBackGrain call = silo.CallBack((await CallOf(job))!.State.Id);
        RateService rate = new("customer", Poor, Text, Complains: false, ByLink: true);
        Assert.Null((await call.Execute(rate, silo.NewOperation())).Refusal);
        CaseId id = CaseId.Of(DispatchSilo.Tenant, job, 1);
        CaseState complaint = (await DispatchSilo.Eventually("the complaint is open", () => silo.Case(id).Get(), c => c is not null))!.State;
        Assert.Equal((job, CaseReason.Quality, CaseStatus.Open, Text), (complaint.Job, complaint.Reason, complaint.Status, complaint.Entries[0].Text));
        Assert.Equal(1, (await silo.Case(id).Execute(OpenCase.From((await call.Get())!.State, new ServiceRated("customer", Poor, Text, true, true, complaint.OpenedAt)), null)).Version);
        await DispatchSilo.Eventually("the job's stream names it", () => silo.History(Streams.Job(job)), h => h.Any(e => e.Type == "case.opened" && e.ViewId == id.Value));
    }

    [Fact]
    public async Task ARatingBesideAComplaint_JoinsIt_AndAfterItsEndOpensTheNext()
    {
        foreach (bool over in new[] { false, true })
        {
            JobId job = await Served();
            CaseId first = CaseId.Of(DispatchSilo.Tenant, job, 1), second = CaseId.Of(DispatchSilo.Tenant, job, 2);
            Assert.Null((await silo.Case(first).Execute(new OpenCase(first, DispatchSilo.Tenant, job, null, null, CaseReason.Time, null, CaseParty.Customer, Text), silo.NewOperation())).Refusal);
            if (over)
                Assert.Null((await silo.Case(first).Execute(new WithdrawCase(CaseParty.Customer, null), silo.NewOperation())).Refusal);
            ICallBackGrain call = silo.CallBack((await CallOf(job))!.State.Id);
            Assert.Null((await call.Execute(new RateService("customer", Poor, Text, Complains: false, ByLink: true), silo.NewOperation())).Refusal);
            VersionedDesk<CaseState> told = (await DispatchSilo.Eventually("the complaint has the rating", () => silo.Case(over ? second : first).Get(), c => c?.State.CallBack is not null))!;
            Assert.Equal((over ? CaseReason.Quality : CaseReason.Time, CaseStatus.Open, over ? 1 : 2), (told.State.Reason, told.State.Status, told.State.Entries.Length));
            Assert.Equal(over, await silo.Case(second).Get() is not null);
        }
    }

    [Fact]
    public async Task ADispute_GoesFromComplaintToSettlement()
    {
        CaseId id = CaseId.Of(DispatchSilo.Tenant, new JobId(silo.NewOperation().Id.Value), 1);
        CaseParty li = CaseParty.Desk("user_li");
        foreach (CaseCommand command in new CaseCommand[]
                 {
                     new OpenCase(id, DispatchSilo.Tenant, new JobId("job_y"), null, null, CaseReason.Quality, CaseRemedy.Refund, CaseParty.Customer, Text), new TakeCase(li, li.By, null), new NoteInCase(li, Text),
                     new StateInCase(CaseParty.Customer, Text), new ProposeRemedy(li, CaseRemedy.Apology, null, Text), new AnswerProposal(CaseParty.Customer, 1, false, Text),
                 })
            Assert.Null((await silo.Case(id).Execute(command, silo.NewOperation())).Refusal);
        Assert.Equal("case.not_yours", (await silo.Case(id).Execute(new ProposeRemedy(CaseParty.Desk("user_wang"), CaseRemedy.Exchange, null, null), silo.NewOperation())).Refusal!.Code);
        foreach (CaseCommand command in new CaseCommand[] { new ProposeRemedy(li, CaseRemedy.Refund, 12_000, null), new AnswerProposal(CaseParty.Customer, 2, true, null), new SettleCase(li, new CaseSettlement(null, "pay-1"), null) })
            Assert.Null((await silo.Case(id).Execute(command, silo.NewOperation())).Refusal);
        CaseState settled = (await silo.Case(id).Get())!.State;
        Assert.Equal((CaseStatus.Settled, 9), (settled.Status, settled.Entries.Length));
        Assert.Equal([false, true], settled.Proposals.Select(p => p.Accepted!.Value));
        await DispatchSilo.Eventually("its stream is whole", () => silo.History(Streams.Case(id)), h => h.Length == 9);
    }
}
