namespace Engine.Conformance;

/// <summary>Failures, deadlocks, one-way calls and cancellation across a call.</summary>
public sealed class CallTests(EngineFixture engine)
{
    private readonly string _key = Phase.Fresh("a"), _other = Phase.Fresh("b"), _phase = Phase.Fresh("phase");

    private IChainGrain Grain => engine.Grains.GetGrain<IChainGrain>(_key);

    [Fact]
    public async Task CallChainBackToAWaitingGrain_TimesOut_AndTheGrainLivesOn()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => Phase.EndAsync(Grain.CallAround(_other), "the chain"));
        Assert.Equal("here", await Phase.EndAsync(Grain.Answer(), "a later call"));
    }

    [Fact]
    public async Task Failure_ReachesTheCallerAsItsOwnType()
    {
        var failure = await Assert.ThrowsAsync<BrokenException>(() => Grain.Throw("oh"));
        Assert.Equal("oh", failure.Message);
        failure = await Assert.ThrowsAsync<BrokenException>(() => Grain.ThrowAtOnce("no"));
        Assert.Equal("no", failure.Message);
    }

    [Fact]
    public async Task Failure_PassesThroughAGrainInBetween()
    {
        var failure = await Assert.ThrowsAsync<BrokenException>(() => Grain.ThrowThrough(_other, "deep"));
        Assert.Equal("deep", failure.Message);
    }

    [Fact]
    public async Task CancelledCall_IsSeenAsCancelled()
    {
        var failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Grain.Cancelled());
        Assert.Equal("no longer", failure.Message);
    }

    [Fact]
    public async Task OneWayCall_ReturnsBeforeItHasRun()
    {
        await Phase.EndAsync(Grain.Tell(_phase, fail: false), "the one-way call");
        await Phase.Named(_phase).ReachedAsync();
        Assert.Empty(Journal.Of(_key));
        Phase.Named(_phase).Open();
        await Journal.HasAsync(_key, "told");
    }

    [Fact]
    public async Task OneWayCall_KeepsItsFailureToItself()
    {
        Phase.Named(_phase).Open();
        await Phase.EndAsync(Grain.Tell(_phase, fail: true), "the one-way call");
        await Journal.HasAsync(_key, "told");
        Assert.Equal("here", await Grain.Answer());
    }

    [Fact]
    public async Task CancelledToken_EndsTheWaitAtOnce_AndReachesTheGrain()
    {
        using var cancellation = new CancellationTokenSource();
        var grain = engine.Grains.GetGrain<ICancelGrain>(_key);
        var wait = grain.Wait(_phase, cancellation.Token);
        await Phase.Named(_phase).ReachedAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Phase.EndAsync(wait, "the cancelled call"));
        await Journal.HasAsync(_key, "token came");
    }

    [Fact]
    public async Task CallThatWaitsBehindAnother_NeverStartsWhenCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        using var holding = new CancellationTokenSource();
        var grain = engine.Grains.GetGrain<ICancelGrain>(_key);
        var hold = grain.Wait(_phase, holding.Token);
        await Phase.Named(_phase).ReachedAsync();
        var waiting = grain.IsCancelled(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Phase.EndAsync(waiting, "the waiting call"));
        await holding.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Phase.EndAsync(hold, "the holding call"));
        await Journal.HasAsync(_key, "token came");
        Assert.False(await grain.IsCancelled(CancellationToken.None));
        Assert.Equal(["token came", "asked"], Journal.Of(_key));
    }

    [Fact]
    public async Task CallWithACancelledToken_IsNotMade()
    {
        var grain = engine.Grains.GetGrain<ICancelGrain>(_key);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => grain.IsCancelled(new CancellationToken(canceled: true)));
        Assert.False(await grain.IsCancelled(CancellationToken.None));
        Assert.Equal(["asked"], Journal.Of(_key));
    }
}
