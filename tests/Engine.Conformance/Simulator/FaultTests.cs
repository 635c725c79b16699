using Dispatch.Simulator;

namespace Engine.Conformance.Simulated;

/// <summary>Each kind of fault happens, does what it says, and is survived by grains that follow the rules.</summary>
public sealed class FaultTests
{
    private static readonly SimulationFaults None = SimulationFaults.None;

    public static TheoryData<string, SimulationFaults, Func<SimulationCounts, long>> Kinds => new()
    {
        { "request loss", None with { RequestLoss = 0.1 }, counts => counts.RequestsLost },
        { "reply loss", None with { ReplyLoss = 0.1 }, counts => counts.RepliesLost },
        { "delay", None with { Delay = 0.2 }, counts => counts.Delayed },
        { "reordering", None with { Reordering = 0.2 }, counts => counts.Reordered },
        { "host crash", None with { HostCrash = 0.01 }, counts => counts.HostCrashes },
        { "activation crash", None with { ActivationCrash = 0.05 }, counts => counts.ActivationCrashes },
        { "duplicate activation", None with { DuplicateActivation = 0.1, Delay = 0.5 }, counts => counts.DuplicateActivations },
        { "refused write", None with { WriteRefused = 0.1 }, counts => counts.WritesRefused },
        { "lost acknowledgement", None with { AcknowledgementLost = 0.1 }, counts => counts.AcknowledgementsLost },
        { "failed read", None with { ReadFailed = 0.3, ActivationCrash = 0.05 }, counts => counts.ReadsFailed },
        { "clock skew", None with { ClockSkew = TimeSpan.FromSeconds(30), HostCrash = 0.01 }, counts => counts.ClocksSkewed },
    };

    [Theory]
    [MemberData(nameof(Kinds), DisableDiscoveryEnumeration = true)]
    public void EachKindOfFault_Happens_AndNothingIsLostOrDoubled(string kind, SimulationFaults faults, Func<SimulationCounts, long> count)
    {
        using var simulation = Town.New(11, faults);
        Town.Run(simulation);
        Assert.True(count(simulation.Counts) > 0, $"No {kind} in {simulation.Counts}");
        AssertExact(simulation);
    }

    [Fact]
    public void ManySeedsWithEveryFault_LoseAndDoubleNothing()
    {
        long duplicates = 0, conflicts = 0;
        for (ulong seed = 1; seed <= 100; seed++)
        {
            using var simulation = Town.New(seed, SimulationFaults.Mixed);
            Town.Run(simulation);
            AssertExact(simulation);
            duplicates += simulation.Counts.DuplicateActivations;
            conflicts += simulation.Counts.Conflicts;
        }
        Assert.True(duplicates > 0 && conflicts > 0, $"{duplicates} duplicates, {conflicts} conflicts");
    }

    [Fact]
    public void WithoutFaults_NothingGoesWrong()
    {
        using var simulation = Town.New(3, None);
        Town.Run(simulation);
        AssertExact(simulation);
        var counts = simulation.Counts;
        Assert.Equal((Town.Clients * Town.Operations, 0), (counts.Writes, counts.Conflicts));
        Assert.Equal(counts.Requests, counts.Replies);
    }

    [Fact]
    public void LostReply_TimesOut_AlthoughTheCallTookEffect()
    {
        using var simulation = Town.New(5, None with { ReplyLoss = 1 });
        simulation.Run(static async world =>
            await Assert.ThrowsAsync<TimeoutException>(() => world.Client("c").GetGrain<ILedgerGrain>(Town.Key(0)).Add("a", 1)));
        Assert.Equal(1, Town.Stored(simulation, 0));
    }

    [Fact]
    public void LostRequest_TimesOut_AndHadNoEffect()
    {
        using var simulation = Town.New(5, None with { RequestLoss = 1 });
        simulation.Run(static async world =>
            await Assert.ThrowsAsync<TimeoutException>(() => world.Client("c").GetGrain<ILedgerGrain>(Town.Key(0)).Add("a", 1)));
        Assert.Equal(0, Town.Stored(simulation, 0));
    }

    [Fact]
    public void CrashedHost_ForgetsItsTurns_AndTheGrainLivesOnElsewhere()
    {
        using var simulation = Town.New(6, None);
        simulation.Run(static async world =>
        {
            var ledger = world.Client("c").GetGrain<ILedgerGrain>(Town.Key(0));
            await ledger.Add("a", 1);
            var dying = ledger.Add("b", 1);
            for (var host = 0; host < 3; host++)
                world.CrashHost(host, TimeSpan.FromSeconds(5));
            await Assert.ThrowsAsync<TimeoutException>(() => dying);
            await Town.RepeatUntilAnswered(() => ledger.Add("b", 1));
            Assert.Equal(2, await ledger.Total());
        });
        Assert.Equal(3, simulation.Counts.HostCrashes);
    }

