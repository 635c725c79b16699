namespace Engine.Conformance;

public sealed class TurnsOnOrleans(OrleansEngine engine) : TurnRules(engine);

public sealed class TurnsSimulated() : TurnRules(new SimulatedEngine());

/// <summary>Turns of one activation run one at a time, and calls do not interleave unless a rule lets them.</summary>
public abstract class TurnRules(TestEngine engine)
{
    private readonly string _key = Phase.Fresh("turn");
    private readonly string _phase = Phase.Fresh("hold");

    private ITurnGrain Grain => engine.Grains.GetGrain<ITurnGrain>(_key);

    [Fact]
    public Task SecondCall_WaitsUntilTheSuspendedOneHasEnded() => engine.Run(async () =>
    {
        var first = Grain.Hold("first", _phase);
        await Phase.Named(_phase).ReachedAsync();
        var second = Grain.Write("second");
        // A call that may interleave has come and gone, so the second would have, too, had it been let in.
        await Grain.Interleave("interleaved");
        Phase.Named(_phase).Open();
        await Task.WhenAll(first, second);
        Assert.Equal(["first begins", "interleaved", "first ends", "second"], Journal.Of(_key));
    });

    [Fact]
    public Task WaitingCalls_RunInTheOrderTheyCame() => engine.Run(async () =>
    {
        var first = Grain.Hold("first", _phase);
        await Phase.Named(_phase).ReachedAsync();
        // From within, because nothing is promised of the order in which calls from outside come.
        var rest = engine.Grains.GetGrain<ITurnGrain>(Phase.Fresh("caller")).WriteManyTo(_key, 10);
        Phase.Named(_phase).Open();
        await Task.WhenAll(first, rest);
        Assert.Equal([.. Enumerable.Range(0, 10).Select(i => $"call {i}")], Journal.Of(_key)[2..]);
    });

    /// <summary>What always interleaves holds nothing up, even while it is suspended.</summary>
    [Fact]
    public Task SuspendedInterleavingCall_BlocksNoOther() => engine.Run(async () =>
    {
        var hold = Grain.HoldInterleaving("hold", _phase);
        await Phase.Named(_phase).ReachedAsync();
        await Grain.Write("write");
        Phase.Named(_phase).Open();
        await hold;
        Assert.Equal(["hold begins", "write", "hold ends"], Journal.Of(_key));
    });

    [Fact]
    public Task InterleavingCall_StartsBesideASuspendedOne_AndTheNextWaitsForThatOneOnly() => engine.Run(async () =>
    {
        var second = Phase.Fresh("second");
        var hold = Grain.Hold("hold", _phase);
        await Phase.Named(_phase).ReachedAsync();
        var beside = Grain.HoldInterleaving("beside", second);
        await Phase.Named(second).ReachedAsync();
        var write = Grain.Write("write");
        await Grain.Interleave("interleaved");
        Phase.Named(_phase).Open();
        await Task.WhenAll(hold, write);
        Phase.Named(second).Open();
        await beside;
        Assert.Equal(["hold begins", "beside begins", "interleaved", "hold ends", "write", "beside ends"], Journal.Of(_key));
    });

    [Fact]
    public Task CallsOfManyCallers_EachRunToTheirEnd() => engine.Run(async () =>
    {
        var totals = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Grain.Count(10)));
        // Each call saw a count that is a whole number of calls.
        Assert.Equal([.. Enumerable.Range(1, 50).Select(i => i * 10)], totals.Order());
    });

    [Fact]
    public Task CallWhoseCallerHasGivenUp_NeverStarts() => engine.Run(async () =>
    {
        var hold = Grain.Hold("hold", _phase);
        await Phase.Named(_phase).ReachedAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => Grain.WriteSoon("late"));
        Phase.Named(_phase).Open();
        await hold;
        await Grain.Write("next");
        Assert.Equal(["hold begins", "hold ends", "next"], Journal.Of(_key));
    });
}
