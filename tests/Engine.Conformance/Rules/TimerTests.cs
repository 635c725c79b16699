namespace Engine.Conformance;

/// <summary>Timers run in turns, never overlap themselves, and end with the activation.</summary>
public sealed class TimerTests(EngineFixture engine)
{
    private readonly string _key = Phase.Fresh("timer"), _tick = Phase.Fresh("tick"), _call = Phase.Fresh("call");

    private ITimerGrain Grain => engine.Grains.GetGrain<ITimerGrain>(_key);

    [Fact]
    public async Task Ticks_DoNotOverlap()
    {
        await Grain.StartHolding(_tick, interleave: true);
        await Phase.Named(_tick).ReachedAsync();
        // Interleaving calls come and go while the tick is suspended; a second tick would be among them.
        for (var i = 0; i < 50; i++)
            await Grain.StartOnce();
        await Journal.HasAsync(_key, "once");
        Assert.Equal(1, Journal.Of(_key).Count(line => line == "tick"));
        Phase.Named(_tick).Open();
        await Phase.UntilAsync(() => Task.FromResult(Journal.Of(_key).Count(line => line == "tick") > 3), "more ticks");
        await Grain.End();
        Assert.DoesNotContain("overlap", Journal.Of(_key));
    }

    [Fact]
    public async Task Tick_WaitsForTheCallThatRuns_UnlessItInterleaves()
    {
        Phase.Named(_tick).Open();
        var hold = Grain.Hold(_call);
        await Phase.Named(_call).ReachedAsync();
        var start = Grain.StartHolding(_tick, interleave: false);
        Phase.Named(_call).Open();
        await Phase.EndAsync(Task.WhenAll(hold, start), "the calls");
        await Journal.HasAsync(_key, "tick");

        var second = Phase.Fresh("call");
        hold = Grain.Hold(second);
        await Phase.Named(second).ReachedAsync();
        var before = Journal.Of(_key).Count(line => line == "tick");
        Assert.Equal("call begins", Journal.Of(_key)[^1]);
        Phase.Named(second).Open();
        await Phase.EndAsync(hold, "the second call");
        await Phase.UntilAsync(() => Task.FromResult(Journal.Of(_key).Count(line => line == "tick") > before), "a tick after the call");
        var lines = Journal.Of(_key);
        var begin = Array.LastIndexOf(lines, "call begins");
        Assert.Equal("call ends", lines[begin + 1]);
    }

    [Fact]
    public async Task Call_WaitsForATickThatRuns()
    {
        await Grain.StartHolding(_tick, interleave: false);
        await Phase.Named(_tick).ReachedAsync();
        var call = Grain.Hold(_call);
        Phase.Named(_call).Open();
        Phase.Named(_tick).Open();
        await Phase.EndAsync(call, "the call");
        var lines = Journal.Of(_key);
        Assert.Equal(["tick", "tick ends"], lines[..2]);
        await Grain.End();
    }

    [Fact]
    public async Task InterleavingTick_RunsBesideACall()
    {
        await Grain.StartHolding(_tick, interleave: true);
        var hold = Grain.Hold(_call);
        await Phase.Named(_call).ReachedAsync();
        await Phase.Named(_tick).ReachedAsync();
        Phase.Named(_call).Open();
        await Phase.EndAsync(hold, "the call");
        Phase.Named(_tick).Open();
        await Grain.End();
    }

    [Fact]
    public async Task Timer_EndsWithTheActivation()
    {
        Phase.Named(_tick).Open();
        await Grain.StartHolding(_tick, interleave: false);
        await Journal.HasAsync(_key, "tick");
        await Grain.End();
        // The next activation answers only after the last has ended.
        await Phase.EndAsync(Grain.StartNever(), "a call of the next activation");
        var ticks = Journal.Of(_key).Length;
        await Grain.StartOnce();
        await Journal.HasAsync(_key, "once");
        Assert.Equal(ticks + 1, Journal.Of(_key).Length);
    }

    [Fact]
    public async Task DisposedTimer_TicksNoMore()
    {
        Phase.Named(_tick).Open();
        await Grain.StartHolding(_tick, interleave: false);
        await Journal.HasAsync(_key, "tick");
        await Grain.Stop();
        var ticks = Journal.Of(_key).Length;
        await Grain.StartOnce();
        await Journal.HasAsync(_key, "once");
        Assert.Equal(ticks + 1, Journal.Of(_key).Length);
    }

    [Fact]
    public async Task FailingTick_IsFollowedByOthers()
    {
        await Grain.StartFailing();
        await Journal.HasAsync(_key, "tick 3");
        await Grain.End();
    }

    [Fact]
    public async Task ChangedTimer_TicksAtItsNewTime()
    {
        await Grain.StartNever();
        Assert.Empty(Journal.Of(_key));
        await Grain.ChangeToNow();
        await Journal.HasAsync(_key, "changed");
    }
}