    [Fact]
    public void DuplicatedGrain_HasTwoActivationsThatConflict_AndTheStoreStaysRight()
    {
        using var simulation = Town.New(8, None);
        simulation.Run(static async world =>
        {
            var grains = world.Client("c");
            var ledger = grains.GetGrain<ILedgerGrain>(Town.Key(0));
            await ledger.Add("first", 1);
            world.Duplicate(ledger.GetGrainId(), TimeSpan.FromMinutes(10));
            await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Town.RepeatUntilAnswered(() => ledger.Add($"{i}", 1))));
        });
        Assert.Equal(21, Town.Stored(simulation, 0));
        Assert.True(simulation.Counts.Conflicts > 0);
    }

    [Fact]
    public void Timers_RunInVirtualTime()
    {
        using var simulation = Town.New(9, None);
        simulation.Run(static world => world.Client("c").GetGrain<ILedgerGrain>(Town.Key(0)).TickEvery(TimeSpan.FromSeconds(10)));
        simulation.RunFor(TimeSpan.FromHours(1));
        // A timer ticks a period after the end of its last tick and ends with its idle activation after about 15 minutes.
        Assert.InRange(simulation.Storage.Peek<LedgerRecord>(GrainId.Create("ledger", Town.Key(0)), "ledger")!.Ticks, 80, 97);
    }

    [Fact]
    public void StoppedHost_StartsAgain_AndItsGrainsWithIt()
    {
        var stopped = Phase.Fresh("stopped");
        using var simulation = Town.New(12, None);
        simulation.Run(async world =>
        {
            await world.Client("c").GetGrain<ILifeGrain>(stopped).Note("call");
            for (var host = 0; host < 3; host++)
                await world.StopHost(host, TimeSpan.FromSeconds(1));
        });
        Assert.Equal(["deactivating: ShuttingDown", "deactivated", "disposed"], Journal.Of(stopped)[2..]);
        simulation.RunFor(TimeSpan.FromSeconds(1));
        simulation.Run(world => world.Client("c").GetGrain<ILifeGrain>(stopped).Note("again"));
        Assert.Equal("again", Journal.Of(stopped)[^1]);
    }

    [Fact]
    public void Observer_OfAClient_IsCalledByGrainsOfAnyHost()
    {
        var eye = Phase.Fresh("eye");
        using var simulation = Town.New(13, None);
        simulation.Run(async world =>
        {
            var grains = world.Client("c");
            var reference = grains.CreateObjectReference<IWatcher>(new Watcher(eye));
            for (var i = 0; i < 5; i++)
                await grains.GetGrain<ISubjectGrain>($"{eye}/{i}").Show(reference, $"{i}");
        });
        Assert.Equal(["0", "1", "2", "3", "4"], Journal.Of(eye));
    }

    [Fact]
    public void SkewedClock_IsSeenByTheGrain_WithinItsBound()
    {
        var skews = new HashSet<TimeSpan>();
        for (ulong seed = 1; seed <= 10; seed++)
        {
            using var simulation = new Simulation(seed, None with { ClockSkew = TimeSpan.FromSeconds(30) }, [typeof(LedgerGrain).Assembly]);
            simulation.Run(async world =>
            {
                var seen = await world.Client("c").GetGrain<ILedgerGrain>(Town.Key(0)).Now();
                skews.Add(TimeSpan.FromTicks(seen - world.Clock.GetUtcNow().Ticks));
            });
        }
        Assert.True(skews.Count > 5);
        Assert.All(skews, skew => Assert.InRange(skew, TimeSpan.FromSeconds(-31), TimeSpan.FromSeconds(31)));
    }

    private static void AssertExact(Simulation simulation)
    {
        // Each client gives each of its operations to one ledger.
        for (var ledger = 0; ledger < Town.Ledgers; ledger++)
        {
            var operations = Enumerable.Range(0, Town.Operations);
            var asked = Enumerable.Range(0, Town.Clients).Sum(client => operations.Count(i => (client + i) % Town.Ledgers == ledger));
            Assert.Equal(asked, Town.Stored(simulation, ledger));
        }
    }
}
