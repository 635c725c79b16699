using System.Collections.Immutable;
using Dispatch.Domain.Calendars;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Entitlement;
using Dispatch.Domain.Entitlement.Exchange;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Tests.Jobs;
using static Dispatch.Domain.Tests.Entitlement.Claim;

namespace Dispatch.Domain.Tests.Devices;

public class DeviceRegisterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly TenantId Main = new("main");
    private static readonly DeviceIdentity Old = DeviceIdentity.Of(Imei.Read("490154203237518").Imei!.Value), New = DeviceIdentity.Of(Imei.Read("356938035643809").Imei!.Value);
    private static readonly DeviceId Id = DeviceId.Derive(Main, Old);
    private static readonly DeviceProfile Profile = new("phone", "Huawei", "P60", null, Day("2026-03-10"), null);
    private static readonly RegisterDevice Register = new(Id, Main, Old, Profile);

    private static DeviceState Known => Then(null, Register);

    private static DeviceState Then(DeviceState? state, DeviceCommand command, DateTimeOffset? now = null)
    {
        Decision<DeviceEvent> decision = DeviceDecider.Decide(state, command, now ?? Noon);
        Assert.Null(decision.Refusal);
        return decision.Events.Aggregate(state, DeviceEvolution.Apply)!;
    }

    private static string? Code(DeviceState? state, DeviceCommand command) => DeviceDecider.Decide(state, command, Noon).Refusal?.Code;

    private static DeviceService Service(string job, int day, RepairOutcome outcome = RepairOutcome.Repaired) => new(
        new JobId(job), Noon.AddDays(day), "screen", outcome, ServiceMode.MailIn, [new("screen", 1)], null, new ServicePointId("point_1"), "Huawei");

    private static RecordService Record(DeviceService service) => new(Id, Main, Old, Profile, service);

    [Fact]
    public void TheRegister_BeginsWithTheFirstService_AndRecordsEachJobOnce_ByTime()
    {
        DeviceState device = Then(Then(null, Record(Service("job_b", 2))), Record(Service("job_a", 1)));
        Assert.Equal(["job_a", "job_b"], device.Services.Select(s => s.Job.Value));
        Assert.True(DeviceDecider.Decide(device, Record(Service("job_a", 1)), Noon).Events.IsEmpty);
        Assert.Equal(("49015420", "Huawei"), (device.TypeCode, device.Profile.Brand));
    }

    [Fact]
    public void RepeatedRepairs_AreThoseSoonAfterOneThatEndedWell()
    {
        DeviceState device = new[] { Service("job_1", 0), Service("job_2", 30), Service("job_3", 61), Service("job_4", 62, RepairOutcome.NotRepaired), Service("job_5", 63) }
            .Aggregate((DeviceState?)null, (d, s) => Then(d, Record(s)))!;
        Assert.Equal(2, device.RepeatedWithin(TimeSpan.FromDays(30)));
        Assert.Equal(3, device.RepeatedWithin(TimeSpan.FromDays(31)));
    }

    [Fact]
    public void WhatIsKnownBetter_ReplacesWhatWasKnown_AndKeepsTheRest()
    {
        DeviceState device = Then(Known, Register with { Profile = Profile with { Model = "P60 Pro", PurchasedOn = null, MadeOn = Day("2026-01-05") } });
        Assert.Equal(Profile with { Model = "P60 Pro", MadeOn = Day("2026-01-05") }, device.Profile);
        Assert.True(DeviceDecider.Decide(device, Register with { Profile = device.Profile }, Noon).Events.IsEmpty);
        Assert.Equal("entitlement.dates_reversed", Code(device, Register with { Profile = Profile with { MadeOn = Day("2026-04-01") } }));
    }

    [Fact]
    public void Owners_FollowEachOther_AndASlipOfTheClockIsRefused()
    {
        DeviceState device = Then(Then(Known, new ChangeOwner("first", Noon.AddDays(-2))), new ChangeOwner("second", Noon));
        Assert.Equal(["first", "second"], device.Owners.Select(o => o.Owner));
        Assert.True(DeviceDecider.Decide(device, new ChangeOwner("second", Noon), Noon).Events.IsEmpty);
        Assert.Equal("device.time_in_future", Code(device, new ChangeOwner("third", Noon.AddMinutes(1))));
    }

    [Fact]
    public void APartWithASerial_IsOnRecordOnce_AndAnotherOfItsKindBesideIt()
    {
        FittedPart screen = new("screen", "SC-0001", Noon, new JobId("job_1"));
        DeviceState device = Then(Then(Known, new RecordPart(screen with { Serial = "SC-0002" })), new RecordPart(screen with { At = Noon.AddDays(-1) }));
        Assert.Equal(["SC-0001", "SC-0002"], device.Parts.Select(p => p.Serial));
        Assert.True(DeviceDecider.Decide(device, new RecordPart(screen with { At = Noon.AddHours(-1) }), Noon).Events.IsEmpty);
        Assert.Equal("device.time_in_future", Code(device, new RecordPart(screen with { Serial = "SC-0003", At = Noon.AddMinutes(1) })));
    }

    [Fact]
    public void WhatWasDoneToADeviceThatIsGone_IsRefused_ButNotWhatWasDoneBefore()
    {
        DeviceState gone = Known with { ReplacedBy = new DeviceId("dev_new"), ReplacedAt = Noon.AddDays(-1) };
        Assert.Equal("device.was_replaced", Code(gone, new RecordAccessory(new("battery", Noon, null))));
        Assert.Equal("device.was_replaced", Code(gone, new RecordPart(new("screen", "SC-0001", Noon, null))));
        Assert.Single(Then(gone, new RecordAccessory(new("battery", Noon.AddDays(-2), null))).Accessories);
        Assert.Equal("device.time_in_future", Code(Known, new RecordAccessory(new("battery", Noon.AddMinutes(1), null))));
    }

    [Fact]
    public void NothingButARegistration_IsPossibleOfADeviceNobodyKnows()
    {
        foreach (DeviceCommand command in new DeviceCommand[]
                 {
                     new ChangeOwner("x", Noon), new RecordAccessory(new("battery", Noon, null)), new RecordPart(new("screen", "SN1234", Noon, null)), new OpenExchange(Case()), new CompleteExchangeStep(ExchangeStep.Verify, ExchangeDesk.Technician, "u", []),
                     new RefuseExchange(ExchangeDesk.Seller, "u", "no"),
                 })
            Assert.Equal("device.unknown", Code(null, command));
    }

    private static ExchangeCase Case() => ExchangeCase.Open(
        Books.Find(b => b.Kinds.Contains("phone"), Day("2026-03-12"))!, Phone("2026-03-10").Papers().Fault().On("2026-03-12").Find(Remedy.ExchangeUnit)!, null);

    private static DeviceState UpTo(ExchangeStep last, string newSerial = "356938035643809")
    {
        DeviceState device = Then(Known, new OpenExchange(Case()));
        foreach (CompleteExchangeStep step in Steps(newSerial).TakeWhile(s => s.Step <= last))
            device = Then(device, step);
        return device;
    }

    private static ImmutableArray<CompleteExchangeStep> Steps(string newSerial) =>
    [
        new(ExchangeStep.Verify, ExchangeDesk.Technician, "tech_1", []),
        new(ExchangeStep.ReplaceCard, ExchangeDesk.FrontDesk, "user_1", [new("oldCard", "A1"), new("invoiceCopy", "kept"), new("newCard", "A2")]),
        new(ExchangeStep.RecordSerial, ExchangeDesk.FrontDesk, "user_1", [new("newSerial", newSerial), new("stampedOn", "2026-05-04")]),
        new(ExchangeStep.SendToSeller, ExchangeDesk.Dispatcher, "user_2", [new("waybill", "DP1")]),
        new(ExchangeStep.HandOver, ExchangeDesk.Seller, "user_3", []),
    ];

    [Fact]
    public void AnExchange_EndsWithAnotherDeviceInItsPlace()
    {
        DeviceState device = UpTo(ExchangeStep.HandOver);
        Assert.Equal((DeviceId.Derive(Main, New), Noon, ExchangeStatus.Done), (device.ReplacedBy, device.ReplacedAt, device.Exchange!.Status));
        Assert.Equal("device.was_replaced", Code(device, new OpenExchange(Case())));
        DeviceState given = Then(null, new BeginAsReplacement(DeviceId.Derive(Main, New), Main, New, Profile, Id, Noon));
        Assert.Equal(Id, given.Replaces);
        Assert.Equal([new PastService(PastServiceKind.UnitExchanged, Day("2026-05-04"))], DeviceHistory.Past(given, WallClock.Utc));
        Assert.Equal("device.not_new", Code(Then(null, Record(Service("job_1", 0))), new BeginAsReplacement(Id, Main, Old, Profile, DeviceId.Derive(Main, New), Noon)));
    }

    [Fact]
    public void AnExchange_IsOneAtATime_AndItsSerialIsChecked()
    {
        DeviceState open = UpTo(ExchangeStep.ReplaceCard);
        Assert.True(DeviceDecider.Decide(open, new OpenExchange(Case()), Noon).Events.IsEmpty);
        Assert.Equal("device.exchange_under_way", Code(open, new OpenExchange(Case() with { Job = new JobId("job_9") })));
        Assert.Equal("device.imei_check_digit", Code(open, Steps("356938035643800")[2]));
        Assert.Equal("device.same_unit", Code(open, Steps("490154203237518")[2]));
        Assert.Equal("device.no_exchange", Code(Known, Steps("356938035643809")[0]));
        DeviceState refused = Then(open, new RefuseExchange(ExchangeDesk.FrontDesk, "user_1", "card missing"));
        Assert.Equal(("card missing", null), (refused.Exchange!.Reason, refused.ReplacedBy));
    }

    [Fact]
    public void AClosedVisit_IsRecordedUnderTheNumberTheCustomerGave()
    {
        JobState job = JobFixture.Signed;
        job = job with { Request = job.Request with { Device = new DeviceRef("Huawei", "P60", "49-015420-323751-8") } };
        JobClosed closed = new(job.Epoch, JobFixture.Li, Noon);
        RecordService record = DeviceHistory.Of(job, closed)!;
        Assert.Equal((Id, "phone", JobFixture.Li, RepairOutcome.Repaired), (record.Id, record.Profile.Kind, record.Service.Technician, record.Service.Outcome));
        Assert.Equal("screen_a", record.Service.Parts.Single().Code);
        Assert.Null(DeviceHistory.Of(job with { Request = job.Request with { Device = new DeviceRef("Huawei", "P60", "x") } }, closed));
        Assert.Null(DeviceHistory.Of(job with { Outcome = null }, closed));
    }
}
