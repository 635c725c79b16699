using Dispatch.Domain;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Technicians;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Tests.Shared;

namespace Dispatch.Grains.Tests;

public sealed class SqliteJobFlowTests(SqliteSilo silo) : JobFlowTests(silo), IClassFixture<SqliteSilo>
{
    protected override DispatchSilo NewSilo() => new SqliteSilo();
}

public sealed class PostgresJobFlowTests(PostgresSilo silo, PostgresServer server) : JobFlowTests(silo), IClassFixture<PostgresSilo>
{
    protected override DispatchSilo NewSilo() => new PostgresSilo(server);
}

/// <summary>A visit from request to closing, the same over either database.</summary>
public abstract class JobFlowTests(DispatchSilo silo)
{
    /// <summary>A host of its own, for tests that restart it or want its zone for themselves.</summary>
    protected abstract DispatchSilo NewSilo();

    private static readonly ServiceNeeds Needs = ServiceNeeds.Of([new("phone", 1)], ["heat_mat"], [new("screen", 1)], TimeSpan.FromMinutes(30));
    private static readonly TechnicianId Li = new("tech_li");
    private static int names;

    private static TechnicianId Somebody() => new($"tech_{Interlocked.Increment(ref names)}");

    /// <summary>A zone of its own without a planner: only what the test does by hand happens.</summary>
    private static ZoneId Unplanned() => new($"zone_u{Interlocked.Increment(ref names)}");

    private static Candidate Visit(TechnicianId technician, int hour = 1)
    {
        DateTimeOffset start = TimeProvider.System.GetUtcNow().AddHours(hour);
        return new Candidate(technician, new Visit(start, start, start, start.AddMinutes(30)));
    }

    private static OfferJob Offer(Epoch expected, params Candidate[] candidates) => new(expected, [.. candidates], TimeProvider.System.GetUtcNow().AddMinutes(5), false);

    [Fact]
    public async Task ARequest_IsPlannedOfferedAcceptedAndServedToTheEnd_AndEverybodyHearsOfItOnce()
    {
        await using DispatchSilo silo = NewSilo();
        await silo.InitializeAsync();
        await silo.WithZone(Li);
        JobId id = await silo.Request(Needs);
        JobState offered = (await silo.Until(id, JobStatus.Offered))!.State;
        Assert.Equal(Li, Assert.Single(offered.Candidates).Technician);
        Epoch epoch = offered.Epoch;
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        JobCommand[] steps =
        [
            new AcceptOffer(Li, epoch), new Depart(Li, epoch, now), new Arrive(Li, epoch, now), new CompleteRepair(Li, epoch, now, RepairOutcome.Repaired, null, "screen replaced"),
            new SignAcceptance(Li, epoch, now, "digest"), new CloseJob(Li, epoch, now),
        ];
        foreach (JobCommand step in steps)
            Assert.Null((await silo.Job(id).Execute(step, silo.NewOperation())).Refusal);

        VersionedJob closed = (await silo.Job(id).Get())!;
        Assert.Equal(JobStatus.Closed, closed.State.Status);
        await DispatchSilo.Eventually("the feeds catch up", () => silo.History(Streams.Job(id)), h => h.Length == closed.Version);
        string[] types = [.. (await silo.History(Streams.Job(id))).Select(e => e.Type).Where(t => t != "job.unplaced")];
        Assert.Equal(["job.requested", "job.triaged", "job.queued", "job.offered", "job.accepted", "job.departed", "job.arrived", "job.repaired", "job.signed", "job.closed"], types);
        TechnicianState ledger = await DispatchSilo.Eventually("the ledger is free again", async () => (await silo.Technician(Li).Get())!.State, t => t.Commitments.IsEmpty);
        Assert.Equal(99_999, ledger.StockOf("screen"));
        Assert.True(ledger.HasLeftHome);
    }

    [Fact]
    public async Task ADecline_GoesToTheNextCandidate_AndNobodyIsAskedTwice()
    {
        TechnicianId other = Somebody();
        await silo.WithZone(Somebody(), other);
        JobId id = await silo.Request(Needs);
        JobState first = (await silo.Until(id, JobStatus.Offered))!.State;
        TechnicianId asked = first.Candidates[0].Technician;
        Assert.Null((await silo.Job(id).Execute(new DeclineOffer(asked, first.Epoch, "too_far"), silo.NewOperation())).Refusal);
        VersionedJob second = (await DispatchSilo.Eventually("the next is asked", () => silo.Job(id).Get(), j => j!.State.Status == JobStatus.Offered && j.State.Epoch > first.Epoch))!;
        Assert.NotEqual(asked, second.State.Candidates[0].Technician);
        Assert.Equal("job.epoch_stale", (await silo.Job(id).Execute(new AcceptOffer(asked, first.Epoch), silo.NewOperation())).Refusal?.Code);
    }

    [Fact]
    public async Task OfferedJob_IsWithdrawnWhenTechnicianGoesOffDuty()
    {
        TechnicianId only = Somebody();
        await silo.WithZone(only);
        JobId id = await silo.Request(Needs);
        await silo.Job(id).Execute(new ReassignJob(only, "asked for", null), silo.NewOperation());
        JobState offered = (await silo.Until(id, JobStatus.Offered))!.State;
        await silo.Technician(only).Execute(new SetDuty(false), silo.NewOperation());
        VersionedJob after = (await DispatchSilo.Eventually("it is taken back", () => silo.Job(id).Get(), j => j!.State.Epoch > offered.Epoch))!;
        Assert.DoesNotContain(after.State.Candidates, c => c.Technician == only);
    }

