using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Jobs.Quotes;
using Dispatch.Domain.ServicePoints;
using Dispatch.Domain.Technicians;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Tests.Shared;
using static Dispatch.Grains.Tests.Benches;

namespace Dispatch.Grains.Tests;

public sealed class SqliteQuoteFlowTests : QuoteFlowTests
{
    protected override DispatchSilo NewSilo() => new SqliteSilo();
}

public sealed class PostgresQuoteFlowTests(PostgresServer server) : QuoteFlowTests
{
    protected override DispatchSilo NewSilo() => new PostgresSilo(server);
}

/// <summary>Quotes between job, ledgers, feeds and customer, the same over either database.</summary>
public abstract class QuoteFlowTests
{
    private static readonly TechnicianId Li = new("tech_li");

    protected abstract DispatchSilo NewSilo();

    private static GiveQuote Quote(TimeSpan holds, ServicePointId? point = null, Epoch? epoch = null) => new(
        point is null ? Li : null, point, epoch, new QuoteTerms([new(QuoteLineKind.Part, "screen", 1, 68_000, 68_000, null), new(QuoteLineKind.Visit, null, 1, 12_000, 12_000, null)], "CNY", "2026-1", 12_000, null), holds);

    private static AnswerQuote Answer(bool approved, int number = 1) => new(null, null, number, approved, QuoteAnswerer.Customer);

    private static async Task Must(DispatchSilo silo, JobId id, params JobCommand[] steps)
    {
        foreach (JobCommand step in steps)
            Assert.Null((await silo.Job(id).Execute(step, silo.NewOperation())).Refusal);
    }

    private static async Task<(JobId Id, Epoch Epoch)> AtTheDoor(DispatchSilo silo)
    {
        await silo.WithZone(Li);
        JobId id = await silo.Request(Needs);
        Epoch epoch = (await silo.Until(id, JobStatus.Offered))!.State.Epoch;
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await Must(silo, id, new AcceptOffer(Li, epoch), new Depart(Li, epoch, now), new Arrive(Li, epoch, now));
        return (id, epoch);
    }

    private static async Task<JobId> OnTheCounter(DispatchSilo silo, ServicePointId point)
    {
        await silo.WithZone();
        await Define(silo, point, Profile("near"), screens: 1);
        JobId id = await Request(silo);
        await Confirmed(silo, id);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await Must(silo, id, new ReceiveDevice(point, now), new InspectDevice(point, now, "cracked"));
        return id;
    }

    [Fact]
    public async Task ARefusalAtTheDoor_EndsTheVisit_FreesTheTechnicianAndLeavesTheVanAsItWas()
    {
        await using DispatchSilo silo = NewSilo();
        await silo.InitializeAsync();
        (JobId id, Epoch epoch) = await AtTheDoor(silo);
        await Must(silo, id, Quote(TimeSpan.FromHours(1), epoch: epoch));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        Assert.Equal("job.quote_open", (await silo.Job(id).Execute(new CompleteRepair(Li, epoch, now, RepairOutcome.Repaired, null, null), silo.NewOperation())).Refusal?.Code);
        Operation answer = silo.NewOperation();
        JobReply refused = await silo.Job(id).Execute(Answer(approved: false), answer);
        Assert.Equal(JobStatus.Repaired, refused.Job!.Status);
        Assert.Equal(refused.Job.Version, (await silo.Job(id).Execute(Answer(approved: false), answer)).Job!.Version);
        TechnicianState ledger = await DispatchSilo.Eventually("the ledger is free again", async () => (await silo.Technician(Li).Get())!.State, t => t.Commitments.IsEmpty);
        Assert.Equal(100_000, ledger.StockOf("screen"));
        await Must(silo, id, new SignAcceptance(Li, epoch, now, "digest"), new CloseJob(Li, epoch, now));
        VersionedJob closed = (await silo.Job(id).Get())!;
        await DispatchSilo.Eventually("the feeds catch up", () => silo.History(Streams.Job(id)), h => h.Length == closed.Version);
        Assert.Equal(
            ["job.arrived", "job.quoted", "job.quoteRefused", "job.repaired", "job.signed", "job.closed"],
            (await silo.History(Streams.Technician(Li))).Where(e => e.Source.StartsWith("job:", StringComparison.Ordinal)).Select(e => e.Type).SkipWhile(t => t != "job.arrived"));
    }

    [Fact]
    public async Task ARefusalAtTheBench_FreesPlaceAndPart_ForTheNextParcel_AndTheDeviceGoesBack()
    {
        await using DispatchSilo silo = NewSilo();
        await silo.InitializeAsync();
        ServicePointId point = new("point_near");
        JobId id = await OnTheCounter(silo, point);
        await Must(silo, id, Quote(TimeSpan.FromHours(1), point));
        JobId next = await Request(silo);
        await DispatchSilo.Eventually("the only screen is spoken for", () => silo.Job(next).Get(), job => !job!.State.Unplaced.IsEmpty);
        await Must(silo, id, Answer(approved: false));
        await Confirmed(silo, next);
        Assert.Null((await silo.Point(point).Get())!.State.SlotOf(id));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await Must(silo, id, new PackDevice(point, now), new ShipDevice(point, now), new ConfirmReturn());
        JobState closed = (await silo.Job(id).Get())!.State;
        Assert.Equal((JobStatus.Closed, RepairOutcome.NotRepaired, true), (closed.Status, closed.Outcome, closed.PartsUsed.IsEmpty));
    }

    [Fact]
    public async Task AQuoteNobodyAnswers_LapsesByItsDueTime_AlsoAfterARestart_AndTheDeviceMayGoBack()
    {
        await using DispatchSilo silo = NewSilo();
        await silo.InitializeAsync();
        ServicePointId point = new("point_near");
        JobId id = await OnTheCounter(silo, point);
        await Must(silo, id, Quote(TimeSpan.FromMilliseconds(300), point));
        await silo.Restart();
        VersionedJob lapsed = (await DispatchSilo.Eventually("the quote lapses", async () =>
        {
            await silo.SweepPlanChanges();
            return await silo.Job(id).Get();
        }, job => job!.State.Quote!.Status == QuoteStatus.Lapsed))!;
        Assert.Equal("job.quote_lapsed", (await silo.Job(id).Execute(Answer(approved: true), silo.NewOperation())).Refusal?.Code);
        Assert.Equal(lapsed.Version, (await silo.Job(id).Get())!.Version);
        Assert.NotNull((await silo.Point(point).Get())!.State.SlotOf(id));
        await Must(silo, id, new PackDevice(point, TimeProvider.System.GetUtcNow()));
        await DispatchSilo.Eventually("the place is free", async () => (await silo.Point(point).Get())!.State, p => p.SlotOf(id) is null);
    }

    /// <summary>Customer and staff say different things at the same moment: one is heard, the other is told.</summary>
    [Fact]
    public async Task TwoAnswersAtOnce_OneCounts()
    {
        await using DispatchSilo silo = NewSilo();
        await silo.InitializeAsync();
        (JobId id, Epoch epoch) = await AtTheDoor(silo);
        await Must(silo, id, Quote(TimeSpan.FromHours(1), epoch: epoch));
        JobReply[] replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => silo.Job(id).Execute(Answer(approved: i % 2 == 0), silo.NewOperation())));
        Quote quote = (await silo.Job(id).Get())!.State.Quote!;
        Assert.Equal(10, replies.Count(r => r.Refusal is null));
        Assert.All(replies.Where((_, i) => i % 2 == 0 == (quote.Status != QuoteStatus.Approved)), r => Assert.Equal("job.quote_closed", r.Refusal?.Code));
    }
}
