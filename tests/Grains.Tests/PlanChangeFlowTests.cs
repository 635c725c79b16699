using System.Collections.Immutable;
using Dispatch.Domain;
using Dispatch.Domain.Intents;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Technicians;
using Dispatch.Grains.Contracts;
using Dispatch.Grains.Contracts.Feeds;
using Dispatch.Grains.Contracts.Intents;
using Dispatch.Grains.Contracts.Jobs;
using Dispatch.Tests.Shared;

namespace Dispatch.Grains.Tests;

public sealed class SqlitePlanChangeFlowTests(SqliteSilo silo) : PlanChangeFlowTests(silo), IClassFixture<SqliteSilo>
{
    protected override DispatchSilo NewSilo() => new SqliteSilo();
}

public sealed class PostgresPlanChangeFlowTests(PostgresSilo silo, PostgresServer server) : PlanChangeFlowTests(silo), IClassFixture<PostgresSilo>
{
    protected override DispatchSilo NewSilo() => new PostgresSilo(server);
}

/// <summary>Changes of plan over real grains and a real database.</summary>
public abstract class PlanChangeFlowTests(DispatchSilo silo)
{
    private static readonly ServiceNeeds Needs = ServiceNeeds.Of([new("phone", 1)], ["heat_mat"], [new("screen", 1)], TimeSpan.FromMinutes(30));
    private static int names;

    protected abstract DispatchSilo NewSilo();

    private sealed record Held(JobId Job, TechnicianId By, Visit Visit);

    private static Visit At(int hour)
    {
        DateTimeOffset start = TimeProvider.System.GetUtcNow().AddHours(hour);
        return new Visit(start, start, start, start.AddMinutes(30));
    }

    /// <summary>A technician of a zone without a planner who has accepted a job at this hour.</summary>
    private static async Task<Held> Busy(DispatchSilo silo, Visit visit)
    {
        int n = Interlocked.Increment(ref names);
        (TechnicianId technician, ZoneId zone) = (new($"tech_p{n}"), new ZoneId($"zone_p{n}"));
        await silo.OnDuty(technician, zone);
        JobId job = await silo.Request(Needs, zone);
        Assert.Null((await silo.Job(job).Execute(new OfferJob(Epoch.Zero, [new Candidate(technician, visit)], visit.StartAt, true), null)).Refusal);
        return new Held(job, technician, visit);
    }

    private static ImmutableArray<JobMove> Swap(Held a, Held b) =>
        [new(a.Job, new Epoch(1), a.By, b.By, b.Visit), new(b.Job, new Epoch(1), b.By, a.By, a.Visit)];

    private static OpenIntent Open(Operation operation, ImmutableArray<JobMove> moves, int seconds = 20) =>
        new(IntentId.Derive(DispatchSilo.Tenant, operation.Id), DispatchSilo.Tenant, DispatchSilo.Zone, moves, "closer", false, TimeSpan.FromSeconds(seconds));

    private static async Task<IntentState> Apply(DispatchSilo silo, ImmutableArray<JobMove> moves)
    {
        Operation operation = silo.NewOperation();
        OpenIntent intent = Open(operation, moves);
        IntentReply reply = await silo.Intent(intent.Id).Apply(intent, operation);
        Assert.Null(reply.Refusal);
        IntentReply again = await silo.Intent(intent.Id).Apply(intent, operation);
        Assert.Equal(reply.Intent!.State.Status, again.Intent!.State.Status);
        return reply.Intent!.State;
    }

    private static async Task Stands(DispatchSilo silo, Held held)
    {
        VersionedJob? job = await DispatchSilo.Eventually($"{held.Job} stands still no longer", () => silo.Job(held.Job).Get(), j => j!.State.Parked is null);
        Assert.Equal((JobStatus.Accepted, new Epoch(1), held.By), (job!.State.Status, job.State.Epoch, job.State.Assigned));
        TechnicianState ledger = (await DispatchSilo.Eventually($"{held.By} keeps nothing", () => silo.Technician(held.By).Get(), t => t!.State.Parked is null))!.State;
        Assert.Equal((held.Job, new Epoch(1), held.Visit), Assert.Single(ledger.Commitments) is var c ? (c.Job, c.Epoch, c.Visit) : default);
    }

    [Fact]
    public async Task TwoFullTechnicians_ExchangeTheirJobs_AndEverybodyHearsOfItOnce()
    {
        Visit hour = At(1);
        (Held a, Held b) = (await Busy(silo, hour), await Busy(silo, hour));
        Assert.Equal(IntentStatus.Committed, (await Apply(silo, Swap(a, b))).Status);
        foreach ((Held gone, Held to) in new[] { (a, b), (b, a) })
        {
            VersionedJob? job = await DispatchSilo.Eventually($"{gone.Job} has moved", () => silo.Job(gone.Job).Get(), j => j!.State.Epoch == new Epoch(2));
            Assert.Equal((JobStatus.Accepted, to.By), (job!.State.Status, job.State.Assigned));
            Commitment held = Assert.Single((await silo.Technician(to.By).Get())!.State.Commitments);
            Assert.Equal((gone.Job, new Epoch(2), CommitmentStatus.Confirmed), (held.Job, held.Epoch, held.Status));
            ImmutableArray<SequencedEvent> told = await DispatchSilo.Eventually(
                $"{to.By} hears of {gone.Job}", () => silo.History(Streams.Technician(to.By)),
                events => events.Any(e => e.Type == "job.moved" && e.Source.EndsWith(gone.Job.Value, StringComparison.Ordinal)) && events.Any(e => e.Type == "technician.patchSettled"));
            Assert.Single(told, e => e.Type == "technician.patchSettled");
            Assert.Equal("job.epoch_stale", (await silo.Job(gone.Job).Execute(new Depart(gone.By, new Epoch(1), TimeProvider.System.GetUtcNow()), silo.NewOperation())).Refusal?.Code);
            Assert.Null((await silo.Job(gone.Job).Execute(new Depart(to.By, new Epoch(2), TimeProvider.System.GetUtcNow()), silo.NewOperation())).Refusal);
        }
    }

