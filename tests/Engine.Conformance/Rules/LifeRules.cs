using Dispatch.Tests.Shared;

namespace Engine.Conformance;

public sealed class LifeOnOrleans(OrleansEngine engine) : LifeRules(engine)
{
    protected override Task<TestEngine> NewEngine() => Started(new OrleansEngine());
}

public sealed class LifeOnOrleansAndSqlite(SqliteEngine engine) : LifeRules(engine), IClassFixture<SqliteEngine>
{
    protected override Task<TestEngine> NewEngine() => Started(new SqliteEngine());
}

public sealed class LifeOnOrleansAndPostgres(PostgresEngine engine, PostgresServer server)
    : LifeRules(engine), IClassFixture<PostgresEngine>
{
    protected override Task<TestEngine> NewEngine() => Started(new PostgresEngine(server));
}

public sealed class LifeSimulated() : LifeRules(new SimulatedEngine())
{
    protected override Task<TestEngine> NewEngine() => Task.FromResult<TestEngine>(new SimulatedEngine());
}

/// <summary>How activations begin and end, and what happens to the calls around it.</summary>
public abstract class LifeRules(TestEngine engine)
{
    /// <summary>Another one of the same kind, that the test may stop.</summary>
    protected abstract Task<TestEngine> NewEngine();

    protected static async Task<TestEngine> Started(OrleansEngine engine)
    {
        await engine.InitializeAsync();
        return engine;
    }

    private readonly string _key = Phase.Fresh("life"), _phase = Phase.Fresh("phase");

    private ILifeGrain Grain => engine.Grains.GetGrain<ILifeGrain>(_key);

    [Fact]
    public Task StateIsRead_ThenActivation_ThenTheFirstCall() => engine.Run(async () =>
    {
        await engine.Store.WriteBehind("life", Grain.GetGrainId(), new LifeRecord { Value = 1 });
        await Grain.Note("call");
        Assert.Equal(["activated with record True", "call"], Journal.Of(_key));
    });

    [Fact]
    public Task DeactivateOnIdle_EndsAfterTheCall_AndTheNextFindsAFreshActivation() => engine.Run(async () =>
    {
        var first = await Grain.ActivationId();
        await Grain.End();
        var second = await Grain.Note("next");
        Assert.NotEqual(first, second);
        Assert.Equal(
            [
                "activated with record False", "deactivating: ApplicationRequested", "deactivated", "disposed",
                "activated with record False", "next",
            ],
            Journal.Of(_key));
    });

    [Fact]
    public Task WaitingCalls_MoveToTheNextActivation_OnceTheRunningOneHasEnded() => engine.Run(async () =>
    {
        var first = await Grain.ActivationId();
        var held = Grain.EndAndHold(_phase);
        await Phase.Named(_phase).ReachedAsync();
        var waiting = Grain.Note("waiting");
        Phase.Named(_phase).Open();
        await held;
        Assert.NotEqual(first, await waiting);
        Assert.Equal(
            [
                "activated with record False", "held call ends", "deactivating: ApplicationRequested", "deactivated", "disposed",
                "activated with record False", "waiting",
            ],
            Journal.Of(_key));
    });

    [Fact]
    public Task FailedActivation_FailsTheWaitingCall_AndIsTriedAgainByTheNext() => engine.Run(async () =>
    {
        var grain = engine.Grains.GetGrain<IFragileGrain>(_key);
        var failure = await Assert.ThrowsAsync<BrokenException>(() => grain.Ask());
        Assert.Equal("cannot start", failure.Message);
        Journal.Add(_key, "repaired");
        await engine.Until(async () => await AsksAsync(grain) == 42, "the repaired grain answers");
    });

    [Fact]
    public Task Grain_KnowsItsKeyAndId() => engine.Run(async () =>
    {
        Assert.Equal($"{_key} life/{_key} life/{_key}", await Grain.KeyAndId());
        Assert.Equal(_key, Grain.GetPrimaryKeyString());
        Assert.Equal($"life/{_key}", Grain.GetGrainId().ToString());
    });

    [Fact]
    public Task References_AreEqualByGrain() => engine.Run(async () =>
    {
        Assert.Equal(Grain, engine.Grains.GetGrain<ILifeGrain>(_key));
        Assert.NotEqual(Grain, engine.Grains.GetGrain<ILifeGrain>(_key + "x"));
        Assert.True(await Grain.OwnReferenceEquals(Grain));
        Assert.Equal(Grain, await Grain.Self());
        Assert.Equal(Grain.GetHashCode(), (await Grain.Self()).GetHashCode());
    });

    [Fact]
    public Task GrainThatPassesItself_IsSeenAsAReference() => engine.Run(async () =>
        Assert.Equal($"{_key} False", await Grain.PassItself(Phase.Fresh("other"))));

    [Fact]
    public async Task StoppingTheHost_DeactivatesItsGrains()
    {
        var own = await NewEngine();
        await own.Run(async () =>
        {
            await own.Grains.GetGrain<ILifeGrain>(_key).Note("call");
            await own.StopAsync();
        });
        Assert.Equal(["activated with record False", "call", "deactivating: ShuttingDown", "deactivated", "disposed"], Journal.Of(_key));
        if (own is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
    }

    /// <summary>A tick is use of the activation only where its timer says so.</summary>
    [Fact]
    public Task IdleActivation_IsCollected_UnlessATimerKeepsIt() => engine.Run(async () =>
    {
        var (idle, kept) = (Phase.Fresh("idle"), Phase.Fresh("kept"));
        await engine.Grains.GetGrain<IIdleGrain>(kept).StartTicking(keepAlive: true);
        await engine.Grains.GetGrain<IIdleGrain>(idle).StartTicking(keepAlive: false);
        await engine.HasLine(idle, "deactivating: ActivationIdle");
        Assert.Empty(Journal.Of(kept));
    });

    private static async Task<int?> AsksAsync(IFragileGrain grain)
    {
        try
        {
            return await grain.Ask();
        }
        catch (BrokenException)
        {
            return null;
        }
    }
}
