namespace Engine.Conformance;

public sealed class TimersOnOrleans(OrleansEngine engine) : TimerRules(engine);

public sealed class TimersSimulated() : TimerRules(new SimulatedEngine());

/// <summary>Timers run in turns, never overlap themselves, and end with the activation.</summary>
public abstract class TimerRules(TestEngine engine)
{
    private readonly string _key = Phase.Fresh("timer"), _tick = Phase.Fresh("tick"), _call = Phase.Fresh("call");

    private ITimerGrain Grain => engine.Grains.GetGrain<ITimerGrain>(_key);

    [Fact]
    public Task Ticks_DoNotOverlap() => engine.Run(async () =>
    {
        await Grain.StartHolding(_tick, interleave: true);
        await Phase.Named(_tick).ReachedAsync();
        // Interleaving calls come and go while the tick is suspended; a second tick would be among them.
        for (var i = 0; i < 50; i++)
            await Grain.StartOnce();
        await engine.HasLine(_key, "once");
        Assert.Equal(1, Journal.Of(_key).Count(line => line == "tick"));
        Phase.Named(_tick).Open();
        await engine.Until(() => Journal.Of(_key).Count(line => line == "tick") > 3, "more ticks");
        await Grain.End();
        Assert.DoesNotContain("overlap", Journal.Of(_key));
    });

    [Fact]
    public Task Tick_WaitsForTheCallThatRuns_UnlessItInterleaves() => engine.Run(async () =>
    {
        Phase.Named(_tick).Open();
        var hold = Grain.Hold(_call);
        await Phase.Named(_call).ReachedAsync();
        var start = Grain.StartHolding(_tick, interleave: false);
        Phase.Named(_call).Open();
        await Task.WhenAll(hold, start);
        await engine.HasLine(_key, "tick");

        var second = Phase.Fresh("call");
        hold = Grain.Hold(second);
        await Phase.Named(second).ReachedAsync();
        var before = Journal.Of(_key).Count(line => line == "tick");
        Assert.Equal("call begins", Journal.Of(_key)[^1]);
        Phase.Named(second).Open();
        await hold;
        await engine.Until(() => Journal.Of(_key).Count(line => line == "tick") > before, "a tick after the call");
        var lines = Journal.Of(_key);
        var begin = Array.LastIndexOf(lines, "call begins");
        Assert.Equal("call ends", lines[begin + 1]);
    });

    [Fact]
    public Task Call_WaitsForATickThatRuns() => engine.Run(async () =>
    {
        await Grain.StartHolding(_tick, interleave: false);
        await Phase.Named(_tick).ReachedAsync();
        var call = Grain.Hold(_call);
        Phase.Named(_call).Open();
        Phase.Named(_tick).Open();
        await call;
        var lines = Journal.Of(_key);
        Assert.Equal(["tick", "tick ends"], lines[..2]);
        await Grain.End();
    });

    [Fact]
    public Task InterleavingTick_RunsBesideACall() => engine.Run(async () =>
    {
        await Grain.StartHolding(_tick, interleave: true);
        var hold = Grain.Hold(_call);
        await Phase.Named(_call).ReachedAsync();
        await Phase.Named(_tick).ReachedAsync();
        Phase.Named(_call).Open();
        await hold;
        Phase.Named(_tick).Open();
        await Grain.End();
    });

    [Fact]
    public Task Timer_EndsWithTheActivation() => engine.Run(async () =>
    {
        Phase.Named(_tick).Open();
        await Grain.StartHolding(_tick, interleave: false);
        await engine.HasLine(_key, "tick");
        await Grain.End();
        // The next activation answers only after the last has ended.
        await Grain.StartNever();
        var ticks = Journal.Of(_key).Length;
        await Grain.StartOnce();
        await engine.HasLine(_key, "once");
        Assert.Equal(ticks + 1, Journal.Of(_key).Length);
    });

    [Fact]
    public Task DisposedTimer_TicksNoMore() => engine.Run(async () =>
    {
        Phase.Named(_tick).Open();
        await Grain.StartHolding(_tick, interleave: false);
        await engine.HasLine(_key, "tick");
        await Grain.Stop();
        var ticks = Journal.Of(_key).Length;
        await Grain.StartOnce();
        await engine.HasLine(_key, "once");
        Assert.Equal(ticks + 1, Journal.Of(_key).Length);
    });

    [Fact]
    public Task FailingTick_IsFollowedByOthers() => engine.Run(async () =>
    {
        await Grain.StartFailing();
        await engine.HasLine(_key, "tick 3");
        await Grain.End();
    });

    [Fact]
    public Task ChangedTimer_TicksAtItsNewTime() => engine.Run(async () =>
    {
        await Grain.StartNever();
        Assert.Empty(Journal.Of(_key));
        await Grain.ChangeToNow();
        await engine.HasLine(_key, "changed");
    });
}