    [Fact]
    public async Task OneWhoRefuses_LeavesEverybodyAsTheyWere()
    {
        (Held a, Held b, Held c) = (await Busy(silo, At(1)), await Busy(silo, At(2)), await Busy(silo, At(3)));
        // B would get two jobs at the same time.
        IntentState intent = await Apply(silo, [new(a.Job, new Epoch(1), a.By, b.By, At(5)), new(c.Job, new Epoch(1), c.By, b.By, At(5))]);
        Assert.Equal((IntentStatus.Withdrawn, "technician.slot_taken"), (intent.Status, intent.Why?.Code));
        foreach (Held held in new[] { a, b, c })
            await Stands(silo, held);
        IntentState stale = await Apply(silo, [.. Swap(a, b).Select(m => m.Job == b.Job ? m with { Epoch = new Epoch(7) } : m)]);
        Assert.Equal("job.epoch_unknown", stale.Why?.Code);
        await Stands(silo, a);
        await Stands(silo, b);
    }

    [Fact]
    public async Task WhatAPersonAsksOfAJobThatStandsStill_ComesFirst_AndTheWholeChangeIsWithdrawn()
    {
        Visit hour = At(1);
        (Held a, Held b) = (await Busy(silo, hour), await Busy(silo, hour));
        Operation operation = silo.NewOperation();
        OpenIntent intent = Open(operation, Swap(a, b), seconds: 60);
        Assert.Null((await silo.Intent(intent.Id).Execute(intent, operation)).Refusal);
        await Park(silo, intent, a, b);
        Assert.Equal("job.plan_under_way", (await silo.Job(a.Job).Execute(new ReassignJob(null, "planner", null), null)).Refusal?.Code);
        JobReply departed = await silo.Job(a.Job).Execute(new Depart(a.By, new Epoch(1), TimeProvider.System.GetUtcNow()), silo.NewOperation());
        Assert.Null(departed.Refusal);
        Assert.Equal(JobStatus.EnRoute, departed.Job!.Status);
        Assert.Equal("intent.overtaken", (await silo.Intent(intent.Id).Get())!.State.Why?.Code);
        await Stands(silo, b);
        Assert.Equal("intent.already_withdrawn", (await silo.Intent(intent.Id).Execute(new CommitIntent(), null)).Refusal?.Code);
    }

    [Fact]
    public async Task AChangeThatItsMakerLeft_EndsByItself_AlsoOverARestart()
    {
        await using DispatchSilo silo = NewSilo();
        await silo.InitializeAsync();
        Visit hour = At(1);
        (Held a, Held b) = (await Busy(silo, hour), await Busy(silo, hour));
        Operation operation = silo.NewOperation();
        OpenIntent intent = Open(operation, Swap(a, b), seconds: 5);
        Assert.Null((await silo.Intent(intent.Id).Execute(intent, operation)).Refusal);
        await Park(silo, intent, a, b);
        await silo.Restart();
        await DispatchSilo.Eventually("it is withdrawn", async () =>
        {
            await silo.SweepPlanChanges();
            return (await silo.Intent(intent.Id).Get())!.State;
        }, i => i.Status == IntentStatus.Withdrawn);
        Assert.Equal("intent.expired", (await silo.Intent(intent.Id).Get())!.State.Why?.Code);
        await Stands(silo, a);
        await Stands(silo, b);
    }

    /// <summary>What its maker does before it would commit.</summary>
    private static async Task Park(DispatchSilo silo, OpenIntent intent, params Held[] all)
    {
        DateTimeOffset by = (await silo.Intent(intent.Id).Get())!.State.DecideBy;
        SortedDictionary<JobId, JobState> jobs = [];
        foreach (JobMove move in intent.Moves)
        {
            Assert.Null((await silo.Job(move.Job).Execute(RoutePatches.Park(move, intent.Id, by, false), null)).Refusal);
            jobs[move.Job] = (await silo.Job(move.Job).Get())!.State;
        }
        foreach (RoutePatch patch in RoutePatches.Of(intent.Moves))
            Assert.Null((await silo.Technician(patch.Technician).Execute(RoutePatches.Park(patch, intent.Id, by, jobs), null)).Refusal);
        Assert.All(all, held => Assert.Contains(held.Job, jobs.Keys));
    }
}
