namespace Engine.Conformance;

public sealed class CallsOnOrleans(OrleansEngine engine) : CallRules(engine);

public sealed class CallsSimulated() : CallRules(new SimulatedEngine());

/// <summary>Failures, deadlocks, one-way calls and cancellation across a call.</summary>
public abstract class CallRules(TestEngine engine)
{
    private readonly string _key = Phase.Fresh("a"), _other = Phase.Fresh("b"), _phase = Phase.Fresh("phase");

    private IChainGrain Grain => engine.Grains.GetGrain<IChainGrain>(_key);

    [Fact]
    public Task CallChainBackToAWaitingGrain_TimesOut_AndTheGrainLivesOn() => engine.Run(async () =>
    {
        await Assert.ThrowsAsync<TimeoutException>(() => Grain.CallAround(_other));
        Assert.Equal("here", await Grain.Answer());
    });

    [Fact]
    public Task Failure_ReachesTheCallerAsItsOwnType() => engine.Run(async () =>
    {
        var failure = await Assert.ThrowsAsync<BrokenException>(() => Grain.Throw("oh"));
        Assert.Equal("oh", failure.Message);
        failure = await Assert.ThrowsAsync<BrokenException>(() => Grain.ThrowAtOnce("no"));
        Assert.Equal("no", failure.Message);
    });

    [Fact]
    public Task Failure_PassesThroughAGrainInBetween() => engine.Run(async () =>
    {
        var failure = await Assert.ThrowsAsync<BrokenException>(() => Grain.ThrowThrough(_other, "deep"));
        Assert.Equal("deep", failure.Message);
    });

    [Fact]
    public Task CancelledCall_IsSeenAsCancelled() => engine.Run(async () =>
    {
        var failure = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Grain.Cancelled());
        Assert.Equal("no longer", failure.Message);
    });

    [Fact]
    public Task OneWayCall_ReturnsBeforeItHasRun() => engine.Run(async () =>
    {
        await Grain.Tell(_phase, fail: false);
        await Phase.Named(_phase).ReachedAsync();
        Assert.Empty(Journal.Of(_key));
        Phase.Named(_phase).Open();
        await engine.HasLine(_key, "told");
    });

    [Fact]
    public Task OneWayCall_KeepsItsFailureToItself() => engine.Run(async () =>
    {
        Phase.Named(_phase).Open();
        await Grain.Tell(_phase, fail: true);
        await engine.HasLine(_key, "told");
        Assert.Equal("here", await Grain.Answer());
    });

    [Fact]
    public Task CancelledToken_EndsTheWaitAtOnce_AndReachesTheGrain() => engine.Run(async () =>
    {
        using var cancellation = new CancellationTokenSource();
        var grain = engine.Grains.GetGrain<ICancelGrain>(_key);
        var wait = grain.Wait(_phase, cancellation.Token);
        await Phase.Named(_phase).ReachedAsync();
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        await engine.HasLine(_key, "token came");
    });

    [Fact]
    public Task CallWithACancelledToken_IsNotMade() => engine.Run(async () =>
    {
        var grain = engine.Grains.GetGrain<ICancelGrain>(_key);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => grain.IsCancelled(new CancellationToken(canceled: true)));
        Assert.False(await grain.IsCancelled(CancellationToken.None));
        Assert.Equal(["asked"], Journal.Of(_key));
    });

    /// <summary>Nothing that a callee keeps or changes is the caller's, although both may live on one host.</summary>
    [Fact]
    public Task ArgumentsAndResults_AreCopies() => engine.Run(async () =>
        Assert.Equal("mine returned", await Grain.PassBox(_other, "mine")));

    [Fact]
    public Task AmbientValues_DoNotCrossACall() => engine.Run(async () => Assert.Null(await Grain.AmbientThrough(_other)));
}
