using Dispatch.Domain;
using Dispatch.Domain.Devices;
using Dispatch.Domain.Entitlement;
using Dispatch.Domain.Entitlement.Exchange;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Technicians;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Devices;
using Dispatch.Tests.Shared;

namespace Dispatch.Grains.Tests;

public sealed class SqliteDeviceFlowTests(SqliteSilo silo) : DeviceFlowTests(silo), IClassFixture<SqliteSilo>;

public sealed class PostgresDeviceFlowTests(PostgresSilo silo) : DeviceFlowTests(silo), IClassFixture<PostgresSilo>;

/// <summary>The register of devices as jobs and exchanges fill it, the same over either database.</summary>
public abstract class DeviceFlowTests(DispatchSilo silo)
{
    private static int names;

    private static Imei SomePhone()
    {
        string digits = $"35693803{Interlocked.Increment(ref names):000000}";
        return Imei.Read($"{digits}{Imei.CheckDigit(digits)}").Imei!.Value;
    }

    private static DeviceId IdOf(Imei imei) => DeviceId.Derive(DispatchSilo.Tenant, DeviceIdentity.Of(imei));

    /// <summary>A visit to this device, done by hand and closed.</summary>
    private Task<JobId> Served(Imei imei) => Served(imei.Value);

    private async Task<JobId> Served(string? number)
    {
        TechnicianId technician = new($"tech_d{Interlocked.Increment(ref names)}");
        ZoneId zone = new($"zone_d{Interlocked.Increment(ref names)}");
        await silo.OnDuty(technician, zone);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Operation operation = silo.NewOperation();
        JobId id = JobId.Derive(DispatchSilo.Tenant, operation.Id);
        JobRequest request =
            new("screen", DispatchSilo.Centre, [new(now, now.AddHours(8))], Severity.Regular, null, new DeviceRef("Huawei", "P60", number));
        Visit visit = new(now.AddMinutes(5), now.AddMinutes(10), now.AddMinutes(10), now.AddMinutes(40));
        foreach (JobCommand command in new JobCommand[]
                 {
                     new RequestJob(id, DispatchSilo.Tenant, zone, request, ServiceNeeds.Of([new("phone", 1)], [], [new("screen", 1)], TimeSpan.FromMinutes(30))),
                     new OfferJob(Epoch.Zero, [new Candidate(technician, visit)], now.AddMinutes(5), Direct: true), new Depart(technician, new Epoch(1), now), new Arrive(technician, new Epoch(1), now),
                     new CompleteRepair(technician, new Epoch(1), now, RepairOutcome.Repaired, null, "screen"), new SignAcceptance(technician, new Epoch(1), now, "digest"), new CloseJob(technician, new Epoch(1), now),
                 })
            Assert.Null((await silo.Job(id).Execute(command, silo.NewOperation())).Refusal);
        return id;
    }

    [Fact]
    public async Task CorrectedNumber_MovesTheServiceOfAClosedJob_ThereAndBack()
    {
        (Imei wrong, Imei right) = (SomePhone(), SomePhone());
        JobId job = await Served(wrong);
        await Has(wrong, job);
        foreach ((Imei now, Imei before) in new[] { (right, wrong), (wrong, right) })
        {
            Assert.Null((await silo.Job(job).Execute(new CorrectDevice(new DeviceRef("Huawei", "P60", now.Value)),
                silo.NewOperation())).Refusal);
            await Has(now, job);
            await Has(before);
        }

        Task Has(Imei imei, params JobId[] jobs) => DispatchSilo.Eventually(
            $"{imei} has {jobs.Length}", () => silo.Device(IdOf(imei)).Get(), d =>
                d is not null && d.State.Services.Select(s => s.Job).SequenceEqual(jobs));
    }

    [Fact]
    public async Task NumberAddedAfterTheEnd_EntersTheService()
    {
        Imei imei = SomePhone();
        JobId job = await Served((string?)null);
        Assert.Null((await silo.Job(job).Execute(new CorrectDevice(new DeviceRef("Huawei", "P60", imei.Value)),
            silo.NewOperation())).Refusal);
        await DispatchSilo.Eventually("the register knows it", () => silo.Device(IdOf(imei)).Get(), d =>
            d?.State.Services.SingleOrDefault()?.Job == job);
    }