    [Fact]
    public async Task TwoAcceptTheSameOfferAtOnce_AThousandTimes_OneWins()
    {
        TechnicianId a = Somebody(), b = Somebody();
        ZoneId nowhere = Unplanned();
        await silo.OnDuty(a, nowhere);
        await silo.OnDuty(b, nowhere);
        int winsOfA = 0;
        for (int i = 0; i < 1000; i++)
        {
            JobId id = await silo.Request(Needs, nowhere);
            JobReply offered = await silo.Job(id).Execute(Offer(Epoch.Zero, Visit(a), Visit(b)), null);
            Assert.Null(offered.Refusal);
            JobReply[] replies = await Task.WhenAll((i % 2 == 0 ? new[] { a, b } : [b, a]).Select(t => silo.Job(id).Execute(new AcceptOffer(t, offered.Job!.Epoch), silo.NewOperation())));
            JobReply winner = Assert.Single(replies, r => r.Refusal is null);
            JobReply loser = Assert.Single(replies, r => r.Refusal is not null);
            Assert.Equal("job.taken", loser.Refusal!.Code);
            Assert.Equal(winner.Job!.Technicians, loser.Job!.Technicians);
            TechnicianId who = winner.Job.Technicians[0];
            winsOfA += who == a ? 1 : 0;
            await silo.Job(id).Execute(new CancelJob("next"), null);
            await DispatchSilo.Eventually($"both are free, round {i}, {winner.Job.Technicians[0]}, {id}", async () => (await silo.Technician(a).Get())!.State.Commitments.Length + (await silo.Technician(b).Get())!.State.Commitments.Length, n => n == 0);
        }
        Assert.InRange(winsOfA, 1, 999);
    }

    [Fact]
    public async Task ARepeatedOperation_ReturnsTheFirstAnswer_AlsoARefusal_AlsoAfterARestart()
    {
        await using DispatchSilo own = NewSilo();
        await own.InitializeAsync();
        JobId id = await own.Request(null);
        Operation triage = own.NewOperation(), accept = own.NewOperation();
        JobReply first = await own.Job(id).Execute(new TriageJob(Needs), triage);
        JobReply refused = await own.Job(id).Execute(new AcceptOffer(Li, Epoch.Zero), accept);
        Assert.Equal("job.not_offered", refused.Refusal?.Code);
        await own.Job(id).Execute(new CancelJob("changed"), own.NewOperation());
        await own.Restart();
        Assert.Equal(Text(first), Text(await own.Job(id).Execute(new TriageJob(Needs), triage)));
        Assert.Equal(Text(refused), Text(await own.Job(id).Execute(new AcceptOffer(Li, Epoch.Zero), accept)));
        JobReply other = await own.Job(id).Execute(new CancelJob("again"), triage with { Digest = "another body" });
        Assert.Equal("operation.key_reused", other.Refusal?.Code);
    }

    [Fact]
    public async Task ACommandForAJobThatDoesNotExist_IsRefused_AndLeavesNothing()
    {
        JobId nobody = new("job_nobody");
        Assert.Equal("job.unknown", (await silo.Job(nobody).Execute(new CancelJob("x"), silo.NewOperation())).Refusal?.Code);
        Assert.Null(await silo.Job(nobody).Get());
        Assert.Empty(await silo.History(Streams.Job(nobody)));
    }

    [Fact]
    public async Task AfterARestart_TheStreamsGoOnWhereTheyWere_AndTheZonePlansAgain()
    {
        await using DispatchSilo own = NewSilo();
        await own.InitializeAsync();
        TechnicianId only = Somebody();
        await own.WithZone(only);
        JobId before = await own.Request(Needs);
        await own.Until(before, JobStatus.Offered);
        await own.Restart();
        await own.TheZone.Wake();
        JobId after = await own.Request(Needs);
        await own.Until(after, JobStatus.Offered);
        System.Collections.Immutable.ImmutableArray<SequencedEvent> zone = await DispatchSilo.Eventually(
            "both are in the zone's stream", () => own.History(Streams.Zone(DispatchSilo.Zone)), h => h.Any(e => e.Type == "job.offered" && e.Data.Contains(after.Value)));
        Assert.Equal(Enumerable.Range(1, zone.Length).Select(n => (long)n), zone.Select(e => e.Seq));
        Assert.Equal(zone.Length, zone.Select(e => (e.Source, e.Number)).Distinct().Count());
    }

    [Fact]
    public async Task AnOfferPastItsExpiry_IsFoundByItsDueTime()
    {
        TechnicianId only = Somebody();
        ZoneId nowhere = Unplanned();
        await silo.OnDuty(only, nowhere);
        JobId id = await silo.Request(Needs, nowhere);
        OfferJob offer = Offer(Epoch.Zero, Visit(only)) with { ExpiresAt = TimeProvider.System.GetUtcNow().AddMilliseconds(200) };
        Assert.Null((await silo.Job(id).Execute(offer, null)).Refusal);
        await DispatchSilo.Eventually("it falls due", async () => (await silo.Dues.Due(DispatchSilo.Now, 1000)).Any(d => d.StateName == "job" && d.Key.EndsWith(id.Value, StringComparison.Ordinal)), due => due);
        await DispatchSilo.Eventually("waking ends it", async () =>
        {
            await silo.Job(id).Wake();
            return (await silo.Job(id).Get())!.State.Status;
        }, status => status == JobStatus.Queued);
    }

    private static string Text(JobReply reply) => System.Text.Json.JsonSerializer.Serialize(reply, Contracts.Storage.StorageJson.Options);
}
