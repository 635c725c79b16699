using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.ServicePoints;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Tests.Shared;
using static Dispatch.Grains.Tests.Benches;

namespace Dispatch.Grains.Tests;

public sealed class SqliteMailInFlowTests : MailInFlowTests
{
    protected override DispatchSilo NewSilo() => new SqliteSilo();
}

public sealed class PostgresMailInFlowTests(PostgresServer server) : MailInFlowTests
{
    protected override DispatchSilo NewSilo() => new PostgresSilo(server);
}

/// <summary>A parcel from request to the customer's door, the same over either database.</summary>
public abstract class MailInFlowTests
{
    protected abstract DispatchSilo NewSilo();

    [Fact]
    public async Task ARequest_IsBookedRepairedAndReturned_AndEveryStreamHearsOfItOnce()
    {
        await using DispatchSilo silo = NewSilo();
        await silo.InitializeAsync();
        await silo.WithZone();
        ServicePointId point = new("point_near");
        await Define(silo, point, Profile("near"));
        await Define(silo, new ServicePointId("point_other"), Profile("other", brand: "Canon"));
        JobId id = await Request(silo);
        JobState booked = (await Confirmed(silo, id))!.State;
        Assert.Equal((JobStatus.Booked, point), (booked.Status, booked.Booking!.Point));
        Assert.Equal(BenchSlotStatus.Confirmed, (await silo.Point(point).Get())!.State.SlotOf(id)!.Status);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Waybill inbound = booked.MailIn!.ParcelTo(ParcelDirection.Inbound)!.Waybill;
        JobCommand[] steps =
        [
            new RecordParcel(inbound, ParcelStatus.InTransit, now, "collected"), new RecordParcel(inbound, ParcelStatus.Delivered, now, null), new ReceiveDevice(point, now),
            new InspectDevice(point, now, "cracked"), new StartBench(point, now), new FinishBench(point, now, RepairOutcome.Repaired, null, "screen replaced"),
            new CheckRepair(point, now, true, null), new PackDevice(point, now), new ShipDevice(point, now),
        ];
        foreach (JobCommand step in steps)
            Assert.Null((await silo.Job(id).Execute(step, silo.NewOperation())).Refusal);
        Waybill back = (await silo.Job(id).Get())!.State.MailIn!.ParcelTo(ParcelDirection.Return)!.Waybill;
        Assert.Null((await silo.Job(id).Execute(new RecordParcel(back, ParcelStatus.Delivered, now, null), silo.NewOperation())).Refusal);
        Assert.Null((await silo.Job(id).Execute(new ConfirmReturn(), silo.NewOperation())).Refusal);

        VersionedJob closed = (await silo.Job(id).Get())!;
        Assert.Equal((JobStatus.Closed, inbound != back), (closed.State.Status, true));
        string[] types =
        [
            "job.requested", "job.triaged", "job.queued", "job.booked", "job.bookingConfirmed", "job.parcelMoved", "job.parcelMoved", "job.received", "job.inspected", "job.benchStarted",
            "job.benchFinished", "job.checked", "job.packed", "job.shipped", "job.parcelMoved", "job.delivered", "job.closed",
        ];
        ImmutableArray<SequencedEvent> history = await DispatchSilo.Eventually("the feeds catch up", () => silo.History(Streams.Job(id)), h => h.Length == closed.Version);
        Assert.Equal(types, history.Select(e => e.Type));
        ImmutableArray<SequencedEvent> atPoint = await silo.History(Streams.Point(point));
        Assert.Equal(types[3..], atPoint.Where(e => e.Source.StartsWith("job:", StringComparison.Ordinal)).Select(e => e.Type));
        ServicePointState ledger = await DispatchSilo.Eventually("the parts are gone", async () => (await silo.Point(point).Get())!.State, p => p.Stock[0].Quantity == 999);
        Assert.Equal(1_000 - 1, ledger.Free("screen", now));
    }

