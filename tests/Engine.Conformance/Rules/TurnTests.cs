namespace Engine.Conformance;

/// <summary>Turns of one activation run one at a time, and calls do not interleave unless a rule lets them.</summary>
public sealed class TurnTests(EngineFixture engine)
{
    private readonly string _key = Phase.Fresh("turn");
    private readonly string _phase = Phase.Fresh("hold");

    private ITurnGrain Grain => engine.Grains.GetGrain<ITurnGrain>(_key);

    private IReentrantGrain Reentrant => engine.Grains.GetGrain<IReentrantGrain>(_key);

    [Fact]
    public async Task SecondCall_WaitsUntilTheSuspendedOneHasEnded()
    {
        var first = Grain.Hold("first", _phase);
        await Phase.Named(_phase).ReachedAsync();
        var second = Grain.Write("second");
        // A call that may interleave has come and gone, so the second would have, too, had it been let in.
        await Grain.Interleave("interleaved");
        Phase.Named(_phase).Open();
        await Phase.EndAsync(Task.WhenAll(first, second), "both calls");
        Assert.Equal(["first begins", "interleaved", "first ends", "second"], Journal.Of(_key));
    }

    [Fact]
    public async Task WaitingCalls_RunInTheOrderTheyCame()
    {
        var first = Grain.Hold("first", _phase);
        await Phase.Named(_phase).ReachedAsync();
        var rest = new List<Task>();
        for (var i = 0; i < 10; i++)
            rest.Add(Grain.Write($"call {i}"));
        Phase.Named(_phase).Open();
        await Phase.EndAsync(Task.WhenAll([first, .. rest]), "all calls");
        Assert.Equal([.. Enumerable.Range(0, 10).Select(i => $"call {i}")], Journal.Of(_key)[2..]);
    }

    [Fact]
    public async Task ReadOnlyCalls_InterleaveWithEachOther_AndAWriteWaits()
    {
        var reading = Grain.HoldReading("reading", _phase);
        await Phase.Named(_phase).ReachedAsync();
        var write = Grain.Write("write");
        await Phase.EndAsync(Grain.Read("read"), "the second read");
        Assert.Equal(["reading begins", "read"], Journal.Of(_key));
        Phase.Named(_phase).Open();
        await Phase.EndAsync(Task.WhenAll(reading, write), "reading and write");
        Assert.Equal(["reading begins", "read", "reading ends", "write"], Journal.Of(_key));
    }

    [Fact]
    public async Task ReadOnlyCall_WaitsForAWrite()
    {
        var hold = Grain.Hold("hold", _phase);
        await Phase.Named(_phase).ReachedAsync();
        var read = Grain.Read("read");
        await Grain.Interleave("interleaved");
        Phase.Named(_phase).Open();
        await Phase.EndAsync(Task.WhenAll(hold, read), "hold and read");
        Assert.Equal(["hold begins", "interleaved", "hold ends", "read"], Journal.Of(_key));
    }

    /// <summary>Versions of Orleans differ in whether the write waits for the second reader too; no grain may build on either.</summary>
    [Fact]
    public async Task Write_WaitsForTheFirstOfTwoReaders_AndForTheOtherAtMost()
    {
        var second = Phase.Fresh("second");
        var reading = Grain.HoldReading("one", _phase);
        await Phase.Named(_phase).ReachedAsync();
        var other = Grain.HoldReading("two", second);
        await Phase.Named(second).ReachedAsync();
        var write = Grain.Write("write");
        // What may interleave has come and gone, so the write would have, too, had it been let in.
        await Grain.Interleave("interleaved");
        Phase.Named(_phase).Open();
        await Phase.EndAsync(reading, "the first reader");
        Phase.Named(second).Open();
        await Phase.EndAsync(Task.WhenAll(write, other), "the write and the second reader");
        Assert.Equal(["one begins", "two begins", "interleaved", "one ends"], Journal.Of(_key)[..4]);
        Assert.Equal(["two ends", "write"], Journal.Of(_key)[4..].Order());
    }

    [Fact]
    public async Task ReentrantGrain_InterleavesAnyCalls()
    {
        var hold = Reentrant.Hold("hold", _phase);
        await Phase.Named(_phase).ReachedAsync();
        await Phase.EndAsync(Reentrant.Write("write"), "the write");
        Phase.Named(_phase).Open();
        await Phase.EndAsync(hold, "the held call");
        Assert.Equal(["hold begins", "write", "hold ends"], Journal.Of(_key));
    }

    [Fact]
    public async Task TurnsOfAReentrantGrain_NeverRunAtOnce()
    {
        var calls = Enumerable.Range(0, 50).Select(_ => Task.Run(() => Reentrant.Count(100)));
        await Phase.EndAsync(Task.WhenAll(calls), "all calls");
        Assert.Equal(5_000, await Reentrant.Total());
    }

    [Fact]
    public async Task CallsOfManyCallers_EachRunToTheirEnd()
    {
        var calls = Enumerable.Range(0, 50).Select(_ => Task.Run(() => Grain.Count(10)));
        var totals = await Phase.EndAsync(Task.WhenAll(calls), "all calls");
        // Each call saw a count that is a whole number of calls.
        Assert.Equal([.. Enumerable.Range(1, 50).Select(i => i * 10)], totals.Order());
    }

    [Fact]
    public async Task ValueTasks_CarryResultsAndNone()
    {
        Assert.Equal("n7", await Grain.Describe(7, "n"));
        await Grain.Touch();
    }
}
