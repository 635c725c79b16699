using System.Collections.Immutable;
using Dispatch.Domain.Intents;
using Dispatch.Domain.Jobs;
using Dispatch.Domain.Refusals;
using Dispatch.Domain.Tests.Jobs;
using static Dispatch.Domain.Tests.Jobs.JobFixture;

namespace Dispatch.Domain.Tests.Intents;

/// <summary>Every command in every state of a change of plan, in time and past it.</summary>
public class IntentDeciderTests
{
    private static readonly Refusal No = Refusal.Of("technician.slot_taken", RefusalKind.Conflict);
    private static readonly JobMove Move = new(Id, new Epoch(1), Li, Wang, JobFixture.Visit);

    private static readonly Dictionary<string, IntentCommand> Commands = new()
    {
        ["open"] = Open(Move),
        ["other"] = Open(Move with { Epoch = new Epoch(2) }),
        ["commit"] = new CommitIntent(),
        ["withdraw"] = new WithdrawIntent(No),
        ["decide"] = new DecideIntent(Id.Value),
    };

    private static readonly Dictionary<string, IntentState?> States = new()
    {
        ["none"] = null,
        ["open"] = Opened,
        ["committed"] = IntentDecider.Apply(Opened, new IntentCommitted(Noon)),
        ["withdrawn"] = IntentDecider.Apply(Opened, new IntentWithdrawn(No, Noon)),
    };

    private static IntentState Opened => IntentDecider.Apply(null, Assert.Single(IntentDecider.Decide(null, Plan, Open(Move), Noon).Events));

    private static OpenIntent Open(params JobMove[] moves) => new(Plan, new TenantId("main"), new ZoneId("zone_n"), [.. moves], "closer", Overrules: true, TimeSpan.FromSeconds(20));

    [Theory]
    [InlineData("none", "open", "Open")]
    [InlineData("none", "commit", "intent.unknown")]
    [InlineData("none", "withdraw", "intent.unknown")]
    [InlineData("none", "decide", "intent.unknown")]
    [InlineData("open", "open", "=")]
    [InlineData("open", "other", "operation.key_reused")]
    [InlineData("open", "commit", "Committed")]
    [InlineData("open", "withdraw", "Withdrawn technician.slot_taken")]
    [InlineData("open", "decide", "Withdrawn intent.overtaken")]
    [InlineData("open", "commit", "Withdrawn intent.expired", 20)]
    [InlineData("open", "decide", "Withdrawn intent.expired", 20)]
    [InlineData("open", "commit", "Committed", 19)]
    [InlineData("committed", "open", "=")]
    [InlineData("committed", "commit", "=")]
    [InlineData("committed", "withdraw", "intent.already_committed")]
    [InlineData("committed", "decide", "=", 3600)]
    [InlineData("withdrawn", "open", "=")]
    [InlineData("withdrawn", "commit", "intent.already_withdrawn")]
    [InlineData("withdrawn", "withdraw", "=")]
    [InlineData("withdrawn", "decide", "=")]
    public void EveryCommandInEveryState_LeadsWhereTheTableSays(string state, string command, string expected, int seconds = 0)
    {
        DateTimeOffset now = Noon.AddSeconds(seconds);
        Decision<IntentEvent> decision = IntentDecider.Decide(States[state], Plan, Commands[command], now);
        string found = decision.Refusal?.Code
            ?? (decision.Events.IsEmpty ? "=" : IntentDecider.Apply(States[state], decision.Events.Single()) is var next && next.Why is { } why ? $"{next.Status} {why.Code}" : $"{next.Status}");
        Assert.Equal(expected, found);
    }

    [Fact]
    public void WhatIsAsked_IsDecidedWithinBounds()
    {
        Assert.Equal(Noon + IntentRules.Longest, DecideBy(TimeSpan.FromDays(1)));
        Assert.Equal(Noon + IntentRules.Shortest, DecideBy(TimeSpan.FromDays(-1)));

        static DateTimeOffset DecideBy(TimeSpan within) =>
            IntentDecider.Apply(null, IntentDecider.Decide(null, Plan, Open(Move) with { Within = within }, Noon).Events.Single()).DecideBy;
    }

    public static TheoryData<string, JobMove[]> Faults() => new()
    {
        { "intent.no_moves", [] },
        { "intent.job_twice", [Move, Move] },
        { "intent.no_move", [Move with { Visit = null }] },
        { "intent.no_move", [Move with { To = null }] },
        { "intent.no_move", [Move with { From = null, To = null, Visit = null }] },
        { "intent.visit_reversed", [Move with { Visit = JobFixture.Visit with { FinishAt = JobFixture.Visit.StartAt.AddTicks(-1) } }] },
        { "intent.visit_reversed", [Move with { Visit = JobFixture.Visit with { ArriveAt = JobFixture.Visit.DepartAt.AddTicks(-1) } }] },
        { "intent.too_many_moves", [.. Enumerable.Range(0, IntentRules.MostMoves + 1).Select(i => Move with { Job = new JobId($"job_{i}") })] },
    };

    [Theory, MemberData(nameof(Faults))]
    public void WhatCannotBeAChangeOfPlan_IsRefused(string code, JobMove[] moves) =>
        Assert.Equal(code, IntentDecider.Decide(null, Plan, Open(moves), Noon).Refusal?.Code);

    [Fact]
    public void Patches_AreReadByTechnician_InTheOrderOfIds()
    {
        JobMove other = new(new JobId("job_0"), new Epoch(4), Wang, Li, JobFixture.Visit);
        ImmutableArray<RoutePatch> patches = RoutePatches.Of([Move, other, new JobMove(new JobId("job_2"), new Epoch(7), Wang, null, null)]);
        Assert.Equal([Li, Wang], patches.Select(p => p.Technician));
        Assert.Equal(new(Id, new Epoch(1)), Assert.Single(patches[0].Releases));
        Assert.Equal(other, Assert.Single(patches[0].Additions));
        Assert.Equal(new(other.Job, new Epoch(5)), patches[0].Holds);
        Assert.Equal([new(other.Job, new Epoch(4)), new(new JobId("job_2"), new Epoch(7))], patches[1].Releases.AsEnumerable());
        Assert.Equal(Move, Assert.Single(patches[1].Additions));
    }
}