    [Fact]
    public async Task ClosedJobs_FillTheRecordOfTheirDevice_OnceEach_AcrossTechnicians()
    {
        Imei imei = SomePhone();
        JobId first = await Served(imei), second = await Served(imei);
        DeviceState device = (await DispatchSilo.Eventually("the register knows both", () => silo.Device(IdOf(imei)).Get(), d => d?.State.Services.Length == 2))!.State;
        Assert.Equal(new[] { first, second }.Order(), device.Services.Select(s => s.Job).Order());
        Assert.Equal(2, device.Services.Select(s => s.Technician).Distinct().Count());
        Assert.Equal(1, device.RepeatedWithin(TimeSpan.FromDays(30)));
        // Told again, as an outbox may, it changes nothing.
        RecordService again = new(device.Id, device.Tenant, device.Identity, device.Profile, device.Services[0]);
        Assert.Null((await silo.Device(device.Id).Execute(again, null)).Refusal);
        Assert.Equal(2, (await silo.Device(device.Id).Get())!.State.Services.Length);
        await DispatchSilo.Eventually("its stream is whole", () => silo.History(Streams.Device(device.Id)), h => h.Select(e => e.Type).SequenceEqual(["device.registered", "device.served", "device.served"]));
    }

    [Fact]
    public async Task AnExchange_EntersTheNewUnit_WhichKnowsWhatItReplaces()
    {
        (Imei old, Imei given) = (SomePhone(), SomePhone());
        IDeviceGrain device = silo.Device(IdOf(old));
        DeviceProfile profile = new("phone", "Huawei", "P60", null, DateOnly.FromDateTime(DateTime.UnixEpoch), null);
        EntitlementBook book = EntitlementBook.BuiltIn.Versions.First(b => b.Kinds.Contains("phone"));
        EntitlementOption option = new(Remedy.ExchangeUnit, Party.Seller, null, null, "day-7/exchange", PeriodAnchor.Purchase, null, [], []);
        DeviceCommand[] commands =
        [
            new RegisterDevice(IdOf(old), DispatchSilo.Tenant, DeviceIdentity.Of(old), profile), new OpenExchange(ExchangeCase.Open(book, option, null)),
            new CompleteExchangeStep(ExchangeStep.Verify, ExchangeDesk.Technician, "tech_1", []),
            new CompleteExchangeStep(ExchangeStep.ReplaceCard, ExchangeDesk.FrontDesk, "user_1", [new("oldCard", "A1"), new("invoiceCopy", "kept"), new("newCard", "A2")]),
            new CompleteExchangeStep(ExchangeStep.RecordSerial, ExchangeDesk.FrontDesk, "user_1", [new("newSerial", given.Value), new("stampedOn", "2026-05-04")]),
            new CompleteExchangeStep(ExchangeStep.SendToSeller, ExchangeDesk.Dispatcher, "user_2", [new("waybill", "DP1")]), new CompleteExchangeStep(ExchangeStep.HandOver, ExchangeDesk.Seller, "user_3", []),
        ];
        foreach (DeviceCommand command in commands)
            Assert.Null((await device.Execute(command, silo.NewOperation())).Refusal);
        DeviceState unit = (await DispatchSilo.Eventually("the new unit is entered", () => silo.Device(IdOf(given)).Get(), d => d is not null))!.State;
        Assert.Equal((IdOf(old), "P60", IdOf(given)), (unit.Replaces, unit.Profile.Model, (await device.Get())!.State.ReplacedBy));
    }

    [Fact]
    public async Task ADeviceNobodyEntered_IsUnknown_AndARepeatedOperationIsAnsweredAlike()
    {
        Imei imei = SomePhone();
        Assert.Null(await silo.Device(IdOf(imei)).Get());
        Assert.Equal("device.unknown", (await silo.Device(IdOf(imei)).Execute(new ChangeOwner("x", TimeProvider.System.GetUtcNow()), null)).Refusal!.Code);
        Operation operation = silo.NewOperation();
        RegisterDevice register = new(IdOf(imei), DispatchSilo.Tenant, DeviceIdentity.Of(imei), new DeviceProfile("phone", "Huawei", "P60", null, null, null));
        DeviceReply first = await silo.Device(IdOf(imei)).Execute(register, operation);
        Assert.Null((await silo.Device(IdOf(imei)).Execute(new ChangeOwner("x", TimeProvider.System.GetUtcNow()), null)).Refusal);
        Assert.Equal(first, await silo.Device(IdOf(imei)).Execute(register, operation));
        Assert.Equal("operation.key_reused", (await silo.Device(IdOf(imei)).Execute(register, operation with { Digest = "other" })).Refusal!.Code);
    }
}