    [Fact]
    public async Task AConfirmationThatComesTooLate_SendsTheJobBackToBePlanned()
    {
        await using DispatchSilo silo = NewSilo();
        await silo.InitializeAsync();
        // No zone plans here: only what the test does by hand happens.
        ServicePointId point = new("point_one");
        await Define(silo, point, Profile("one", perDay: 1));
        JobId first = await Request(silo), second = await Request(silo);
        DateOnly today = Profile("one").Hours.DayOf(TimeProvider.System.GetUtcNow());
        BookBench book = new(Epoch.Zero, point, today, TimeProvider.System.GetUtcNow().AddDays(2), TimeProvider.System.GetUtcNow().AddTicks(1));
        Assert.Null((await silo.Job(first).Execute(book, null)).Refusal);
        VersionedJob lost = (await DispatchSilo.Eventually("it waits again", () => silo.Job(first).Get(), job => job!.State.Status == JobStatus.Queued))!;
        Assert.Equal((new Epoch(2), (Booking?)null), (lost.State.Epoch, lost.State.Booking));
        Assert.Null((await silo.Job(second).Execute(book with { HeldUntil = TimeProvider.System.GetUtcNow().AddMinutes(30) }, null)).Refusal);
        await Confirmed(silo, second);
        JobReply full = await silo.Job(first).Execute(book with { Expected = new Epoch(2), HeldUntil = TimeProvider.System.GetUtcNow().AddMinutes(30) }, null);
        Assert.Equal("point.bench_full", full.Refusal?.Code);
    }

    [Fact]
    public async Task ACancelledBooking_FreesThePlace_AndAnUnplaceableJobSaysWhy()
    {
        await using DispatchSilo silo = NewSilo();
        await silo.InitializeAsync();
        await silo.WithZone();
        ServicePointId point = new("point_one");
        await Define(silo, point, Profile("one"), screens: 1);
        JobId first = await Request(silo);
        await Confirmed(silo, first);
        JobId second = await Request(silo);
        JobState waits = (await DispatchSilo.Eventually("it says why", () => silo.Job(second).Get(), job => !job!.State.Unplaced.IsEmpty))!.State;
        Assert.Equal([new UnplacedCount("point.part_missing", 1)], waits.Unplaced);
        Assert.Null((await silo.Job(first).Execute(new CancelJob("no longer needed"), null)).Refusal);
        await Confirmed(silo, second);
    }

    /// <summary>More than 12 points of 20 places a day can take in two days, from four sides at once: every bench full where it has to be, none beyond.</summary>
    [Fact]
    public async Task FiveHundredRequests_AgainstTwelvePoints_NeverOvercommitABench()
    {
        await using DispatchSilo silo = NewSilo();
        await silo.InitializeAsync();
        await silo.WithZone();
        ServicePointId[] points = [.. Enumerable.Range(0, 12).Select(i => new ServicePointId($"point_{i:00}"))];
        foreach ((ServicePointId id, int i) in points.Select((id, i) => (id, i)))
            await Define(silo, id, Profile(id.Value, i * 0.02, perDay: 8 + i));
        JobId[] jobs = new JobId[500];
        await Parallel.ForAsync(0, jobs.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) => jobs[i] = await Request(silo, i % 50 * 0.005));
        foreach (JobId id in jobs)
            await Confirmed(silo, id);
        Dictionary<JobId, Booking> booked = [];
        foreach (JobId id in jobs)
            booked[id] = (await silo.Job(id).Get())!.State.Booking!;
        int places = 0;
        foreach (ServicePointId id in points)
        {
            ServicePointState point = (await silo.Point(id).Get())!.State;
            foreach (var day in point.Bench.GroupBy(s => (s.Day, s.Category)))
                Assert.True(day.Count() <= point.Profile.PerDay(day.Key.Category), $"{id} has {day.Count()} on {day.Key}");
            Assert.All(point.Bench, slot => Assert.Equal((id, slot.Day), (booked[slot.Job].Point, booked[slot.Job].BenchDay)));
            places += point.Bench.Length;
        }
        Assert.Equal(jobs.Length, places);
    }
}
