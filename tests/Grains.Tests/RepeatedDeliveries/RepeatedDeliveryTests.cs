using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Messages;
using Dispatch.Domain.ServiceDesk;
using Dispatch.Domain.ServiceDesk.CallBacks;
using Dispatch.Domain.ServiceDesk.Cases;
using Dispatch.Domain.Technicians;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Grains.Contracts.Messages;

namespace Dispatch.Grains.Tests.RepeatedDeliveries;

/// <summary>Every flow once more, with every delivery from an outbox repeated: the outcomes, counts and versions that hold without a repetition hold with it.</summary>
public sealed class RepeatedJobFlowTests(RepeatingSilo silo) : JobFlowTests(silo), IClassFixture<RepeatingSilo>
{
    protected override DispatchSilo NewSilo() => new RepeatingSilo();
}

public sealed class RepeatedMailInFlowTests : MailInFlowTests
{
    protected override DispatchSilo NewSilo() => new RepeatingSilo();
}

public sealed class RepeatedQuoteFlowTests : QuoteFlowTests
{
    protected override DispatchSilo NewSilo() => new RepeatingSilo();
}

public sealed class RepeatedPlanChangeFlowTests(RepeatingSilo silo) : PlanChangeFlowTests(silo), IClassFixture<RepeatingSilo>
{
    protected override DispatchSilo NewSilo() => new RepeatingSilo();
}

public sealed class RepeatedMessageFlowTests() : MessageFlowTests(new RepeatingSilo());

public sealed class RepeatedDeviceFlowTests(RepeatingSilo silo) : DeviceFlowTests(silo), IClassFixture<RepeatingSilo>;

public sealed class RepeatedServiceDeskFlowTests(RepeatingSilo silo) : ServiceDeskFlowTests(silo), IClassFixture<RepeatingSilo>;

/// <summary>One visit whose every delivery is repeated, counted at each grain that was told.</summary>
public sealed class RepeatedDeliveryTests(RepeatingSilo silo) : IClassFixture<RepeatingSilo>
{
    [Fact]
    public async Task AVisitToldTwiceToEverybody_HasEveryEffectOnce()
    {
        (TechnicianId technician, ZoneId zone) = (new("tech_repeated"), new("zone_repeated"));
        await silo.OnDuty(technician, zone);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Operation operation = silo.NewOperation();
        JobId job = JobId.Derive(DispatchSilo.Tenant, operation.Id);
        DeviceRef phone = new("Huawei", "P60", "356938035643809");
        JobRequest request = new("screen", DispatchSilo.Centre, [new(now, now.AddHours(8))], Severity.Regular, null, phone);
        ServiceNeeds needs = ServiceNeeds.Of([new("phone", 1)], [], [new("screen", 1)], TimeSpan.FromMinutes(30));
        Visit visit = new(now.AddMinutes(5), now.AddMinutes(10), now.AddMinutes(10), now.AddMinutes(40));
        Epoch epoch = Epoch.Zero;
        async Task Do(JobCommand command, Operation? by = null)
        {
            JobReply reply = await silo.Job(job).Execute(command, by ?? silo.NewOperation());
            Assert.Null(reply.Refusal);
            epoch = reply.Job!.Epoch;
        }
        OfferJob Offer() => new(epoch, [new Candidate(technician, visit)], now.AddMinutes(5), Direct: false);
        await Do(new RequestJob(job, DispatchSilo.Tenant, zone, request, needs), operation);
        await Do(Offer());
        await Do(new DeclineOffer(technician, epoch, "no_time"));
        await DispatchSilo.Eventually("the declined time is free", () => silo.Technician(technician).Get(), t => t!.State.Commitments.IsEmpty);
        await Do(Offer());
        await Do(new AcceptOffer(technician, epoch));
        await Do(new Depart(technician, epoch, now));
        await Do(new Arrive(technician, epoch, now));
        await Do(new CompleteRepair(technician, epoch, now, RepairOutcome.Repaired, null, "screen"));
        await Do(new SignAcceptance(technician, epoch, now, "digest"));
        await Do(new CloseJob(technician, epoch, now));
        CallBackId call = CallBackId.Of(DispatchSilo.Tenant, job);
        await DispatchSilo.Eventually("the call is planned", () => silo.CallBack(call).Get(), c => c is not null);
        DeskText text = new("text_1", "mark");
        Assert.Null((await silo.CallBack(call).Execute(new RateService("customer", new Satisfaction(5, 1, 4, 5), text, Complains: false, ByLink: true), silo.NewOperation())).Refusal);

        Type[] told = [typeof(ReleaseSlot), typeof(RecordProgress), typeof(FinishSlot), typeof(RecordService), typeof(PlanCallBack), typeof(OpenCase), typeof(QueueMessage)];
        await DispatchSilo.Eventually("every delivery has come again", () => Task.FromResult(silo.Deliveries), seen => told.All(kind => seen.TryGetValue(kind, out var count) && count.Deliveries >= 2 * count.Commands));

        TechnicianState ledger = (await silo.Technician(technician).Get())!.State;
        Assert.Equal((1, 99_999, 0), (ledger.JobsDone, ledger.StockOf("screen"), ledger.Commitments.Length));
        string[] types = [.. (await silo.History(Streams.Technician(technician))).Select(e => e.Type).Where(type => type.StartsWith("technician.", StringComparison.Ordinal))];
        Assert.Equal(
            ["technician.registered", "technician.dutyChanged", "technician.reserved", "technician.released", "technician.reserved", "technician.confirmed", "technician.progressed", "technician.progressed", "technician.finished"],
            types);
        DeviceId device = DeviceId.Derive(DispatchSilo.Tenant, DeviceIdentity.Find(phone)!);
        Assert.Equal(job, Assert.Single((await silo.Device(device).Get())!.State.Services).Job);
        Assert.Equal(2, (await silo.CallBack(call).Get())!.Version);
        Assert.Equal(1, (await silo.Case(CaseId.Of(DispatchSilo.Tenant, job, 1)).Get())!.Version);
        Assert.Null(await silo.Case(CaseId.Of(DispatchSilo.Tenant, job, 2)).Get());
        ImmutableArray<MessageReference> sent = await DispatchSilo.Eventually("every message is given", async () =>
        {
            await silo.SweepMessages();
            return silo.Gateway.Sent(job);
        }, seen => seen.Length == 5);
        Assert.All(sent, reference => Assert.Equal(1, silo.Gateway.TimesGiven(reference)));
    }
}
